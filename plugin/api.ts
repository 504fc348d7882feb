import { hc } from "hono/client";
import type { ApiType } from "#server/routes/api.ts";
import { i18n, spoken } from "./language.ts";
import { now } from "./now.ts";
import { send } from "./send.ts";
import { SERVER } from "./server.ts";
import { takeCalled } from "./start/first-call.ts";
import { heldTokens, keepTokens, type Tokens } from "./tokens.ts";

/** A token about to end is renewed before it is used. */
const EARLY_MS = 60_000;

/** A call that did not do what it should. `offline`: the server was not reached, and it is unknown what came of a write. */
export class CallError extends Error {
  readonly code: string;
  readonly next: string | null;
  readonly status: number;
  constructor(code: string, message: string, options: { next?: string; status?: number } = {}) {
    super(message);
    this.name = "CallError";
    this.code = code;
    this.next = options.next ?? null;
    this.status = options.status ?? 0;
  }
}

async function call(input: RequestInfo | URL, init: RequestInit | undefined, access: string | null) {
  const called = takeCalled(input, access) ?? send(input, init, { access, language: spoken() });
  return called.catch(() => {
    throw new CallError("offline", i18n.t("common:offline"));
  });
}

/** Frames of one window share their tokens, and a refresh token used twice would sign all of them out. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
  "locks" in navigator ? navigator.locks.request("lectern.refresh", work) : work();

async function renewed(old: Tokens): Promise<Tokens | null> {
  return alone(async () => {
    const held = heldTokens();
    if (held && held.access !== old.access) return held;
    const response = await call(
      `${SERVER}/api/sign-in/refresh`,
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ refresh: old.refresh }),
      },
      null,
    );
    // Busy or broken is no reason to sign anybody out.
    if (!response.ok && response.status !== 401) throw await refusal(response);
    const tokens = response.ok ? ((await response.json()) as Tokens) : null;
    keepTokens(tokens);
    return tokens;
  });
}

const authed: typeof fetch = async (input, init) => {
  let tokens = heldTokens();
  if (tokens && tokens.expiresAt - now() < EARLY_MS) tokens = await renewed(tokens);
  const response = await call(input, init, tokens?.access ?? null);
  if (response.status !== 401 || !tokens) return response;
  const again = await renewed(tokens);
  return again ? call(input, init, again.access) : response;
};

/** The server's API, typed. `await answer(api.me.$get())`. */
export const api = hc<ApiType>(`${SERVER}/api`, { fetch: authed });

/** What a call answers; throws a CallError with words for the person when it was refused. */
export async function answer<T>(
  call: Promise<{ ok: boolean; status: number; json(): Promise<T> }>,
): Promise<T> {
  const response = await call;
  if (!response.ok) throw await refusal(response);
  return response.json();
}

async function refusal(response: { status: number; json(): Promise<unknown> }): Promise<CallError> {
  const { status } = response;
  const said = (await response.json().catch(() => null)) as {
    error?: { code: string; message: string; next?: string };
  } | null;
  if (!said?.error) return new CallError("no_server", i18n.t("common:noServer"), { status });
  const { code, message, next } = said.error;
  return new CallError(code, message, { next, status });
}
