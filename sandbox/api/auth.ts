import { authRefused } from "../gateway-codes.ts";
import { type ApiModule, type Call, flat, operations } from "../kernel.ts";
import { appToken } from "../tokens.ts";

const credentials = {
  data: {
    type: "object",
    properties: { app_id: { type: "string" }, app_secret: { type: "string" } },
    required: ["app_id", "app_secret"],
  },
};

const invalid = () => authRefused(10003, "invalid param: app_id and app_secret are required");

/** The app id, when its secret is right. */
function proven({ body, apps }: Call): string {
  const app = apps[String(body["app_id"])];
  if (!app) throw authRefused(10014, "app unauthorized: there is no such app in this tenant");
  if (app.appSecret !== body["app_secret"]) throw authRefused(10015, "app secret invalid");
  return app.appId;
}

function tenantAccessToken(call: Call) {
  const { token, expire } = appToken(call, proven(call), "tenant");
  return flat({ code: 0, msg: "ok", tenant_access_token: token, expire });
}

function appAccessToken(call: Call) {
  const appId = proven(call);
  const app = appToken(call, appId, "app");
  const tenant = appToken(call, appId, "tenant");
  return flat({
    code: 0,
    msg: "ok",
    app_access_token: app.token,
    tenant_access_token: tenant.token,
    expire: Math.min(app.expire, tenant.expire),
  });
}

/** Tokens of the app (facts.md §3.1): flat replies. */
export const auth: ApiModule = {
  name: "auth",
  operations: operations([
    {
      method: "POST",
      path: "/open-apis/auth/v3/tenant_access_token/internal",
      tokens: ["none"],
      reads: true,
      schema: credentials,
      invalid,
      handle: tenantAccessToken,
    },
    {
      method: "POST",
      path: "/open-apis/auth/v3/app_access_token/internal",
      tokens: ["none"],
      reads: true,
      schema: credentials,
      invalid,
      handle: appAccessToken,
    },
  ]),
};
