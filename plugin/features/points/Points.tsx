import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { Entry } from "./Entry.tsx";
import { Rewards } from "./Rewards.tsx";
import { Titles } from "./Titles.tsx";

const FIRST = 12;

/** 我的积分与称号: what was given and why, what may come next, and every entry of the statement. */
export default function Points() {
  const { t } = useTranslation("points");
  const { points } = useFormat();
  const mine = useQuery({ queryKey: ["points"], queryFn: () => answer(api.points.$get()) });
  return (
    <Screen title={t("title")}>
      <Answered of={mine}>
        {({ total, entries, titles, next, rules }) => (
          <>
            {titles.length > 0 && <Titles titles={titles} />}
            {next.length > 0 && <Rewards next={next} />}
            <Section title={t("statement")}>
              <p className="row">
                <span>{t("total")}</span>
                <strong>{points(total)}</strong>
              </p>
              <p className="soft small">{t(entries.length > 0 ? "isSum" : "noEntries")}</p>
              <ul className="plain lines">
                {entries.slice(0, FIRST).map((entry) => (
                  <Entry key={entry.key} entry={entry} />
                ))}
              </ul>
              {entries.length > FIRST && (
                <More label={t("earlier", { count: entries.length - FIRST })}>
                  <ul className="plain lines">
                    {entries.slice(FIRST).map((entry) => (
                      <Entry key={entry.key} entry={entry} />
                    ))}
                  </ul>
                </More>
              )}
              {rules.length > 0 && (
                <More label={t("how")}>
                  <ul>
                    {rules.map((rule) => (
                      <li key={rule}>{rule}</li>
                    ))}
                  </ul>
                </More>
              )}
            </Section>
          </>
        )}
      </Answered>
    </Screen>
  );
}
