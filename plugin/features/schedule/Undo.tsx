import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { now } from "../../now.ts";
import { Button } from "../../ui/Button.ts";
import { notice } from "../../ui/notice.tsx";
import { refresh } from "../../ui/use-act.ts";
import { useProblem } from "../../ui/use-problem.ts";

/** What was just published can be taken back while nobody has been told; the minutes run down. */
export function Undo({ undo }: { undo: { proposal: string; until: number } }) {
  const { t } = useTranslation("schedule");
  const problem = useProblem();
  const [left, setLeft] = useState(() => undo.until - now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(undo.until - now()), 1000);
    return () => clearInterval(timer);
  }, [undo.until]);
  const back = useMutation({
    mutationFn: () => answer(api.changes.plan.undo.$post({ json: { proposal: undo.proposal } })),
    onSuccess: (came) => {
      const undone = came.state === "undone";
      notice(
        undone ? t("undone", { taken: came.taken, kept: came.kept }) : t(`notUndone.${came.state}`),
        undone ? "done" : "failed",
      );
      refresh("schedule", "today");
    },
    onError: (error) => notice(problem(error).message, "failed"),
  });
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
