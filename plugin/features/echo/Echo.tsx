import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { useLocation } from "../../navigation.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { AboutMe } from "./AboutMe.tsx";
import { Score } from "./Score.tsx";
import { SessionEcho } from "./SessionEcho.tsx";

/** 学员的回响: what people said before any figure, session by session; the score to the lecturer alone. */
export default function Echo() {
  const { t } = useTranslation("echo");
  const { params } = useLocation();
  const echo = useQuery({ queryKey: ["echo"], queryFn: () => answer(api.echo.$get()) });
  return (
    <Screen title={t("title")}>
      <Answered of={echo}>
        {({ sessions, overall, keywords, minimum }) => {
          // The session selected in the grid comes first.
          const sorted = sessions.toSorted(
            (a, b) => Number(b.session === params["record"]) - Number(a.session === params["record"]),
          );
          return (
            <>
              {sessions.length === 0 && <Empty>{t("none")}</Empty>}
              {sorted.map((one) => (
                <SessionEcho key={one.session} echo={one} minimum={minimum} />
              ))}
              {keywords.length > 0 && (
                <Section title={t("keywords")}>
                  <ul className="plain words">
                    {keywords.map(({ word, count }) => (
                      <li key={word}>
                        {word} <small className="soft">{count}</small>
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              {overall && sessions.length > 1 && (
                <Section title={t("overall")}>
                  <Score score={overall} minimum={minimum} />
                </Section>
              )}
            </>
          );
        }}
      </Answered>
      <AboutMe />
    </Screen>
  );
}
