import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { pluginRequest, pluginToken } from "../../db/schema.ts";
import { hashOf } from "./session.ts";

/** An access token opens the API for an hour. */
const ACCESS_MS = 3_600_000;
/** A sidebar that was not opened for half a day is signed out. */
const REFRESH_MS = 12 * 3_600_000;
/** However often it is renewed, after a week the person confirms again. */
const FAMILY_MS = 7 * 24 * 3_600_000;
/** Wrong verifiers before a request ends. */
const MOST_TRIES = 5;

export interface Tokens {
  access: string;
  refresh: string;
  /** Of the access token, ms. */
  expiresAt: number;
}

export type Collected = { state: "waiting" } | { state: "gone" } | ({ state: "done" } & Tokens);

/**
 * The sidebar asks whether its person has confirmed, and proves by the verifier that the request is its own. Tokens are given
 * once: the request ends with it.
 */
export async function collectPluginTokens(
  db: Db,
  now: number,
  input: { request: string; verifier: string },
): Promise<Collected> {
  const hash = hashOf(input.request);
  const [found] = await db
    .select()
    .from(pluginRequest)
    .where(and(eq(pluginRequest.hash, hash), gt(pluginRequest.expiresAt, now)));
  if (!found) return { state: "gone" };
  if (!isProof(input.verifier, found.challenge)) {
    await countTry(db, hash);
    return { state: "gone" };
  }
  if (found.openId === null) return { state: "waiting" };
  const [taken] = await db.delete(pluginRequest).where(eq(pluginRequest.hash, hash)).returning();
  if (!taken?.openId) return { state: "gone" };
  const until = now + FAMILY_MS;
  const person = { openId: taken.openId, name: taken.name ?? "", family: randomUUID(), until };
  return { state: "done", ...(await giveTokens(db, now, person)) };
}

/** New tokens for a refresh token, which is used up. Null when it holds nothing; used twice, its whole family ends. */
export async function renewPluginTokens(db: Db, now: number, refresh: string): Promise<Tokens | null> {
  const mine = and(eq(pluginToken.hash, hashOf(refresh)), eq(pluginToken.kind, "refresh"));
  const [used] = await db
    .update(pluginToken)
    .set({ usedAt: now })
    .where(and(mine, isNull(pluginToken.usedAt), gt(pluginToken.expiresAt, now)))
    .returning();
  if (used) return giveTokens(db, now, used);
  const [known] = await db.select().from(pluginToken).where(mine);
  // Two hold the same token: one of them is not the sidebar.
  if (known?.usedAt) await endFamily(db, known.family);
  return null;
}

/** Who holds this access token. */
export async function whoHolds(
  db: Db,
  now: number,
  token: string,
): Promise<{ openId: string; name: string } | null> {
  const [row] = await db
    .select({ openId: pluginToken.openId, name: pluginToken.name })
    .from(pluginToken)
    .where(
      and(
        eq(pluginToken.hash, hashOf(token)),
        eq(pluginToken.kind, "access"),
        gt(pluginToken.expiresAt, now),
      ),
    );
  return row ?? null;
}

/** Signs a sidebar out, by its refresh token. */
export async function endPluginSignIn(db: Db, refresh: string): Promise<void> {
  const [row] = await db
    .select()
    .from(pluginToken)
    .where(eq(pluginToken.hash, hashOf(refresh)));
  if (row) await endFamily(db, row.family);
}

interface Holder {
  openId: string;
  name: string;
  family: string;
  until: number;
}

async function giveTokens(db: Db, now: number, { openId, name, family, until }: Holder): Promise<Tokens> {
  const [access, refresh] = [randomBytes(32).toString("base64url"), randomBytes(32).toString("base64url")];
  const expiresAt = Math.min(now + ACCESS_MS, until);
  const common = { family, openId, name, at: now, until };
  await db.insert(pluginToken).values([
    { hash: hashOf(access), kind: "access", expiresAt, ...common },
    { hash: hashOf(refresh), kind: "refresh", expiresAt: Math.min(now + REFRESH_MS, until), ...common },
  ]);
  return { access, refresh, expiresAt };
}

async function endFamily(db: Db, family: string): Promise<void> {
  await db.delete(pluginToken).where(eq(pluginToken.family, family));
}

/** RFC 7636 §4.6, method S256. */
function isProof(verifier: string, challenge: string): boolean {
  const [a, b] = [createHash("sha256").update(verifier).digest(), Buffer.from(challenge, "base64url")];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function countTry(db: Db, hash: string): Promise<void> {
  const [row] = await db
    .update(pluginRequest)
    .set({ tries: sql`${pluginRequest.tries} + 1` })
    .where(eq(pluginRequest.hash, hash))
    .returning({ tries: pluginRequest.tries });
  if (row && row.tries >= MOST_TRIES) await db.delete(pluginRequest).where(eq(pluginRequest.hash, hash));
}
