import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import type { RuleView } from "#server/services/incentive/list-rules.ts";
import { answer, api } from "../../api.ts";
import { useMe } from "../../me.ts";
import { saveRow } from "../../save-row.ts";
import { Button } from "../../ui/Button.ts";
import { More } from "../../ui/More.tsx";
import { Said } from "../../ui/Said.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useProblem } from "../../ui/use-problem.ts";
import { useSaving } from "../../ui/use-saving.ts";
import { first, isAsked, more, type FormKey } from "./fields.ts";
import { Effect } from "./Effect.tsx";
import { RuleField } from "./RuleField.tsx";

type Value = string | number | null;
/** What differs from the row. */
type Draft = Partial<Record<FormKey, Value>>;

const fresh: Draft = { status: "draft", trigger: "share", period: "month", points: 0.5 };

/** A form over the row: while one fills it in, the sentence and the effect on past quarters stand below it. */
export function RuleForm({ rule, onDone }: { rule: RuleView | null; onDone: () => void }) {
  const { t } = useTranslation("rules");
  const { workspace } = useMe();
  const words = useProblem();
  const [draft, setDraft, clear] = useDraft<Draft>(`rule:${rule?.id ?? "new"}`, rule ? {} : fresh);
  const current = (key: FormKey): Value => {
    if (key in draft) return draft[key] ?? null;
    return (rule?.fields[key] as Value | undefined) ?? null;
  };
  const trigger = current("trigger") as string | null;
  const record = rule?.id ?? null;
  const asked = useDeferredValue(JSON.stringify(draft));
  const changed = Object.keys(draft).length > 0;
  const preview = useQuery({
    queryKey: ["rule-preview", record, asked],
    queryFn: () => answer(api.rules.preview.$post({ json: { record, fields: JSON.parse(asked) as Draft } })),
    enabled: changed,
    placeholderData: (before) => before,
  });
  const { save, saving, problem } = useSaving(
    (_: void, act) =>
      saveRow(workspace, { table: "rules", record, fields: draft as Record<string, never>, act }),
    {
      reads: ["rules"],
      done: () => {
        clear();
        onDone();
      },
    },
  );
  const field = (key: FormKey) =>
    isAsked(key, trigger) && (
      <RuleField
        key={key}
        name={key}
        value={current(key)}
        onChange={(value) => setDraft({ ...draft, [key]: value })}
      />
    );
  const wrong = preview.data?.problem ?? null;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {first.map(field)}
      <More label={t("more")}>{more.map(field)}</More>
      {changed && preview.data && (
        <div className="inset" aria-live="polite">
          {wrong !== null && <p className="wrong">{wrong}</p>}
          {preview.data.sentence !== null && (
            <p>
              <strong>{preview.data.sentence}</strong>
            </p>
          )}
          {preview.data.effect && <Effect effect={preview.data.effect} />}
        </div>
      )}
      <Said problem={preview.error ? words(preview.error) : problem} />
      <div className="acts">
        <Button
          theme="solid"
          htmlType="submit"
          loading={saving}
          disabled={!changed || wrong !== null || preview.isFetching}
        >
          {t("save")}
        </Button>
        <Button
          onClick={() => {
            clear();
            onDone();
          }}
        >
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
