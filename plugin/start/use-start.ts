import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Me } from "#server/services/people/who-am-i.ts";
import { answer, api, CallError, nameBase } from "../api.ts";
import { isFramed, meetHost, onTheme, type Host, type Theme } from "../bitable.ts";
import { useLocale } from "../language.ts";
import { keepFor, session } from "../storage.ts";
import { heldTokens, keepTokens, onTokens } from "../tokens.ts";
import { forgetSignIn } from "./sign-in.ts";

/** Before this the sidebar has nothing to show; each has a screen with one thing to do. */
export type Start =
  | { at: "outside" | "silent" | "waiting" | "noServer" | "signedOut" | "notSetUp" | "noPermission" }
  | { at: "ready"; me: Me };

/** The SDK itself gives up after 12 s; a person is told sooner, and goes on if the host answers late. */
const PATIENCE_MS = 8000;
const BASE = "lectern.base";
const PERSON = "lectern.person";

function showTheme(theme: Theme): void {
  session.set("theme", theme);
  if (theme === "dark") document.body.setAttribute("theme-mode", "dark");
  else document.body.removeAttribute("theme-mode");
  document.documentElement.style.colorScheme = theme;
}

/** Another person at the same window begins anew: neither the sign-in nor the drafts of the one before are theirs. */
function belongTo(person: string): void {
  keepFor(person);
  const before = session.get(PERSON);
  session.set(PERSON, person);
  if (before === null || before === person) return;
  forgetSignIn();
  keepTokens(null);
}

/** The host's Base, theme and language; null until it has answered. */
function useHost(): { host: Host | null; silent: boolean } {
  const [host, setHost] = useState<Host | null>(null);
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    if (!isFramed()) return;
    showTheme(session.get("theme") === "dark" ? "dark" : "light");
    let gone = false;
    const late = setTimeout(() => setSilent(true), PATIENCE_MS);
    meetHost(60_000).then(
      async (met) => {
        clearTimeout(late);
        belongTo(met.person);
        showTheme(met.theme);
        await useLocale(met.locale);
        if (gone) return;
        session.set(BASE, met.base);
        setSilent(false);
        setHost(met);
      },
      () => setSilent(true),
    );
    const off = onTheme(showTheme);
    return () => {
      gone = true;
      clearTimeout(late);
      off();
    };
  }, []);
  return { host, silent };
}

const tokensChanged = (changed: () => void) => onTokens(changed);
const signedInNow = () => heldTokens()?.refresh ?? null;

/** Where the start stands. Host and server are asked at the same time, the Base of last time standing in meanwhile. */
export function useStart(): Start {
  const framed = isFramed();
  const { host, silent } = useHost();
  const signedIn = useSyncExternalStore(tokensChanged, signedInNow) !== null;
  const client = useQueryClient();
  const base = host ? host.base : session.get(BASE);
  nameBase(base);
  const me = useQuery({
    queryKey: ["me", base],
    queryFn: () => answer(api.me.$get()),
    enabled: framed && signedIn && base !== null,
    staleTime: 5 * 60_000,
  });
  const server = useQuery({
    queryKey: ["server"],
    queryFn: () => answer(api["sign-in"].$get()),
    enabled: framed && !signedIn,
  });
  useEffect(() => {
    // What was read as one person is not shown to the next.
    if (!signedIn) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "server" });
  }, [signedIn, client]);
  if (!framed) return { at: "outside" };
  if (silent) return { at: "silent" };
  if (!signedIn)
    return server.isError ? { at: "noServer" } : { at: host && server.data ? "signedOut" : "waiting" };
  if (me.data) return { at: "ready", me: me.data };
  return me.isError ? { at: placeOf(me.error) } : { at: "waiting" };
}

function placeOf(error: Error): "noServer" | "signedOut" | "notSetUp" | "noPermission" {
  const code = error instanceof CallError ? error.code : "";
  if (code === "not_set_up") return "notSetUp";
  if (code === "signed_out") return "signedOut";
  return code === "no_role" ? "noPermission" : "noServer";
}
