import { Button } from "@douyinfe/semi-ui";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useSaving } from "../../ui/use-saving.ts";

/** What a lecturer has had and would fairly have had; an admin corrects it with a reason and their name. */
export function Turns({ id }: { id: string }) {
  const { t } = useTranslation("lecturers");
  const [draft, setDraft, clear] = useDraft(`turns:${id}`, { turns: "", reason: "" });
  const fairness = useQuery({ queryKey: ["fairness"], queryFn: () => answer(api.fairness.$get()) });
  const turns = Number(draft.turns);
  const { save, saving, problem } = useSaving(
    () => answer(api.fairness.corrections.$post({ json: { lecturer: id, turns, reason: draft.reason } })),
    { reads: ["fairness", "lecturers"], done: clear },
  );
  return (
    <Answered of={fairness}>
      {({ people }) => {
        const own = people.find((person) => person.id === id);
        return (
          <>
            {own && <p>{own.words}</p>}
            {own && own.corrections.length > 0 && (
              <ul className="plain lines">
                {own.corrections.map((one) => (
                  <li key={`${one.day}${one.reason}`}>
                    {t("turnsCorrected", { turns: one.turns, reason: one.reason, by: one.by })}
                  </li>
                ))}
              </ul>
            )}
            <Field label={t("turnsBy")} hint={t("turnsHint")}>
              <input
                className="control"
                inputMode="decimal"
                value={draft.turns}
                onChange={(event) => setDraft({ ...draft, turns: event.target.value })}
              />
            </Field>
            <Field label={t("reason")}>
              <input
                className="control"
                maxLength={500}
                value={draft.reason}
                onChange={(event) => setDraft({ ...draft, reason: event.target.value })}
              />
            </Field>
            <Said problem={problem} />
            <div className="acts">
              <Button loading={saving} disabled={!turns || draft.reason.trim() === ""} onClick={() => save()}>
                {t("correct")}
              </Button>
            </div>
          </>
        );
      }}
    </Answered>
  );
}
