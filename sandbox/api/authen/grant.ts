import { createHash } from "node:crypto";
import type { App, Kernel } from "../../kernel.ts";
import { TWO_HOURS, userToken } from "../../tokens.ts";
import { OAuthError } from "./oauth-error.ts";
import { CONSENT_MS, oauth, REFRESH_MS, type Code } from "./oauth-state.ts";

export interface Grant {
  access_token: string;
  expires_in: number;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  scope: string;
  openId: string;
}

/** Exchanges an authorization code: 5 minutes, once, the same client, the same redirect address, the right verifier. */
export function redeemCode(kernel: Kernel, app: App, body: Record<string, unknown>): Grant {
  const code = oauth(kernel.state).codes[String(body["code"])];
  if (!code)
    throw new OAuthError(
      20003,
      "The authorization code was not found. Please note that an authorization code can only be used once.",
    );
  if (code.appId !== app.appId)
    throw new OAuthError(20024, "The provided authorization code does not belong to this client.");
  if (code.used) throw new OAuthError(20065, "The authorization code has been used.");
  if (code.expiresAt <= kernel.now()) throw new OAuthError(20004, "The authorization code has expired.");
  if (body["redirect_uri"] !== undefined && body["redirect_uri"] !== code.redirectUri) {
    throw new OAuthError(20071, "The redirect_uri does not match the one of the authorization request.");
  }
  verifyPkce(code, body["code_verifier"]);
  const scopes = narrowed(code.scopes, body["scope"]);
  mayUse(kernel, app, code.openId);
  code.used = true;
  return issue(kernel, app, code.openId, scopes, kernel.now());
}

/** Rotates: the refresh token is good for one use; the access tokens given before stay good. */
export function redeemRefresh(kernel: Kernel, app: App, body: Record<string, unknown>): Grant {
  const token = oauth(kernel.state).refresh[String(body["refresh_token"])];
  if (!token) throw new OAuthError(20026, "The refresh token is invalid.");
  if (token.appId !== app.appId)
    throw new OAuthError(20024, "The provided refresh token does not belong to this client.");
  if (token.used)
    throw new OAuthError(
      20073,
      "The refresh token has been used. Please note that a refresh token can only be used once.",
    );
  const now = kernel.now();
  if (token.expiresAt <= now || token.authorizedAt + CONSENT_MS <= now)
    throw new OAuthError(20037, "The refresh token has expired.");
  const scopes = narrowed(token.scopes, body["scope"]);
  mayUse(kernel, app, token.openId);
  token.used = true;
  return issue(kernel, app, token.openId, scopes, token.authorizedAt);
}

/** RFC 7636: a code asked for with a challenge needs its verifier, one without needs none. */
function verifyPkce(code: Code, verifier: unknown): void {
  const failed = new OAuthError(20049, "PKCE code challenge failed.");
  if (code.challenge === null) {
    if (verifier !== undefined) throw failed;
    return;
  }
  if (typeof verifier !== "string" || verifier.length < 43 || verifier.length > 128) throw failed;
  const made = code.method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
  if (made !== code.challenge) throw failed;
}

function narrowed(granted: string[], asked: unknown): string[] {
  if (typeof asked !== "string" || asked.trim() === "") return granted;
  const wanted = asked.trim().split(/\s+/);
  if (new Set(wanted).size < wanted.length) throw new OAuthError(20067, "Duplicate scopes in the request.");
  if (wanted.some((scope) => !granted.includes(scope)))
    throw new OAuthError(20068, "A scope is not permitted: scopes can only be narrowed.");
  return wanted;
}

function mayUse(kernel: Kernel, app: App, openId: string): void {
  const person = kernel.people.find(openId);
  if (!person) throw new OAuthError(20008, "The user does not exist.");
  if (person.status !== "active") throw new OAuthError(20066, "The user's status is invalid.");
  if (app.availability !== null && !app.availability.includes(openId))
    throw new OAuthError(20010, "The user may not use this app.");
}

function issue(kernel: Kernel, app: App, openId: string, scopes: string[], authorizedAt: number): Grant {
  const access = {
    access_token: userToken(kernel, app.appId, openId, scopes),
    expires_in: TWO_HOURS / 1000,
    scope: scopes.join(" "),
    openId,
  };
  if (!scopes.includes("offline_access")) return access;
  const refresh_token = kernel.id("ur-", 1024);
  const expiresAt = kernel.now() + REFRESH_MS;
  oauth(kernel.state).refresh[refresh_token] = {
    appId: app.appId,
    openId,
    scopes,
    expiresAt,
    authorizedAt,
    used: false,
  };
  return { ...access, refresh_token, refresh_token_expires_in: REFRESH_MS / 1000 };
}
