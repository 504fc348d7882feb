import { useEffect, useState } from "react";
import { meetHost, onTheme, type Host, type Theme } from "../bitable.ts";
import { isFramed } from "../framed.ts";
import { followLocale } from "../language.ts";
import { session } from "../storage.ts";
import { keepTokens } from "../tokens.ts";
import { keepBase } from "./last-base.ts";
import { forgetSignIn } from "./sign-in.ts";

/** The SDK itself gives up after 12 s; a person is told sooner, and goes on if the host answers late. */
const PATIENCE_MS = 8000;
/** The SDK's own end, with some to spare: after it no answer comes. */
const END_MS = 15_000;
const PERSON = "lectern.person";

function showTheme(theme: Theme): void {
  session.set("theme", theme);
  if (theme === "dark") document.body.setAttribute("theme-mode", "dark");
  else document.body.removeAttribute("theme-mode");
  document.documentElement.style.colorScheme = theme;
}

/** Another person at the same window begins anew: the sign-in of the one before is not theirs. */
function belongTo(person: string): void {
  const before = session.get(PERSON);
  session.set(PERSON, person);
  if (before === null || before === person) return;
  forgetSignIn();
  keepTokens(null);
}

async function follow({ person, theme, locale, base }: Host): Promise<void> {
  belongTo(person);
  showTheme(theme);
  keepBase(base);
  await followLocale(locale);
}

/** There is no event for the language: it is asked again whenever the person comes back to the sidebar. */
function onReturn(): () => void {
  const ask = () => {
    if (document.visibilityState === "visible")
      meetHost(END_MS).then(follow, () => {
        // Nothing new is known; what is on the screen stays.
      });
  };
  window.addEventListener("focus", ask);
  document.addEventListener("visibilitychange", ask);
  return () => {
    window.removeEventListener("focus", ask);
    document.removeEventListener("visibilitychange", ask);
  };
}

/** The host's Base, theme and language; null until it has answered. */
export function useHost(): { host: Host | null; silent: boolean } {
  const [host, setHost] = useState<Host | null>(null);
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    if (!isFramed()) return;
    showTheme(session.get("theme") === "dark" ? "dark" : "light");
    let gone = false;
    const late = setTimeout(() => setSilent(true), PATIENCE_MS);
    meetHost(END_MS).then(
      async (met) => {
        clearTimeout(late);
        await follow(met);
        if (gone) return;
        setSilent(false);
        setHost(met);
      },
      () => setSilent(true),
    );
    const offs = [onTheme(showTheme), onReturn()];
    return () => {
      gone = true;
      clearTimeout(late);
      offs.forEach((off) => off());
    };
  }, []);
  return { host, silent };
}
