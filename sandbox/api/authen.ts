import { type ApiModule, type Call, FeishuError, type Operation, operations, Raw } from "../kernel.ts";
import { actingAs, authorizePage } from "./authen/page.ts";
import { exchangeToken, legacyToken, malformed } from "./authen/token.ts";
import { userInfo } from "./authen/user-info.ts";

const text = { type: "string" };

/** Only the types are checked here: what is missing has OAuth's own codes. */
const tokenSchema = {
  data: {
    type: "object",
    properties: Object.fromEntries(
      [
        "grant_type",
        "client_id",
        "client_secret",
        "code",
        "redirect_uri",
        "code_verifier",
        "refresh_token",
        "scope",
      ].map((key) => [key, text]),
    ),
  },
};

const tokenOperation = (path: string): Operation => ({
  method: "POST",
  path,
  tokens: ["none"],
  reads: true,
  schema: tokenSchema,
  invalid: (violations) => malformed(violations[0]?.description ?? "malformed request"),
  handle: exchangeToken,
});

const legacy = (path: string, kind: "authorization_code" | "refresh_token"): Operation => ({
  method: "POST",
  path,
  tokens: ["app", "tenant"],
  reads: true,
  schema: {
    data: {
      type: "object",
      properties: { grant_type: text, [kind === "refresh_token" ? "refresh_token" : "code"]: text },
      required: ["grant_type", kind === "refresh_token" ? "refresh_token" : "code"],
    },
  },
  handle: legacyToken(kind),
});

function authorize(call: Call): Raw {
  const search = new URLSearchParams(call.query as Record<string, string>).toString();
  const { html, status } = authorizePage(call, search, actingAs(call.headers));
  return new Raw(new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } }));
}

/** Sign-in of people (facts.md §3.2–3.4). */
export const authen: ApiModule = {
  name: "authen",
  operations: operations([
    { method: "GET", path: "/open-apis/authen/v1/authorize", tokens: ["none"], handle: authorize },
    { method: "GET", path: "/open-apis/authen/v1/index", tokens: ["none"], handle: authorize },
    tokenOperation("/open-apis/authen/v2/oauth/token"),
    tokenOperation("/oauth/v3/token"),
    legacy("/open-apis/authen/v1/oidc/access_token", "authorization_code"),
    legacy("/open-apis/authen/v1/oidc/refresh_access_token", "refresh_token"),
    {
      method: "GET",
      path: "/open-apis/authen/v1/user_info",
      tokens: ["user"],
      unauthorized: (code) =>
        code === 99991661 ? null : new FeishuError(20005, 200, "The user access token is invalid."),
      handle: userInfo,
    },
  ]),
};
