import { randomBytes, randomInt } from "node:crypto";
import { lte } from "drizzle-orm";
import { pluginRequest, pluginToken } from "../../db/schema.ts";
import type { SignInCtx } from "./begin.ts";
import { hashOf } from "./session.ts";

export type PluginSignInCtx = Pick<SignInCtx, "db" | "now" | "publicUrl">;

/** How long a sidebar's request may wait for its person. */
export const REQUEST_LIFE_MS = 10 * 60_000;
/** Without signs that look alike. */
const SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

export interface PluginRequest {
  /** Names the request; whoever has it can confirm it, only the sidebar can collect it. */
  request: string;
  /** `K7Q-F3M`: shown by the sidebar and by our page. */
  code: string;
  /** Our page, to be opened in a browser. */
  url: string;
  /** ms. */
  expiresAt: number;
}

/** A sidebar asks to be signed in. `challenge` is the base64url SHA-256 of a verifier that stays in the sidebar. */
export async function beginPluginSignIn(
  ctx: PluginSignInCtx,
  { challenge }: { challenge: string },
): Promise<PluginRequest> {
  await ctx.db.delete(pluginRequest).where(lte(pluginRequest.expiresAt, ctx.now));
  await ctx.db.delete(pluginToken).where(lte(pluginToken.until, ctx.now));
  const request = randomBytes(24).toString("base64url");
  const signs = Array.from({ length: 6 }, () => SIGNS[randomInt(SIGNS.length)]!).join("");
  const code = `${signs.slice(0, 3)}-${signs.slice(3)}`;
  const expiresAt = ctx.now + REQUEST_LIFE_MS;
  await ctx.db
    .insert(pluginRequest)
    .values({ hash: hashOf(request), challenge, code, at: ctx.now, expiresAt });
  return { request, code, url: `${ctx.publicUrl}/connect/${request}`, expiresAt };
}
