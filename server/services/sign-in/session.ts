import { createHash, timingSafeEqual } from "node:crypto";
import { and, eq, gt } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { pluginRequest, pluginToken, signIn } from "../../db/schema.ts";

export interface SignedIn {
  openId: string;
  name: string;
  /** Goes into every form; only who holds the cookie can know it. */
  csrf: string;
  /** When they signed in, ms. */
  at: number;
}

/** What of the cookie is stored: a stolen table opens nothing. */
export const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");
const csrfOf = (token: string) => createHash("sha256").update(`csrf\n${token}`).digest("base64url");

/** Who holds this cookie; null when nobody does, or the sign-in has ended. Leaves no trace of the visit. */
export async function whoIs(db: Db, now: number, token: string | undefined): Promise<SignedIn | null> {
  if (!token) return null;
  const [row] = await db
    .select({ openId: signIn.openId, name: signIn.name, at: signIn.at })
    .from(signIn)
    .where(and(eq(signIn.hash, hashOf(token)), gt(signIn.expiresAt, now)));
  return row ? { ...row, csrf: csrfOf(token) } : null;
}

/** Whether a form was made for this sign-in. */
export function isOwnForm(who: SignedIn, given: unknown): boolean {
  if (typeof given !== "string") return false;
  const [a, b] = [Buffer.from(given), Buffer.from(who.csrf)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export async function signOut(db: Db, token: string | undefined): Promise<void> {
  if (token) await db.delete(signIn).where(eq(signIn.hash, hashOf(token)));
}

/** Ends every sign-in of a person, in browsers and sidebars: they have left the company. */
export async function endSignIns(db: Db, openId: string): Promise<void> {
  await db.delete(signIn).where(eq(signIn.openId, openId));
  await db.delete(pluginRequest).where(eq(pluginRequest.openId, openId));
  await db.delete(pluginToken).where(eq(pluginToken.openId, openId));
}
