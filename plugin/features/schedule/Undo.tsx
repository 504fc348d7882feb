import { Button } from "@douyinfe/semi-ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { now } from "../../now.ts";
import { useAct } from "../../ui/use-act.ts";

/** What was just published can be taken back while nobody has been told; the minutes run down. */
export function Undo({ undo }: { undo: { proposal: string; until: number } }) {
  const { t } = useTranslation("schedule");
  const [left, setLeft] = useState(() => undo.until - now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(undo.until - now()), 1000);
    return () => clearInterval(timer);
  }, [undo.until]);
  const back = useAct(
    () => answer(api.schedule.undo.$post({ json: { proposal: undo.proposal } })),
    "schedule",
    "today",
  );
  if (left <= 0) return null;
  const minutes = Math.floor(left / 60_000);
  const seconds = Math.floor((left % 60_000) / 1000);
  return (
    <div className="banner row">
      <span>
        {t("justPublished")}{" "}
        <span aria-hidden="true">{`${minutes}:${String(seconds).padStart(2, "0")}`}</span>
      </span>
      <Button loading={back.isPending} onClick={() => back.mutate()}>
        {t("undo")}
      </Button>
    </div>
  );
}
