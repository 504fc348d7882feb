import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { oauthState, signIn } from "../../db/schema.ts";
import { callbackOf, type SignInCtx } from "./begin.ts";
import { hashOf } from "./session.ts";

/** How long a sign-in lasts. */
export const SIGN_IN_HOURS = 12;

export type Finished =
  | { ok: true; token: string; goTo: string }
  /** `stale`: the state is unknown, used or too old; `denied`: the person said no. */
  | { ok: false; why: "stale" | "denied"; goTo: string | null };

/**
 * Ends a sign-in. The state is used up whatever comes of it; who is signed in is only ever what user_info says. Throws the
 * gateway's errors when Feishu does not take the code.
 */
export async function finishSignIn(
  ctx: SignInCtx,
  input: { state: string; code?: string; error?: string },
): Promise<Finished> {
  const [begun] = await ctx.db.delete(oauthState).where(eq(oauthState.state, input.state)).returning();
  if (!begun || begun.expiresAt <= ctx.now) return { ok: false, why: "stale", goTo: begun?.goTo ?? null };
  if (input.error !== undefined || !input.code) return { ok: false, why: "denied", goTo: begun.goTo };
  const { accessToken } = await ctx.feishu.oauth.exchange({
    code: input.code,
    redirectUri: callbackOf(ctx.publicUrl),
    codeVerifier: begun.verifier,
  });
  const { openId, name } = await ctx.feishu.oauth.userInfo(accessToken);
  const token = randomBytes(32).toString("base64url");
  await ctx.db.insert(signIn).values({
    hash: hashOf(token),
    openId,
    name,
    at: ctx.now,
    expiresAt: ctx.now + SIGN_IN_HOURS * 3_600_000,
  });
  return { ok: true, token, goTo: begun.goTo };
}
