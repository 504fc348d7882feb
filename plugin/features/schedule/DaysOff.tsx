import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ScheduleView } from "#server/services/schedule/overview.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Failed } from "../../ui/Failed.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { notice } from "../../ui/notice.tsx";
import { refresh } from "../../ui/use-act.ts";
import { useDraft } from "../../ui/use-draft.ts";
import { Panel } from "../../ui/Panel.tsx";

const EMPTY = { name: "", from: "", to: "", groups: [] as string[] };

/** 这段时间不排分享: what falls into it is shown first; then the days stand in 公司日历 and those sessions are cancelled. */
export function DaysOff({ groups, onDone }: { groups: ScheduleView["groups"]; onDone: () => void }) {
  const { t } = useTranslation("schedule");
  const { when } = useFormat();
  const [form, setForm, clear] = useDraft("days-off", EMPTY);
  const json = { ...form, to: form.to || form.from };
  const look = useMutation({
    mutationFn: () => answer(api.schedule["days-off"].look.$post({ json })),
  });
  const store = useMutation({
    mutationFn: () => answer(api.schedule["days-off"].$post({ json })),
    onSuccess: ({ cancelled }) => {
      notice(t("daysOffDone", { n: cancelled }));
      clear();
      refresh("schedule", "today");
      onDone();
    },
  });
  const change = (part: Partial<typeof EMPTY>) => {
    setForm({ ...form, ...part });
    look.reset();
  };
  const backwards = form.to !== "" && form.to < form.from;
  const found = look.data?.sessions;
  return (
    <Panel label={t("daysOff")}>
      <Field label={t("daysName")} hint={t("daysNameHint")}>
        <input
          className="control"
          value={form.name}
          maxLength={60}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label={t("firstDay")}>
        <input
          className="control"
          type="date"
          value={form.from}
          onChange={(event) => change({ from: event.target.value })}
        />
      </Field>
      <Field label={t("lastDay")} error={backwards ? t("backwards") : null}>
        <input
          className="control"
          type="date"
          value={form.to}
          min={form.from}
          onChange={(event) => change({ to: event.target.value })}
        />
      </Field>
      {groups.length > 1 && (
        <fieldset className="choice">
          <legend>{t("daysGroups")}</legend>
          {groups.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={form.groups.includes(id)}
                onChange={(event) =>
                  change({
                    groups: event.target.checked
                      ? [...form.groups, id]
                      : form.groups.filter((one) => one !== id),
                  })
                }
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      )}
      {(look.isError || store.isError) && <Failed error={look.error ?? store.error} />}
      {found && (
        <output className="stack">
          <p>{found.length === 0 ? t("daysOffNone") : t("daysOffHits", { n: found.length })}</p>
          <ul className="plain">
            {found.map((one) => (
              <li key={one.session}>
                {when(one.start)} {one.lecturerName ?? ""}
              </li>
            ))}
          </ul>
        </output>
      )}
      <div className="acts">
        {found ? (
          <Button theme="solid" loading={store.isPending} onClick={() => store.mutate()}>
            {t(found.length > 0 ? "daysOffStoreCancel" : "daysOffStore")}
          </Button>
        ) : (
          <Button
            theme="solid"
            disabled={form.name.trim() === "" || form.from === "" || backwards}
            loading={look.isPending}
            onClick={() => look.mutate()}
          >
            {t("daysOffLook")}
          </Button>
        )}
        <Button onClick={onDone}>{t("leave")}</Button>
      </div>
    </Panel>
  );
}
