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
  /** `codeChallenge` = base64url(sha256(verifier)), see `challengeOf` in tokens.ts. */
  authorizeUrl(request: {
    redirectUri: string;
    state: string;
    codeChallenge: string;
    scope?: readonly string[];
  }): string;
  exchange(grant: { code: string; redirectUri: string; codeVerifier: string }): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  userInfo(accessToken: string): Promise<UserInfo>;
}
