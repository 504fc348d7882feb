import { type App, type Call, FeishuError, flat, type Raw } from "../../kernel.ts";
import { type Grant, redeemCode, redeemRefresh } from "./grant.ts";
import { OAuthError } from "./oauth-error.ts";

/** `authen/v2/oauth/token` and `/oauth/v3/token`: flat, failures at HTTP 400 (facts.md §3.3). */
export function exchangeToken(call: Call): Raw {
  try {
    const { openId: _openId, ...grant } = redeem(call, client(call));
    return flat({ code: 0, ...grant, token_type: "Bearer" });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return flat({ code: error.code, error: error.word, error_description: error.message }, 400);
  }
}

/** The client by its own id and secret in the body. */
function client({ body, apps }: Call): App {
  for (const key of ["grant_type", "client_id", "client_secret"]) {
    if (typeof body[key] !== "string" || body[key] === "")
      throw new OAuthError(20001, `The request is missing a required parameter: ${key}.`);
  }
  const app = apps[String(body["client_id"])];
  if (!app) throw new OAuthError(20048, "The app does not exist.");
  if (app.appSecret !== body["client_secret"]) throw new OAuthError(20002, "The client secret is invalid.");
  return app;
}

function redeem(call: Call, app: App): Grant {
  const { body } = call;
  if (body["grant_type"] === "authorization_code") {
    if (typeof body["code"] !== "string" || body["code"] === "")
      throw new OAuthError(20001, "The request is missing a required parameter: code.");
    return redeemCode(call, app, body);
  }
  if (body["grant_type"] === "refresh_token") {
    if (typeof body["refresh_token"] !== "string" || body["refresh_token"] === "") {
      throw new OAuthError(20001, "The request is missing a required parameter: refresh_token.");
    }
    return redeemRefresh(call, app, body);
  }
  throw new OAuthError(20036, "The specified grant_type is not supported.");
}

/** A broken body at the token address is 20063. */
export function malformed(description: string): Raw {
  return flat({ code: 20063, error: "invalid_request", error_description: description }, 400);
}

/** The historical `authen/v1/oidc/…`: the app proves itself by its app token, the reply stands in `data`. */
export function legacyToken(kind: "authorization_code" | "refresh_token") {
  return (call: Call): Record<string, unknown> => {
    const { body, app } = call;
    if (!app) throw new FeishuError(20048, 400, "The app does not exist.");
    if (body["grant_type"] !== kind)
      throw new FeishuError(20036, 400, "The specified grant_type is not supported.");
    try {
      const {
        openId: _openId,
        refresh_token_expires_in,
        ...grant
      } = kind === "authorization_code"
        ? redeemCode(call, app, { code: body["code"] })
        : redeemRefresh(call, app, body);
      return { ...grant, token_type: "Bearer", refresh_expires_in: refresh_token_expires_in };
    } catch (error) {
      throw error instanceof OAuthError ? new FeishuError(error.code, 400, error.message) : error;
    }
  };
}
