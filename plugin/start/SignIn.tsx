import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { openUrl } from "../bitable.ts";
import { now } from "../now.ts";
import { Button } from "../ui/Button.ts";
import { useProblem } from "../ui/use-problem.ts";
import { beginSignIn, collect, forgetSignIn, pendingSignIn, type Pending } from "./sign-in.ts";
import { StartScreen } from "./StartScreen.tsx";

const EVERY_MS = 2000;

/** Not signed in: one button; then the code to compare in the browser, while we ask the server every two seconds. */
export function SignIn() {
  const { t } = useTranslation("start");
  const words = useProblem();
  const [pending, setPending] = useState(pendingSignIn);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [blocked, setBlocked] = useState(false);

  const over = useCallback(() => {
    setPending(null);
    setProblem(t("signIn.over"));
  }, [t]);
  useCollecting(pending, over);

  const begin = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const begun = await beginSignIn();
      setPending(begun);
      setBlocked(!openUrl(begun.url));
    } catch (error) {
      setProblem(words(error).message);
    }
    setBusy(false);
  };

  if (!pending)
    return (
      <StartScreen
        title={t("signIn.title")}
        action={{ label: t("signIn.act"), onClick: () => void begin(), loading: busy }}
      >
        <p>{t("signIn.text")}</p>
        {problem && <p role="alert">{problem}</p>}
      </StartScreen>
    );
  const cancel = () => {
    forgetSignIn();
    setPending(null);
  };
  return (
    <StartScreen
      title={t("signIn.compare")}
      action={{ label: t("signIn.openAgain"), onClick: () => setBlocked(!openUrl(pending.url)) }}
      aside={
        <Button theme="borderless" type="tertiary" size="large" onClick={cancel}>
          {t("signIn.cancel")}
        </Button>
      }
    >
      <p>{t(blocked ? "signIn.blocked" : "signIn.waiting")}</p>
      <p className="code">{pending.code}</p>
      <label className="copy">
        {t("signIn.link")}
        <input readOnly value={pending.url} onFocus={(event) => event.target.select()} />
      </label>
    </StartScreen>
  );
}

function useCollecting(pending: Pending | null, over: () => void) {
  useEffect(() => {
    if (!pending) return;
    let stopped = false;
    const ask = async () => {
      const state = now() > pending.expiresAt ? "over" : await collect(pending).catch(() => "waiting");
      if (stopped) return;
      if (state === "over") over();
      else if (state === "waiting") timer = setTimeout(() => void ask(), EVERY_MS);
    };
    let timer = setTimeout(() => void ask(), EVERY_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [pending, over]);
}
