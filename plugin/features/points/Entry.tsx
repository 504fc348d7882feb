import { useTranslation } from "react-i18next";
import type { StatementEntry } from "#server/services/incentive/statement.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { useAct } from "../../ui/use-act.ts";
import { useDraft } from "../../ui/use-draft.ts";

/** One entry: how much, what for, by which rule; and a question about it while that is possible. */
export function Entry({ entry }: { entry: StatementEntry }) {
  const { t } = useTranslation("points");
  const { points, period, date } = useFormat();
  return (
    <li>
      <span className="row">
        <span>{entry.reason}</span>
        <strong>{points(entry.points, true)}</strong>
      </span>
      <small className="soft">
        {[
          period(entry.period),
          entry.kind === "grant" ? null : t(`kind.${entry.kind}`),
          entry.session,
          t("postedOn", { date: date(entry.at) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </small>
      {entry.rule && <small className="soft">{entry.rule}</small>}
      {entry.open && (
        <More label={t("ask")}>
          <Question entry={entry.key} />
        </More>
      )}
    </li>
  );
}

function Question({ entry }: { entry: string }) {
  const { t } = useTranslation("points");
  const [text, setText, clear] = useDraft(`points:${entry}`, "");
  const ask = useAct(() => answer(api.points.question.$post({ json: { entry, text } })), "points");
  const send = () =>
    ask.mutate(undefined, {
      onSuccess: ({ ok }) => {
        if (ok) clear();
      },
    });
  return (
    <>
      <Field label={t("question")} hint={t("questionHint")}>
        <textarea
          className="control"
          rows={2}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="acts">
        <Button disabled={text.trim() === ""} loading={ask.isPending} onClick={send}>
          {t("send")}
        </Button>
      </div>
    </>
  );
}
