import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.ts";
import { useAnswer } from "./use-answer.ts";

const REASONS = ["travel", "leave", "busy", "other"] as const;

interface Props {
  session: string;
  onDone: () => void;
}

/** 这次不行: one reason by tap; a topic that does not suit changes the topic and not the person. */
export function NotThisTime({ session, onDone }: Props) {
  const { t } = useTranslation("next");
  const { say, busy } = useAnswer(session, onDone);
  return (
    <div className="panel">
      <p>{t("mayWeKnow")}</p>
      <div className="acts">
        {REASONS.map((reason) => (
          <Button key={reason} disabled={busy} onClick={() => say({ act: "decline", reason })}>
            {t(`reason.${reason}`)}
          </Button>
        ))}
      </div>
      <p className="soft">{t("topicInstead")}</p>
    </div>
  );
}
