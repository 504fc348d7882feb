import { answer, api, CallError } from "../api.ts";
import { heldTokens, keepTokens } from "../tokens.ts";
import { session } from "../storage.ts";

/** A sign-in under way: what the person compares, and what proves that it is ours. */
export interface Pending {
  request: string;
  code: string;
  url: string;
  expiresAt: number;
  verifier: string;
}

const KEY = "lectern.pending";

const text = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** RFC 7636: the verifier stays here, its SHA-256 goes to the server. */
export async function beginSignIn(): Promise<Pending> {
  const verifier = text(crypto.getRandomValues(new Uint8Array(48)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const challenge = text(new Uint8Array(digest));
  const begun = await answer(api["sign-in"].begin.$post({ json: { challenge } }));
  const pending = { ...begun, verifier };
  session.set(KEY, JSON.stringify(pending));
  return pending;
}

/** The one that was under way before a reload. */
export function pendingSignIn(): Pending | null {
  const kept = session.get(KEY);
  return kept === null ? null : (JSON.parse(kept) as Pending);
}

export const forgetSignIn = (): void => session.set(KEY, null);

/** Asks once whether the person has confirmed. `over`: refused, used or too old. */
export async function collect({ request, verifier }: Pending): Promise<"waiting" | "done" | "over"> {
  try {
    const got = await answer(api["sign-in"].token.$post({ json: { request, verifier } }));
    if (got.state !== "done") return "waiting";
    forgetSignIn();
    keepTokens({ access: got.access, refresh: got.refresh, expiresAt: got.expiresAt });
    return "done";
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.code !== "request_gone") return "waiting";
    forgetSignIn();
    return "over";
  }
}

/** Ends the sign-in here at once; the server hears of it if it can be reached. */
export async function signOut(): Promise<void> {
  const held = heldTokens();
  keepTokens(null);
  if (held)
    await answer(api["sign-in"].out.$post({ json: { refresh: held.refresh } })).catch(() => undefined);
}
