import { session } from "./storage.ts";

/** What this sidebar holds after signing in. Dates are the server's. */
export interface Tokens {
  access: string;
  refresh: string;
  expiresAt: number;
}

const KEY = "lectern.tokens";
type Listener = (tokens: Tokens | null) => void;
const listeners = new Set<Listener>();

/** Read anew each time: another frame of this window may have renewed them. */
export function heldTokens(): Tokens | null {
  const text = session.get(KEY);
  try {
    return text === null ? null : (JSON.parse(text) as Tokens);
  } catch {
    return null;
  }
}

export function keepTokens(tokens: Tokens | null): void {
  session.set(KEY, tokens && JSON.stringify(tokens));
  for (const listener of listeners) listener(tokens);
}

/** Tells when somebody has signed in or out; gives back how to stop listening. */
export function onTokens(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
