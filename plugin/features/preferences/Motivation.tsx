import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MyPreferences } from "#server/services/preference/my-preferences.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

const KINDS = ["honour", "material", "growth"] as const;
type Kind = (typeof KINDS)[number];

/** What makes it worthwhile: one or two of three; kept by the server, shown to nobody else. */
export function Motivation({ preferences: { motivation } }: { preferences: MyPreferences }) {
  const { t } = useTranslation("preferences");
  const [chosen, choose] = useState<Kind[]>(motivation?.choice ?? []);
  const save = useAct(() => {
    const [choice, also] = chosen;
    return answer(api.preferences.motivation.$post({ json: { choice: choice!, also } }));
  }, "preferences");
  return (
    <Section title={t("motivation")}>
      <Choice
        legend={t("motivationHint")}
        options={KINDS.map((kind) => [kind, t(`kind.${kind}`)] as const)}
        chosen={chosen}
        most={2}
        onChange={choose}
      />
      <p className="soft small">{t("motivationPrivate")}</p>
      <div className="acts">
        <Button disabled={chosen.length === 0} loading={save.isPending} onClick={() => save.mutate()}>
          {t("save")}
        </Button>
      </div>
    </Section>
  );
}
