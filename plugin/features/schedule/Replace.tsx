import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduleView } from "#server/services/schedule/overview.ts";
import type { PlanPreview } from "#server/services/schedule/preview.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Failed } from "../../ui/Failed.tsx";
import { Field } from "../../ui/Field.tsx";
import { Panel } from "../../ui/Panel.tsx";

interface Props {
  lecturers: ScheduleView["lecturers"];
  onPlan: (plan: PlanPreview) => void;
  onDone: () => void;
}
const NOBODY = "nobody";

/** 换下一位讲师: who would take each of their sessions to come is a plan like any other, looked at before it is published. */
export function Replace({ lecturers, onPlan, onDone }: Props) {
  const { t } = useTranslation("schedule");
  const [lecturer, setLecturer] = useState(NOBODY);
  const look = useMutation({
    mutationFn: () => answer(api.changes.plan.replace.$post({ json: { lecturer } })),
    onSuccess: ({ plan }) => plan && onPlan(plan.preview),
  });
  return (
    <Panel label={t("replace")}>
      <Field label={t("replaceWhom")} hint={t("replaceHint")}>
        <select
          className="control"
          value={lecturer}
          onChange={(event) => {
            setLecturer(event.target.value);
            look.reset();
          }}
        >
          <option value={NOBODY}>{t("chooseLecturer")}</option>
          {lecturers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      {look.isError && <Failed error={look.error} />}
      {look.data?.plan === null && <output>{t("replaceNone")}</output>}
      <div className="acts">
        <Button
          theme="solid"
          disabled={lecturer === NOBODY}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          {t("replaceLook")}
        </Button>
        <Button onClick={onDone}>{t("leave")}</Button>
      </div>
    </Panel>
  );
}
