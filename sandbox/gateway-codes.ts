import { FeishuError } from "./kernel.ts";

/**
 * Refusals of Feishu's gateway, before any service sees the call (facts.md §1.3). Their HTTP status is unconfirmed
 * (facts.md §15.1): 400 is chosen here, in this one place, so that an SDK rejects instead of resolving.
 */
const STATUS = 400;

const PATH_UNKNOWN = 99991201;
export const RATE_LIMITED = 99991400;

const message: Record<number, string> = {
  99991661: "Missing access token for authorization. Please make a request with token attached.",
  99991663: "Invalid access token for authorization. Please make a request with token attached.",
  99991664: "app_access_token is invalid.",
  99991668: "Invalid access token for authorization. Please make a request with token attached.",
  99991671: "Invalid token: an access token must start with 't-' or 'u-'.",
  99991673: "unauthorized app",
  99991677: "user access token is expired",
};

export const unknownPath = (): FeishuError => new FeishuError(PATH_UNKNOWN, 404, "404 page not found");

export const tokenRefused = (code: number, why?: string): FeishuError =>
  new FeishuError(code, STATUS, why ?? message[code] ?? "invalid access token");

export function scopeRefused(kind: "tenant" | "user", scopes: string[]): FeishuError {
  const list = `[${scopes.join(", ")}]`;
  const violations = scopes.map((subject) => ({ type: "action_scope_required", subject }));
  return kind === "tenant"
    ? new FeishuError(99991672, STATUS, `Access denied. One of the following scopes is required: ${list}.`, {
        permission_violations: violations,
      })
    : new FeishuError(
        99991679,
        STATUS,
        `Unauthorized. The user has not granted one of these scopes: ${list}.`,
        {
          permission_violations: violations,
        },
      );
}

export const appUnavailable = (): FeishuError => new FeishuError(99991673, STATUS, message[99991673] ?? "");

export const quotaExceeded = (): FeishuError =>
  new FeishuError(99991403, STATUS, "This month's API call quota has been exceeded.");

/** Codes of auth/v3; their status is unconfirmed as well. */
export const authRefused = (code: 10003 | 10014 | 10015, msg: string): FeishuError =>
  new FeishuError(code, STATUS, msg);
