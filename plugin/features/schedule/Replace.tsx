import { Button } from "@douyinfe/semi-ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduleView } from "#server/services/schedule/overview.ts";
import { answer, api } from "../../api.ts";
import { Failed } from "../../ui/Failed.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { notice } from "../../ui/notice.tsx";
import { refresh } from "../../ui/use-act.ts";

interface Props {
  lecturers: ScheduleView["lecturers"];
  onDone: () => void;
}

/** 换下一位讲师: all sessions to come go to others; who takes which is shown first. */
export function Replace({ lecturers, onDone }: Props) {
  const { t } = useTranslation("schedule");
  const { when } = useFormat();
  const [lecturer, setLecturer] = useState("");
  const look = useMutation({
    mutationFn: () => answer(api.schedule.replace.look.$post({ json: { lecturer } })),
  });
  const store = useMutation({
    mutationFn: () =>
      answer(
        api.schedule.replace.$post({
          json: {
            lecturer,
            given: (look.data?.sessions ?? []).map(({ session, to }) => ({ session, to })),
          },
        }),
      ),
    onSuccess: ({ done }) => {
      notice(t("replaceDone", { n: done }));
      refresh("schedule", "session", "today");
      onDone();
    },
  });
  const found = look.data?.sessions;
  return (
    <div className="stack panel" role="group" aria-label={t("replace")}>
      <Field label={t("replaceWhom")}>
        <select
          className="control"
          value={lecturer}
          onChange={(event) => {
            setLecturer(event.target.value);
            look.reset();
          }}
        >
          <option value="">{t("chooseLecturer")}</option>
          {lecturers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      {(look.isError || store.isError) && <Failed error={look.error ?? store.error} />}
      {found && (
        <div role="status">
          <p>{found.length === 0 ? t("replaceNone") : t("replaceHits", { n: found.length })}</p>
          <ul className="plain">
            {found.map((one) => (
              <li key={one.session}>
                {when(one.start)} → {one.toName ?? t("replaceNobody")}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="acts">
        {found && found.length > 0 ? (
          <Button theme="solid" loading={store.isPending} onClick={() => store.mutate()}>
            {t("replaceDo")}
          </Button>
        ) : (
          <Button
            theme="solid"
            disabled={lecturer === ""}
            loading={look.isPending}
            onClick={() => look.mutate()}
          >
            {t("replaceLook")}
          </Button>
        )}
        <Button onClick={onDone}>{t("leave")}</Button>
      </div>
    </div>
  );
}
