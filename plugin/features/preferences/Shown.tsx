import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { MyPreferences } from "#server/services/preference/my-preferences.ts";
import { answer, api } from "../../api.ts";
import { notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { refresh } from "../../ui/use-act.ts";
import { useProblem } from "../../ui/use-problem.ts";
import { useOwnRow } from "./use-own-row.ts";

/** What may be shown of me; each tick counts at once. */
export function Shown({ preferences }: { preferences: MyPreferences }) {
  const { t } = useTranslation("preferences");
  const problem = useProblem();
  const row = useOwnRow(preferences.record);
  const quotes = useMutation({
    mutationFn: (given: boolean) => answer(api.preferences.shown.$post({ json: { what: "quotes", given } })),
    onSuccess: () => {
      notice(t("saved"));
      refresh("preferences");
    },
    onError: (error) => notice(problem(error).message, "failed"),
  });
  const ticks = [
    ["quotes", preferences.shown.quotes, (given: boolean) => quotes.mutate(given)],
    ["rankings", !preferences.hideFromRankings, (on: boolean) => row.mutate({ optOutBoards: !on })],
    ["careNotes", !preferences.noCareNotes, (on: boolean) => row.mutate({ optOutWarning: !on })],
  ] as const;
  return (
    <Section title={t("shown")}>
      <p className="soft">{t("shownHint")}</p>
      <div className="choice">
        {ticks.map(([key, on, set]) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={on}
              disabled={row.isPending || quotes.isPending}
              onChange={(event) => set(event.target.checked)}
            />
            <span>{t(`show.${key}`)}</span>
          </label>
        ))}
      </div>
    </Section>
  );
}
