import type { App, Kernel } from "../../kernel.ts";
import { LeverError } from "../../lever-input.ts";
import { CODE_MS, oauth } from "./oauth-state.ts";

/** What an authorize address asks for (facts.md §3.2). */
export interface AuthorizeRequest {
  app: App;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  challenge: string | null;
  method: "S256" | "plain";
}

/** Reads the query; a string says why the page cannot be shown. */
export function readRequest(kernel: Kernel, query: Record<string, string>): AuthorizeRequest | string {
  const app = kernel.apps[query["client_id"] ?? query["app_id"] ?? ""];
  if (!app) return "20048: the app does not exist (client_id)";
  if (query["response_type"] !== undefined && query["response_type"] !== "code")
    return "20063: response_type must be code";
  const redirectUri = query["redirect_uri"] ?? "";
  if (!app.redirectUris.includes(redirectUri))
    return `20029: redirect_uri ${redirectUri} is not in the app's list of redirect addresses`;
  const scopes = [...new Set((query["scope"] ?? "").split(" ").filter((one) => one !== ""))];
  if (scopes.length > 50) return "20063: at most 50 scopes in one request";
  const foreign = scopes.filter((scope) => scope !== "offline_access" && !app.userScopes.includes(scope));
  if (foreign.length > 0) return `20027: these scopes are not enabled on the app: ${foreign.join(" ")}`;
  return {
    app,
    redirectUri,
    scopes,
    state: query["state"] ?? null,
    challenge: query["code_challenge"] ?? null,
    method: query["code_challenge_method"] === "S256" ? "S256" : "plain",
  };
}

/** A person says yes or no: the address that the browser goes on to. Throws when the request itself is wrong. */
export function confirm(
  kernel: Kernel,
  answer: { query: Record<string, string>; open_id: string; allow: boolean },
): string {
  const request = readRequest(kernel, answer.query);
  if (typeof request === "string") throw new LeverError(request);
  const location = new URL(request.redirectUri);
  if (answer.allow) location.searchParams.set("code", issueCode(kernel, request, answer.open_id));
  else location.searchParams.set("error", "access_denied");
  if (request.state !== null) location.searchParams.set("state", request.state);
  return location.href;
}

function issueCode(kernel: Kernel, request: AuthorizeRequest, openId: string): string {
  const { app, scopes, redirectUri, challenge, method } = request;
  if (!kernel.people.find(openId)) throw new LeverError(`nobody in this sandbox has the open_id ${openId}`);
  const code = kernel.id("", 64);
  const expiresAt = kernel.now() + CODE_MS;
  oauth(kernel.state).codes[code] = {
    appId: app.appId,
    openId,
    scopes,
    redirectUri,
    challenge,
    method,
    expiresAt,
    used: false,
  };
  return code;
}
