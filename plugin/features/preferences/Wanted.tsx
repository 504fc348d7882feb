import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Kind } from "#domain/messages/declinable.ts";
import type { MyPreferences } from "#server/services/preference/my-preferences.ts";
import { answer, api } from "../../api.ts";
import { notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { refresh } from "../../ui/use-act.ts";
import { useProblem } from "../../ui/use-problem.ts";

/** Which kinds of message I go on getting; each tick counts at once. */
export function Wanted({ preferences }: { preferences: MyPreferences }) {
  const { t } = useTranslation("preferences");
  const problem = useProblem();
  const change = useMutation({
    mutationFn: (json: { kind: Kind; wanted: boolean }) => answer(api.preferences.messages.$post({ json })),
    onSuccess: () => {
      notice(t("saved"));
      refresh("preferences");
    },
    onError: (error) => notice(problem(error).message, "failed"),
  });
  return (
    <Section title={t("wanted")}>
      <p className="soft">{t("wantedHint")}</p>
      <div className="choice">
        {preferences.messages.map(({ kind, wanted }) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={wanted}
              disabled={change.isPending}
              onChange={(event) => change.mutate({ kind, wanted: event.target.checked })}
            />
            <span>{t(`want.${kind}`)}</span>
          </label>
        ))}
      </div>
    </Section>
  );
}
