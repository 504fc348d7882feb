import { useTranslation } from "react-i18next";
import type { WindowKey } from "#base/options.ts";
import { parseDatesOff } from "#base/text/dates-off.ts";
import { parseWindowsExact } from "#base/text/windows.ts";
import type { MyPreferences } from "#server/services/preference/my-preferences.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { dayIn, midnightIn } from "./local-day.ts";
import { useOwnRow } from "./use-own-row.ts";
import { WeekGrid } from "./WeekGrid.tsx";

interface TimesDraft {
  windows: WindowKey[];
  exact: string;
  datesOff: string;
  /** `YYYY-MM-DD`, empty = not away. */
  away: string;
  most: string;
  gap: string;
}

const draftOf = (p: MyPreferences): TimesDraft => ({
  windows: p.windows,
  exact: p.windowsExact,
  datesOff: p.datesOff,
  away: p.awayUntil === null ? "" : dayIn(p.awayUntil, p.zone),
  most: p.maxPerMonth === null ? "" : String(p.maxPerMonth),
  gap: p.minGapWeeks === null ? "" : String(p.minGapWeeks),
});

/** Times of the week, trips and months off, how often at most: what planning keeps to. */
export function Times({ preferences }: { preferences: MyPreferences }) {
  const { t } = useTranslation("preferences");
  const [draft, set, clear] = useDraft<TimesDraft>("preferences:times", draftOf(preferences));
  const row = useOwnRow(preferences.record);
  const { usual, zone } = preferences;
  const badExact = parseWindowsExact(draft.exact).problems[0]?.value;
  const badDates = parseDatesOff(draft.datesOff).problems[0]?.value;
  const wholeOrNull = (text: string) => (text.trim() === "" ? null : Number(text));
  const save = () =>
    row.mutate(
      {
        windows: draft.windows,
        windowsExact: draft.exact.trim() || null,
        datesOff: draft.datesOff.trim() || null,
        awayUntil: draft.away === "" ? null : midnightIn(draft.away, zone),
        maxPerMonth: wholeOrNull(draft.most),
        minGapWeeks: wholeOrNull(draft.gap),
      },
      { onSuccess: clear },
    );
  return (
    <Section title={t("times")}>
      <p className="soft">{t("timesHint")}</p>
      <WeekGrid
        chosen={draft.windows}
        hours={usual.hours}
        onChange={(windows) => set({ ...draft, windows })}
      />
      <Field
        label={t("datesOff")}
        hint={t("datesOffHint")}
        error={badDates === undefined ? null : t("notUnderstood", { value: badDates })}
      >
        <textarea
          className="control"
          rows={2}
          maxLength={2000}
          value={draft.datesOff}
          onChange={(event) => set({ ...draft, datesOff: event.target.value })}
        />
      </Field>
      <Field label={t("away")} hint={t("awayHint")}>
        <input
          className="control"
          type="date"
          value={draft.away}
          onChange={(event) => set({ ...draft, away: event.target.value })}
        />
      </Field>
      <Field label={t("most")} hint={t("mostHint", { n: usual.maxPerMonth })}>
        <input
          className="control"
          type="number"
          min={0}
          max={31}
          value={draft.most}
          onChange={(event) => set({ ...draft, most: event.target.value })}
        />
      </Field>
      <Field label={t("gap")} hint={t("gapHint", { n: usual.minGapDays })}>
        <input
          className="control"
          type="number"
          min={0}
          max={26}
          value={draft.gap}
          onChange={(event) => set({ ...draft, gap: event.target.value })}
        />
      </Field>
      <More label={t("exactly")}>
        <Field
          label={t("exact")}
          hint={t("exactHint")}
          error={badExact === undefined ? null : t("notUnderstood", { value: badExact })}
        >
          <input
            className="control"
            value={draft.exact}
            onChange={(event) => set({ ...draft, exact: event.target.value })}
          />
        </Field>
      </More>
      <div className="acts">
        <Button
          theme="solid"
          disabled={badExact !== undefined || badDates !== undefined}
          loading={row.isPending}
          onClick={save}
        >
          {t("save")}
        </Button>
      </div>
    </Section>
  );
}
