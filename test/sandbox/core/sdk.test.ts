import * as lark from "@larksuiteoapi/node-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { APP_ID, startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { probe } from "./probe.ts";

const REDIRECT = "http://127.0.0.1/signed-in";
const quiet = () => undefined;
const logger = { fatal: quiet, error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

let sandbox: TestSandbox;
let client: lark.Client;

beforeAll(async () => {
  sandbox = await startSandbox({ modules: [probe] });
  sandbox.person("ou_lin");
  client = new lark.Client({
    appId: APP_ID,
    appSecret: sandbox.app.appSecret,
    domain: sandbox.url,
    oauthBaseUrl: sandbox.url,
    logger,
    loggerLevel: lark.LoggerLevel.fatal,
  });
});
afterAll(() => sandbox.close());

const code = async () => {
  const query = { client_id: APP_ID, response_type: "code", redirect_uri: REDIRECT, scope: "offline_access" };
  const { json } = await sandbox.lever("POST", "/oauth/confirm", { query, open_id: "ou_lin", allow: true });
  return new URL(json["location"] as string).searchParams.get("code") ?? "";
};

test("the official client works unmodified: token, call, rejection at 400, resolution at 200", async () => {
  const url = "/open-apis/probe/v1/things";
  expect(await client.request({ method: "POST", url, data: { name: "a" } })).toMatchObject({
    code: 0,
    data: { name: "a" },
  });
  await expect(client.request({ method: "POST", url, data: {} })).rejects.toMatchObject({
    response: { status: 400, data: { code: 99992402 } },
  });
  const business = await client.request({
    method: "POST",
    url: "/open-apis/probe/v1/own_codes",
    data: { content: "x" },
  });
  expect(business).toMatchObject({ code: 1254043 });
});

test("§14.3 the official client's arrays arrive", async () => {
  const reply = await client.request<{ data: { query: unknown } }>({
    method: "GET",
    url: "/open-apis/probe/v1/echo/1",
    params: { ids: ["a", "b"] },
  });
  expect(reply.data.query).toEqual({ ids: ["a", "b"] });
});

test("§14.6 the official OAuth helper redeems a code and rotates, and gives the errors as its own", async () => {
  const tokens = await client.accessToken.retrieveByAuthorizationCode({
    code: await code(),
    redirectUri: REDIRECT,
  });
  expect(tokens).toMatchObject({ tokenType: "Bearer", expiresIn: 7200, scope: "offline_access" });
  const again = await client.accessToken.refresh({ refreshToken: tokens.refreshToken ?? "" });
  expect(again.accessToken).not.toBe(tokens.accessToken);
  await expect(client.accessToken.refresh({ refreshToken: tokens.refreshToken ?? "" })).rejects.toMatchObject(
    { statusCode: 400, code: 20073 },
  );
  const info = await client.authen.v1.userInfo.get({}, lark.withUserAccessToken(again.accessToken));
  expect(info).toMatchObject({ code: 0, data: { open_id: "ou_lin" } });
});

test("the official client's historical sign-in works", async () => {
  const reply = await client.authen.v1.oidcAccessToken.create({
    data: { grant_type: "authorization_code", code: await code() },
  });
  expect(reply).toMatchObject({ code: 0, data: { token_type: "Bearer" } });
});
