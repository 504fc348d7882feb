import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { MyPreferences } from "#server/services/preference/my-preferences.ts";
import { placeOf } from "../../records.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Section } from "../../ui/Section.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useOwnRow } from "./use-own-row.ts";

/** 擅长领域, of the options that the Base has. */
export function Expertise({ preferences }: { preferences: MyPreferences }) {
  const { t } = useTranslation("preferences");
  const [chosen, choose, clear] = useDraft("preferences:expertise", preferences.expertise);
  const row = useOwnRow(preferences.record);
  const options = useQuery({
    queryKey: ["expertise-options"],
    queryFn: async () => {
      const place = await placeOf("lecturers");
      return Object.values(place.fields["expertise"]?.options ?? {}).map(({ name }) => name);
    },
  });
  return (
    <Section title={t("expertise")}>
      <Answered of={options}>
        {(names) => (
          <Choice
            legend={t("expertiseHint")}
            options={names.map((name) => [name, name] as const)}
            chosen={chosen}
            most={names.length}
            onChange={choose}
          />
        )}
      </Answered>
      <div className="acts">
        <Button
          loading={row.isPending}
          onClick={() => row.mutate({ expertise: chosen }, { onSuccess: clear })}
        >
          {t("save")}
        </Button>
      </div>
    </Section>
  );
}
