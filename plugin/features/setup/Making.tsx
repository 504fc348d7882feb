import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.ts";
import { More } from "../../ui/More.tsx";

/** Tables are being made, or are there. */
export function Making({ state }: { state: { state: string; made: number; left: string[] } }) {
  const { t } = useTranslation("setup");
  const client = useQueryClient();
  const done = state.state === "done";
  return (
    <main className="start" aria-busy={!done}>
      <h1>{t(done ? "done" : "making")}</h1>
      <output>{t("made", { count: state.made })}</output>
      {!done && <p className="soft">{t("makingText")}</p>}
      {done && state.left.length > 0 && (
        <More label={t("left", { count: state.left.length })}>
          <ul>
            {state.left.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </More>
      )}
      {done && (
        <Button theme="solid" size="large" onClick={() => void client.resetQueries({ queryKey: ["me"] })}>
          {t("goOn")}
        </Button>
      )}
    </main>
  );
}
