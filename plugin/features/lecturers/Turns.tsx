import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useSaving } from "../../ui/use-saving.ts";
import { amountOf, Correction, uncorrected } from "./Correction.tsx";

/** What a lecturer has had and would fairly have had; an admin corrects it with a reason and their name. */
export function Turns({ id }: { id: string }) {
  const { t } = useTranslation("lecturers");
  const [draft, setDraft, clear] = useDraft(`turns:${id}`, uncorrected);
  const fairness = useQuery({ queryKey: ["fairness"], queryFn: () => answer(api.fairness.$get()) });
  const { save, saving, problem } = useSaving(
    () =>
      answer(
        api.fairness.corrections.$post({
          json: { lecturer: id, turns: amountOf(draft), reason: draft.reason },
        }),
      ),
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
            <Correction
              label={t("turnsBy")}
              hint={t("turnsHint")}
              draft={draft}
              onChange={setDraft}
              saving={saving}
              problem={problem}
              onSave={() => save()}
            />
          </>
        );
      }}
    </Answered>
  );
}
