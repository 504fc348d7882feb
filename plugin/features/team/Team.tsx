import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { TeamMember } from "#server/services/people/my-team.ts";
import { answer, api } from "../../api.ts";
import { go } from "../../navigation.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateTag } from "../../ui/StateTag.tsx";
import { useNotes } from "../care/use-notes.ts";

/** 我的团队: the turns ahead of one's people, and the good news; no score, no points, no preference. */
export default function Team() {
  const { t } = useTranslation("team");
  const team = useQuery({ queryKey: ["team"], queryFn: () => answer(api.team.$get()) });
  const open = useNotes().data?.notes.filter(({ state }) => state === "open").length ?? 0;
  return (
    <Screen title={t("title")}>
      {open > 0 && (
        <Section>
          <p className="row">
            <span>{t("notes", { count: open, n: open })}</span>
            <Button size="small" onClick={() => go("care")}>
              {t("look")}
            </Button>
          </p>
        </Section>
      )}
      <Answered of={team}>
        {({ people }) =>
          people.length === 0 ? (
            <Empty>{t("none")}</Empty>
          ) : (
            <>
              {people.map((member) => (
                <Member key={member.lecturer} member={member} />
              ))}
              <p className="soft small">{t("whatIsShown")}</p>
            </>
          )
        }
      </Answered>
    </Screen>
  );
}

function Member({ member }: { member: TeamMember }) {
  const { t } = useTranslation("team");
  const { when, date, number } = useFormat();
  const { ahead, latest, titles, quotes, shares, attended } = member;
  return (
    <Section title={member.name}>
      {ahead.length === 0 && <p className="soft">{t("noTurn")}</p>}
      {ahead.length > 0 && (
        <ul className="plain lines">
          {ahead.map((turn) => (
            <li key={turn.session}>
              <span className="row">
                <span>{when(turn.start, turn.minutes)}</span>
                <StateTag state={turn.state} />
              </span>
              <small className="soft">{turn.title ?? turn.group}</small>
            </li>
          ))}
        </ul>
      )}
      <Facts
        rows={[
          [t("titles"), titles.map(({ title }) => title).join(t("comma"))],
          [
            t("latest"),
            latest &&
              t("latestShare", {
                title: latest.line.title ?? latest.line.group,
                date: date(latest.line.start),
                count: latest.attended,
                n: number(latest.attended),
              }),
          ],
          [
            t("shares"),
            shares > 0 && t("sharesSoFar", { count: shares, n: shares, people: number(attended) }),
          ],
        ]}
      />
      {quotes.map((quote, n) => (
        <blockquote key={`${n}:${quote}`} className="quote">
          {quote}
        </blockquote>
      ))}
    </Section>
  );
}
