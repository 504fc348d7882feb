import { useTranslation } from "react-i18next";
import type { TopicView } from "#server/services/demand/topic-evidence.ts";
import type { TurnView } from "#server/services/turns/my-turns.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { useAnswer } from "./use-answer.ts";

/** What the share is about, and what learners ask for, with the evidence where there is enough of it. */
export function Topics({ turn }: { turn: TurnView }) {
  const { t } = useTranslation("next");
  const { say, busy } = useAnswer(turn.session, () => undefined);
  const evidence = useEvidence();
  if (!turn.topic && turn.topics.length === 0) return null;
  return (
    <div className="panel">
      {turn.topic && (
        <p>
          {t("topic", { topic: turn.topic.name })} <small className="soft">{evidence(turn.topic)}</small>
        </p>
      )}
      {turn.topics.length > 0 && (
        <>
          <p className="soft">{t(turn.topic ? "otherTopics" : "suggested")}</p>
          <ul className="plain lines">
            {turn.topics.map((topic) => (
              <li key={topic.id}>
                <span className="row">
                  <span>{topic.name}</span>
                  <Button
                    size="small"
                    disabled={busy}
                    aria-label={t("takeTopicNamed", { topic: topic.name })}
                    onClick={() => say({ act: "topic", topic: topic.id })}
                  >
                    {t("takeTopic")}
                  </Button>
                </span>
                {topic.evidence && <small className="soft">{evidence(topic)}</small>}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function useEvidence() {
  const { t } = useTranslation("next");
  const { percent, number } = useFormat();
  return ({ evidence }: TopicView) =>
    evidence
      ? t("evidence", {
          share: percent(evidence.share),
          count: evidence.count,
          n: number(evidence.count),
          of: number(evidence.of),
        })
      : "";
}
