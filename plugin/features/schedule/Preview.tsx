import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PlanPreview, PreviewSlot, Told } from "#server/services/schedule/preview.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Failed } from "../../ui/Failed.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { refresh } from "../../ui/use-act.ts";

interface Props {
  plan: PlanPreview;
  /** The data changed since: this is the plan as it would be now. */
  onStale: (plan: PlanPreview) => void;
  stale: boolean;
  onDone: () => void;
}

/** A plan before anyone is told: what is filled and why, what stays open and what would help, who will hear of it. */
export function Preview({ plan, onStale, stale, onDone }: Props) {
  const { t } = useTranslation("schedule");
  const publish = useMutation({
    mutationFn: (tell: boolean) =>
      answer(api.schedule.publish.$post({ json: { proposal: plan.proposal, tell } })),
    onSuccess: (came) => {
      if (came.preview) return onStale(came.preview);
      notice(t(came.state === "already" ? "publishedBefore" : "publishedNow", { filled: came.filled }));
      refresh("schedule", "today");
      onDone();
    },
  });
  const open = plan.slots.filter(({ change }) => change === "open");
  const filled = plan.slots.filter(({ change }) => change !== "open");
  const nothing = filled.length + open.filter(({ slot }) => slot).length === 0;
  const heard = plan.told.filter(({ how }) => how === "now" || how === "later" || how === "freed").length;
  return (
    <div className="stack">
      {stale && (
        <p className="banner" role="alert">
          {t("stale")}
        </p>
      )}
      <output>{t("made", { filled: plan.filled, open: plan.open })}</output>
      {filled.length === 0 && <p className="soft">{t("nothingNew")}</p>}
      {open.length > 0 && (
        <Section title={t("openSlots", { n: open.length })}>
          <ul className="plain lines">
            {open.map((slot) => (
              <OpenSlot key={slot.slot} slot={slot} />
            ))}
          </ul>
        </Section>
      )}
      {filled.length > 0 && (
        <Section title={t("filledSlots", { n: filled.length })}>
          <ul className="plain lines">
            {filled.map((slot) => (
              <FilledSlot key={slot.slot} slot={slot} />
            ))}
          </ul>
        </Section>
      )}
      {plan.told.length > 0 && <WhoIsTold told={plan.told} />}
      {publish.isError && <Failed error={publish.error} />}
      <div className="acts act-bar">
        <Button
          theme="solid"
          disabled={nothing}
          loading={publish.isPending}
          onClick={() => publish.mutate(true)}
        >
          {heard > 0 ? t("publishAndTell", { n: heard }) : t("publish")}
        </Button>
        {heard > 0 && (
          <Button disabled={nothing || publish.isPending} onClick={() => publish.mutate(false)}>
            {t("publishOnly")}
          </Button>
        )}
        <Button onClick={onDone}>{t("notNow")}</Button>
      </div>
      {heard > 0 && <p className="soft small">{t("publishOnlyMeans")}</p>}
      <p className="soft small">{t("undoWithin", { n: plan.undoMinutes })}</p>
    </div>
  );
}

function Marks({ slot }: { slot: PreviewSlot }) {
  const { t } = useTranslation("schedule");
  return (
    <span className="soft small">
      {[
        slot.groupName,
        slot.provisional ? t("provisional") : null,
        slot.leaveUnseen ? t("leaveUnseen") : null,
      ]
        .filter(Boolean)
        .join(" · ")}
    </span>
  );
}

const COLOURS = { new: "green", filled: "blue", other: "orange", kept: "grey", open: "grey" } as const;

function FilledSlot({ slot }: { slot: PreviewSlot }) {
  const { t } = useTranslation("schedule");
  const { when } = useFormat();
  return (
    <li>
      <div className="row">
        <span className="entry-when">{when(slot.start, slot.minutes)}</span>
        <Tag colour={COLOURS[slot.change]}>{t(`change.${slot.change}`)}</Tag>
      </div>
      <span>
        {slot.lecturerName}
        {slot.topic && <span className="soft"> {t("about", { subject: slot.topic })}</span>}
      </span>
      {slot.change === "other" && slot.beforeName && (
        <span className="soft small">{t("insteadOf", { name: slot.beforeName })}</span>
      )}
      <Marks slot={slot} />
      <More label={t("whyThem")}>
        <p className="soft">{slot.why.join(t("sep"))}</p>
        {/* The first of them stands in the reason. */}
        {slot.next.length > 1 && (
          <p className="soft small">{t("alsoCould", { names: slot.next.slice(1).join(t("and")) })}</p>
        )}
      </More>
    </li>
  );
}

function OpenSlot({ slot }: { slot: PreviewSlot }) {
  const { when } = useFormat();
  const [way, ...remedies] = slot.help;
  return (
    <li>
      <span className="entry-when">{when(slot.start, slot.minutes)}</span>
      <Marks slot={slot} />
      {way && <span>{way}</span>}
      {remedies.length > 0 && (
        <ul className="help">
          {remedies.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

const HOWS: readonly Told["how"][] = ["now", "later", "freed", "trial", "nobody"];

function WhoIsTold({ told }: { told: readonly Told[] }) {
  const { t } = useTranslation("schedule");
  const { date } = useFormat();
  return (
    <Section title={t("told")}>
      {HOWS.map((how) => {
        const mine = told.filter((one) => one.how === how);
        if (mine.length === 0) return null;
        return (
          <div key={how}>
            <p>{t(`toldHow.${how}`, { n: mine.length })}</p>
            <p className="soft small">
              {mine.map((one) => `${one.name} (${one.starts.map(date).join(t("and"))})`).join(t("sep"))}
            </p>
          </div>
        );
      })}
    </Section>
  );
}
