import type { Me } from "#server/services/people/who-am-i.ts";
import { answer, api, CallError } from "../api.ts";
import { letHostIn } from "../bitable.ts";
import { features } from "../features/index.ts";
import { openQuery, turnsQuery } from "../features/next/queries.ts";
import { isFramed } from "../framed.ts";
import { i18n } from "../language.ts";
import { openScreen, screensFor } from "../screens.ts";
import { queries } from "../queries.ts";
import { namedBase, nameBase } from "../send.ts";
import { heldTokens } from "../tokens.ts";
import { lastBase } from "./last-base.ts";

/** The host may wait for the first screen, but not for long: it decides theme, language and Base. */
const MOST_MS = 3000;

export const signedInNow = (): string | null => heldTokens()?.refresh ?? null;

function there<T extends { setUp: boolean }>(found: T): Extract<T, { setUp: true }> {
  if (!found.setUp) throw new CallError("not_set_up", i18n.t("common:broken"), { status: 404 });
  return found as Extract<T, { setUp: true }>;
}

let workspace: string | null = null;

/** What was read in one workspace is not shown in the next. */
function entered(me: Me): Me {
  const kept = ["me", "server"];
  if (workspace !== null && workspace !== me.workspace.id)
    queries.removeQueries({ predicate: ({ queryKey: [what] }) => !kept.includes(String(what)) });
  workspace = me.workspace.id;
  return me;
}

export const meIn = (base: string | null) => ({
  queryKey: ["me", base] as const,
  queryFn: async (): Promise<Me> => entered(there(await answer(api.me.$get()))),
  staleTime: 5 * 60_000,
});

let shown: () => void = () => undefined;
const firstScreen = new Promise<void>((resolve) => (shown = resolve));
/** The first screen stands; what it asks of the server may still be on its way. */
export const screenShown = (): void => shown();

/** Nothing is being fetched any more, and what came has been drawn and asks for nothing else. */
async function quiet(): Promise<void> {
  do {
    await fetched();
    await drawn();
  } while (queries.isFetching() > 0);
}

function fetched(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => queries.isFetching() === 0 && (off(), resolve());
    const off = queries.getQueryCache().subscribe(() => queueMicrotask(look));
    look();
  });
}

const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Who one is, and with it what one's first screen shows. */
async function askFirst(): Promise<Me> {
  const base = namedBase();
  const { me, next } = there(await answer(api.me.first.$get()));
  // The host has named another Base meanwhile.
  if (namedBase() !== base) return me;
  entered(me);
  if (next) {
    queries.setQueryData(turnsQuery.queryKey, next.turns);
    queries.setQueryData(openQuery.queryKey, next.open);
  }
  return me;
}

/**
 * Asks who one is at once, in the Base of last time, else in one's only workspace, and fetches that person's first screen: the
 * Base SDK, most of the code there is, comes after it. Without an answer the host is met first.
 */
export async function startEarly(): Promise<void> {
  if (!isFramed()) return;
  const base = lastBase();
  nameBase(base);
  if (signedInNow() === null) return letHostIn();
  const late = setTimeout(letHostIn, MOST_MS);
  try {
    const me = await queries.fetchQuery({ ...meIn(base), queryFn: askFirst, retry: false });
    const { open } = openScreen(screensFor(features, me));
    void open.screen.preload?.();
    void i18n.loadNamespaces(open.namespace);
    await firstScreen;
    await quiet();
  } catch {
    // The query keeps its error, and the start shows it.
  }
  clearTimeout(late);
  letHostIn();
}
