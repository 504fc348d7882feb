import { useTranslation } from "react-i18next";
import type { SessionEcho as Echo } from "#server/services/echo/my-echo.ts";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";
import { Reply } from "./Reply.tsx";
import { Score } from "./Score.tsx";

const FIRST = 3;

/** One session: thanks by name, released words without one, who came and looked, and then the score. */
export function SessionEcho({ echo, minimum }: { echo: Echo; minimum: number }) {
  const { t } = useTranslation("echo");
  const { date, number } = useFormat();
  const { session, thanks, comments, score, answered } = echo;
  const people = (count: number) => (count > 0 ? t("people", { count, n: number(count) }) : null);
  return (
    <Section title={echo.title ?? echo.group} extra={<small className="soft">{date(echo.start)}</small>}>
      {thanks.length > 0 && (
        <ul className="plain lines">
          {thanks.map(({ id, from, text }) => (
            <li key={id}>
              <blockquote className="quote">{text}</blockquote>
              <small className="soft">{from}</small>
              <Reply session={session} thanks={id} to={from} />
            </li>
          ))}
        </ul>
      )}
      <Quotes comments={comments} />
      <Facts
        rows={[
          [t("attended"), people(echo.attended)],
          [t("opened"), people(echo.opened)],
        ]}
      />
      {score && <Score score={score} minimum={minimum} />}
      {!score && answered > 0 && (
        <p className="soft">{t("waiting", { count: answered, n: answered, minimum })}</p>
      )}
      {!score && answered === 0 && echo.state === "delivered" && <p className="soft">{t("onItsWay")}</p>}
      {echo.thankable && <ThankAll session={session} />}
    </Section>
  );
}

function Quotes({ comments }: { comments: string[] }) {
  const { t } = useTranslation("echo");
  const list = (part: string[]) => (
    <ul className="plain lines">
      {part.map((comment, n) => (
        <li key={`${n}:${comment}`}>
          <blockquote className="quote">{comment}</blockquote>
        </li>
      ))}
    </ul>
  );
  if (comments.length === 0) return null;
  const rest = comments.slice(FIRST);
  return (
    <>
      {list(comments.slice(0, FIRST))}
      {rest.length > 0 && (
        <More label={t("moreComments", { count: rest.length, n: rest.length })}>{list(rest)}</More>
      )}
    </>
  );
}

function ThankAll({ session }: { session: string }) {
  const { t } = useTranslation("echo");
  const thank = useAct(() => answer(api.echo[":session"]["thank-all"].$post({ param: { session } })), "echo");
  return (
    <div className="acts">
      <Button loading={thank.isPending} onClick={() => thank.mutate()}>
        {t("thankAll")}
      </Button>
    </div>
  );
}
