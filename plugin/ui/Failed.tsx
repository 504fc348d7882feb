import { useTranslation } from "react-i18next";
import { Button } from "./Button.ts";
import { useProblem } from "./use-problem.ts";

/** Something could not be loaded or done: what, and the way on. Nothing typed is touched by it. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation("common");
  const { message, next } = useProblem()(error);
  return (
    <div className="failed" role="alert">
      <p>{message}</p>
      {next && <p className="soft">{next}</p>}
      {onRetry && <Button onClick={onRetry}>{t("again")}</Button>}
    </div>
  );
}
