import { createHash } from "node:crypto";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import type { Base } from "./model.ts";
import { said } from "../given.ts";

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** How long a token is remembered is not stated; a day of the sandbox's clock. */
const LIFE_MS = 86_400_000;
/** Requests in flight live in this process only: they are no state. */
const inFlight = new Set<string>();

/**
 * Idempotency of record create, batch_create and field create (facts.md §4.6). A replay with the same content gives the ids
 * of the first result. 1254608 ("same token on the same Base version") is read in the narrow way, safer for callers: only
 * while the first request has not yet changed the Base, that is, while it is in flight.
 */
export async function once(
  page: Page,
  base: Base,
  token: unknown,
  content: unknown,
  now: number,
  run: () => Promise<string[]>,
): Promise<{ ids: string[]; replay: boolean }> {
  if (token === undefined || token === "") return { ids: await run(), replay: false };
  if (typeof token !== "string" || !UUID_V4.test(token))
    throw refusal(page, 1254037, `client_token ${said(token)}`);
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  const known = base.clientTokens[token];
  if (known && now - known.at <= LIFE_MS) {
    if (known.hash !== hash) throw refusal(page, 1255006);
    return { ids: known.ids, replay: true };
  }
  const key = `${base.token}/${token}`;
  if (inFlight.has(key)) throw refusal(page, 1254608);
  inFlight.add(key);
  try {
    const ids = await run();
    forgetOld(base, now);
    base.clientTokens[token] = { hash, ids, at: now };
    return { ids, replay: false };
  } finally {
    inFlight.delete(key);
  }
}

function forgetOld(base: Base, now: number): void {
  for (const [token, entry] of Object.entries(base.clientTokens)) {
    if (now - entry.at <= LIFE_MS) return;
    delete base.clientTokens[token];
  }
}
