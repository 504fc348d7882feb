import { slice, type FeishuError, type Kernel, type Operation, type Principal } from "./kernel.ts";
import { tokenRefused } from "./gateway-codes.ts";

interface Token {
  kind: "tenant" | "app" | "user";
  appId: string;
  openId?: string;
  scopes?: string[];
  expiresAt: number;
}

interface TokenState {
  tokens: Record<string, Token>;
  /** The tenant and app tokens given last, per app. */
  last: Record<string, { tenant?: string; app?: string }>;
}

const store = slice<TokenState>("tokens", () => ({ tokens: {}, last: {} }));

export const TWO_HOURS = 7_200_000;
const HALF_AN_HOUR = 1_800_000;
const A_DAY = 86_400_000;
const PREFIX = { tenant: "t-", app: "a-" } as const;

/** The app's token: the same one while 30 minutes remain, else a new one beside the old (facts.md §3.1). `expire` in seconds. */
export function appToken(
  kernel: Kernel,
  appId: string,
  kind: "tenant" | "app",
): { token: string; expire: number } {
  const state = store(kernel.state);
  const last = (state.last[appId] ??= {});
  const known = last[kind] === undefined ? undefined : state.tokens[last[kind]];
  const left = known ? known.expiresAt - kernel.now() : 0;
  if (last[kind] !== undefined && left >= HALF_AN_HOUR)
    return { token: last[kind], expire: Math.floor(left / 1000) };
  forgetOld(kernel, state);
  const token = kernel.id(PREFIX[kind], 40);
  state.tokens[token] = { kind, appId, expiresAt: kernel.now() + TWO_HOURS };
  last[kind] = token;
  return { token, expire: TWO_HOURS / 1000 };
}

/** A user's access token of 1 KB, as long as Feishu warns it may be. */
export function userToken(kernel: Kernel, appId: string, openId: string, scopes: string[]): string {
  const state = store(kernel.state);
  forgetOld(kernel, state);
  const token = kernel.id("u-", 1024);
  state.tokens[token] = { kind: "user", appId, openId, scopes, expiresAt: kernel.now() + TWO_HOURS };
  return token;
}

/** Kept for a day after their end, so that "expired" can be told from "unknown". */
function forgetOld(kernel: Kernel, state: TokenState): void {
  for (const [token, { expiresAt }] of Object.entries(state.tokens)) {
    if (expiresAt + A_DAY < kernel.now()) delete state.tokens[token];
  }
}

/** Who calls, or the gateway's refusal; `lapsed` = the token was good until it ran out. `accepted` are the token kinds of the operation. */
export function authenticate(
  kernel: Kernel,
  authorization: string | null,
  accepted: NonNullable<Operation["tokens"]>,
): Principal | { refusal: FeishuError; lapsed: boolean } {
  const token = /^Bearer\s+(.*)$/i.exec(authorization ?? "")?.[1]?.trim() ?? "";
  const refuse = (code: number, lapsed = false, why?: string) => ({
    refusal: tokenRefused(code, why),
    lapsed,
  });
  if (token === "") return refuse(99991661);
  const kind = token.startsWith("t-")
    ? "tenant"
    : token.startsWith("u-")
      ? "user"
      : token.startsWith("a-")
        ? "app"
        : null;
  if (kind === null) return refuse(99991671);
  const known = store(kernel.state).tokens[token];
  const code = kind === "user" ? 99991668 : kind === "app" ? 99991664 : 99991663;
  if (!known || !kernel.apps[known.appId]) return refuse(code);
  if (known.expiresAt <= kernel.now()) return refuse(kind === "user" ? 99991677 : code, true);
  if (!accepted.includes(kind)) return refuse(code, false, `${kind} access token not support`);
  return known.kind === "user"
    ? { kind: "user", appId: known.appId, openId: known.openId ?? "", scopes: known.scopes ?? [] }
    : { kind: known.kind, appId: known.appId };
}
