import { slice } from "../../kernel.ts";

export interface Code {
  appId: string;
  openId: string;
  scopes: string[];
  redirectUri: string;
  challenge: string | null;
  method: "S256" | "plain";
  expiresAt: number;
  used: boolean;
}

export interface RefreshToken {
  appId: string;
  openId: string;
  scopes: string[];
  expiresAt: number;
  /** When the person said yes: after 365 days they must say it again. */
  authorizedAt: number;
  used: boolean;
}

export const oauth = slice<{ codes: Record<string, Code>; refresh: Record<string, RefreshToken> }>(
  "oauth",
  () => ({ codes: {}, refresh: {} }),
);

export const CODE_MS = 300_000;
export const REFRESH_MS = 604_800_000;
export const CONSENT_MS = 365 * 86_400_000;
