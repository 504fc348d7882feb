import { z } from "zod";
import type { Client } from "./client.ts";
import { optional, text } from "./parts.ts";
import { challengeOf } from "./tokens.ts";

export interface Tokens {
  accessToken: string;
  /** ms since 1970 on the deployment's clock. */
  expiresAt: number;
  /** Single use: the refreshed pair replaces it. Absent without the scope offline_access. */
  refreshToken?: string;
  refreshExpiresAt?: number;
  scope: string;
}

export interface UserInfo {
  openId: string;
  unionId: string;
  name: string;
  enName?: string;
  avatarUrl?: string;
  tenantKey: string;
  userId?: string;
  email?: string;
}

/** Signing in with Feishu: authorize page, v2 token endpoint with PKCE, user_info. */
export interface OAuth {
  /** PKCE: `codeVerifier` is 43–128 random characters, kept with the state; only its S256 challenge leaves. */
  authorizeUrl(request: {
    redirectUri: string;
    state: string;
    codeVerifier: string;
    scope?: readonly string[];
  }): string;
  exchange(grant: { code: string; redirectUri: string; codeVerifier: string }): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  userInfo(accessToken: string): Promise<UserInfo>;
}

const tokenReply = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  refresh_token: text,
  refresh_token_expires_in: optional(z.number()),
  scope: text,
});

const userInfo = z
  .object({
    open_id: z.string(),
    union_id: z.string(),
    name: z.string(),
    en_name: text,
    avatar_url: text,
    tenant_key: z.string(),
    user_id: text,
    email: text,
  })
  .transform((raw): UserInfo => ({
    openId: raw.open_id,
    unionId: raw.union_id,
    name: raw.name,
    enName: raw.en_name,
    avatarUrl: raw.avatar_url,
    tenantKey: raw.tenant_key,
    userId: raw.user_id,
    email: raw.email,
  }));

const ACCOUNTS: Record<string, string> = {
  "https://open.feishu.cn": "https://accounts.feishu.cn",
  "https://open.larksuite.com": "https://accounts.larksuite.com",
};

/** Where people sign in: Feishu's accounts host, or the sandbox itself. */
export function accountsDomainOf(domain: string): string {
  return ACCOUNTS[domain] ?? domain;
}

export function createOAuth(
  client: Client,
  app: { appId: string; appSecret: string; accountsDomain: string },
): OAuth {
  async function grant(body: Record<string, string>): Promise<Tokens> {
    const askedAt = client.clock.now();
    const request = { body: { client_id: app.appId, client_secret: app.appSecret, ...body } };
    const reply = await client.call("oauth.token", request, tokenReply);
    const refreshLife = reply.refresh_token_expires_in;
    return {
      accessToken: reply.access_token,
      expiresAt: askedAt + reply.expires_in * 1000,
      refreshToken: reply.refresh_token,
      refreshExpiresAt: refreshLife === undefined ? undefined : askedAt + refreshLife * 1000,
      scope: reply.scope ?? "",
    };
  }

  return {
    authorizeUrl({ redirectUri, state, codeVerifier, scope = [] }) {
      const url = new URL("/open-apis/authen/v1/authorize", app.accountsDomain);
      const query = {
        client_id: app.appId,
        response_type: "code",
        redirect_uri: redirectUri,
        state,
        code_challenge: challengeOf(codeVerifier),
        code_challenge_method: "S256",
        ...(scope.length > 0 ? { scope: scope.join(" ") } : {}),
      };
      url.search = new URLSearchParams(query).toString();
      return url.toString();
    },
    exchange({ code, redirectUri, codeVerifier }) {
      return grant({
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      });
    },
    refresh(refreshToken) {
      return grant({ grant_type: "refresh_token", refresh_token: refreshToken });
    },
    userInfo(accessToken) {
      return client.call("oauth.userInfo", { userToken: accessToken }, userInfo);
    },
  };
}
