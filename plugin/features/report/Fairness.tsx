import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";

/** Turns had and turns fair, in words. */
export function Fairness() {
  const { t } = useTranslation("report");
  const fairness = useQuery({
    queryKey: ["fairness"],
    queryFn: () => answer(api.fairness.$get()),
  });
  return (
    <Section title={t("fairness")}>
      <Answered of={fairness}>
        {({ headline, people, from, to }) => (
          <>
            <p>{headline}</p>
            <p className="soft small">
              {from} – {to}
            </p>
            {people.length > 0 && (
              <More label={t("byPerson", { count: people.length })}>
                <ul className="plain lines scroll">
                  {people.map((person) => (
                    <li key={person.id}>
                      <strong>{person.name}</strong>
                      <span className="soft">{person.words}</span>
                    </li>
                  ))}
                </ul>
              </More>
            )}
          </>
        )}
      </Answered>
    </Section>
  );
}
