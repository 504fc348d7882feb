import { randomBytes } from "node:crypto";
import { lte } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { oauthState, signIn } from "../../db/schema.ts";
import type { Gateway } from "../../feishu/gateway.ts";
import { ownPath } from "./own-path.ts";

/** What signing in needs; it happens before anyone knows to which workspace the person belongs. */
export interface SignInCtx {
  db: Db;
  /** ms on the deployment's clock. */
  now: number;
  feishu: Pick<Gateway, "oauth">;
  publicUrl: string;
}

const STATE_LIFE_MS = 10 * 60_000;

export const callbackOf = (publicUrl: string) => `${publicUrl}/sign-in/callback`;

/** Starts a sign-in: the address of Feishu's authorize page, and the state that only this browser may bring back. */
export async function beginSignIn(
  ctx: SignInCtx,
  input: { goTo?: string },
): Promise<{ url: string; state: string }> {
  const state = randomBytes(24).toString("base64url");
  const verifier = randomBytes(48).toString("base64url");
  await ctx.db.delete(oauthState).where(lte(oauthState.expiresAt, ctx.now));
  await ctx.db.delete(signIn).where(lte(signIn.expiresAt, ctx.now));
  await ctx.db
    .insert(oauthState)
    .values({ state, verifier, goTo: ownPath(input.goTo), expiresAt: ctx.now + STATE_LIFE_MS });
  const url = ctx.feishu.oauth.authorizeUrl({
    redirectUri: callbackOf(ctx.publicUrl),
    state,
    codeVerifier: verifier,
  });
  return { url, state };
}
