import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, startSandbox, type TestSandbox } from "#test/support/sandbox.ts";

const REDIRECT = "http://127.0.0.1:9/back";
const EMAIL = "contact:user.email:readonly";
const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");

let sandbox: TestSandbox;
let client: Record<string, string>;

beforeAll(async () => {
  const app = { appId: APP_ID, redirectUris: [REDIRECT], userScopes: [EMAIL, "a:b", "offline_access"] };
  sandbox = await startSandbox({ apps: [app] });
  sandbox.person("ou_lin");
  sandbox.person("ou_gone", { status: "resigned" });
  client = { client_id: APP_ID, client_secret: sandbox.app.appSecret };
});
afterAll(() => sandbox.close());

const request = (more: Record<string, string> = {}) => ({
  client_id: APP_ID,
  response_type: "code",
  redirect_uri: REDIRECT,
  scope: `offline_access ${EMAIL}`,
  state: "s1",
  ...more,
});

async function authorize(more: Record<string, string> = {}, openId = "ou_lin"): Promise<string> {
  const { json } = await sandbox.lever("POST", "/oauth/confirm", {
    query: request(more),
    open_id: openId,
    allow: true,
  });
  return new URL(json["location"] as string).searchParams.get("code") ?? "";
}

async function token(body: Record<string, unknown>, path = "/open-apis/authen/v2/oauth/token") {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${sandbox.url}${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify({ ...client, ...body }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const redeem = (code: string, more: Record<string, unknown> = {}) =>
  token({ grant_type: "authorization_code", code, redirect_uri: REDIRECT, ...more });
const refresh = (refresh_token: unknown, more: Record<string, unknown> = {}) =>
  token({ grant_type: "refresh_token", refresh_token, ...more });
const advance = (ms: number) => sandbox.lever("POST", "/clock/advance", { ms });

let code: string;
beforeEach(async () => {
  code = await authorize();
});

test("the page lets one choose a person, and shows why it cannot", async () => {
  const page = await fetch(
    `${sandbox.url}/open-apis/authen/v1/authorize?${new URLSearchParams(request()).toString()}`,
  );
  const html = await page.text();
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(html).toContain("林知远");
  const form = new URLSearchParams({
    query: new URLSearchParams(request()).toString(),
    open_id: "ou_lin",
    allow: "1",
  });
  const pressed = await fetch(`${sandbox.url}/sandbox/oauth/confirm`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  expect(pressed.status).toBe(302);
  expect(pressed.headers.get("location")).toMatch(/code=\w{64}&state=s1$/);
  const query = new URLSearchParams(request({ redirect_uri: "http://elsewhere" })).toString();
  expect((await fetch(`${sandbox.url}/open-apis/authen/v1/authorize?${query}`)).status).toBe(400);
  const scopes = new URLSearchParams(request({ scope: "not:mine" })).toString();
  expect(await (await fetch(`${sandbox.url}/open-apis/authen/v1/authorize?${scopes}`)).text()).toContain(
    "20027",
  );
});

test("denied: error=access_denied and the state", async () => {
  const { json } = await sandbox.lever("POST", "/oauth/confirm", {
    query: request(),
    open_id: "ou_lin",
    allow: false,
  });
  expect(json["location"]).toBe(`${REDIRECT}?error=access_denied&state=s1`);
});

test("§14.5 §14.6 the token comes flat, at both addresses; failures at 400 with error and error_description", async () => {
  const { status, json } = await redeem(code);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    code: 0,
    expires_in: 7200,
    refresh_token_expires_in: 604800,
    token_type: "Bearer",
    scope: `offline_access ${EMAIL}`,
  });
  expect(Object.keys(json)).not.toContain("openId");
  const body = { grant_type: "authorization_code", code: await authorize(), redirect_uri: REDIRECT };
  expect((await token(body, "/oauth/v3/token")).json["code"]).toBe(0);
  const failed = await redeem("nonsense");
  expect(failed.status).toBe(400);
  expect(failed.json).toMatchObject({
    code: 20003,
    error: "invalid_grant",
    error_description: expect.any(String),
  });
});

test("without offline_access there is no refresh token", async () => {
  const { json } = await redeem(await authorize({ scope: EMAIL }));
  expect(json["refresh_token"]).toBeUndefined();
});

test("user_info: fields by scope, errors at HTTP 200", async () => {
  const full = await redeem(code);
  const info = await sandbox.api(
    "GET",
    "/authen/v1/user_info",
    undefined,
    {},
    full.json["access_token"] as string,
  );
  expect(info.json.data).toMatchObject({
    name: "林知远",
    open_id: "ou_lin",
    email: "lin.zhiyuan@example.com",
  });
  expect(info.json.data["mobile"]).toBeUndefined();
  const wrong = await sandbox.api("GET", "/authen/v1/user_info", undefined, {}, "u-wrong");
  expect([wrong.status, wrong.json.code]).toEqual([200, 20005]);
  sandbox.person("ou_lin", { status: "frozen" });
  const frozen = await sandbox.api(
    "GET",
    "/authen/v1/user_info",
    undefined,
    {},
    full.json["access_token"] as string,
  );
  expect([frozen.status, frozen.json.code]).toEqual([200, 20022]);
  sandbox.person("ou_lin");
});

test("§14.7 a code is good once: 20065", async () => {
  expect((await redeem(code)).json["code"]).toBe(0);
  expect((await redeem(code)).json["code"]).toBe(20065);
});

test("§14.7 a code is good for 5 minutes: 20004", async () => {
  await advance(299_000);
  expect((await redeem(await authorize())).json["code"]).toBe(0);
  await advance(1000);
  expect((await redeem(code)).json["code"]).toBe(20004);
});

test("§14.7 the redirect address must be the same: 20071", async () => {
  expect((await redeem(code, { redirect_uri: "http://127.0.0.1:9/other" })).json["code"]).toBe(20071);
});

test("§14.7 PKCE: 20049 for a wrong or missing verifier; S256 and plain", async () => {
  const s256 = { code_challenge: challenge, code_challenge_method: "S256" };
  expect((await redeem(await authorize(s256))).json["code"]).toBe(20049);
  expect((await redeem(await authorize(s256), { code_verifier: "w".repeat(43) })).json["code"]).toBe(20049);
  expect((await redeem(await authorize(s256), { code_verifier: verifier })).json["code"]).toBe(0);
  expect(
    (await redeem(await authorize({ code_challenge: verifier }), { code_verifier: verifier })).json["code"],
  ).toBe(0);
});

test("§14.7 refresh tokens rotate: reuse is 20073, the earlier access token stays good", async () => {
  const first = (await redeem(code)).json;
  const second = (await refresh(first["refresh_token"])).json;
  expect(second["code"]).toBe(0);
  expect(second["refresh_token"]).not.toBe(first["refresh_token"]);
  expect((await refresh(first["refresh_token"])).json["code"]).toBe(20073);
  const info = await sandbox.api(
    "GET",
    "/authen/v1/user_info",
    undefined,
    {},
    first["access_token"] as string,
  );
  expect(info.json.code).toBe(0);
  expect((await refresh(second["refresh_token"])).json["code"]).toBe(0);
});

test("a refresh token ends after 7 days: 20037; an unknown one is 20026", async () => {
  const { json } = await redeem(code);
  await advance(7 * 86_400_000);
  expect((await refresh(json["refresh_token"])).json["code"]).toBe(20037);
  expect((await refresh("ur-unknown")).json["code"]).toBe(20026);
});

test("after 365 days the person must say yes again, however often it was rotated", async () => {
  let { json } = await redeem(code);
  for (let week = 0; week < 60; week += 1) {
    await advance(6 * 86_400_000);
    json = (await refresh(json["refresh_token"])).json;
    expect(json["code"]).toBe(0);
  }
  await advance(6 * 86_400_000);
  expect((await refresh(json["refresh_token"])).json["code"]).toBe(20037);
});

test("the scope can only be narrowed: 20068, doubled: 20067", async () => {
  expect((await redeem(code, { scope: "a:b" })).json["code"]).toBe(20068);
  expect((await redeem(code, { scope: `${EMAIL} ${EMAIL}` })).json["code"]).toBe(20067);
  expect((await redeem(code, { scope: EMAIL })).json["scope"]).toBe(EMAIL);
});

test("client and request errors each have their code", async () => {
  expect((await redeem(code, { client_secret: "wrong" })).json).toMatchObject({
    code: 20002,
    error: "invalid_client",
  });
  expect((await redeem(code, { client_id: "cli_00000000000000ff" })).json["code"]).toBe(20048);
  expect((await token({ grant_type: "password" })).json["code"]).toBe(20036);
  expect((await token({ grant_type: "authorization_code" })).json["code"]).toBe(20001);
  expect((await redeem(code, { surplus: 1 })).json).toMatchObject({ code: 20063, error: "invalid_request" });
  await sandbox.lever("POST", "/apps", { appId: "cli_5ec7e20000000009", appSecret: "x" });
  expect((await redeem(code, { client_id: "cli_5ec7e20000000009", client_secret: "x" })).json["code"]).toBe(
    20024,
  );
  expect((await redeem(await authorize({}, "ou_gone"))).json["code"]).toBe(20066);
});

test("the historical address: app token in, data out", async () => {
  const app = await sandbox.api(
    "POST",
    "/auth/v3/app_access_token/internal",
    { app_id: APP_ID, app_secret: sandbox.app.appSecret },
    {},
    "",
  );
  const bearer = app.json["app_access_token"] as string;
  const { json } = await sandbox.api(
    "POST",
    "/authen/v1/oidc/access_token",
    { grant_type: "authorization_code", code },
    {},
    bearer,
  );
  expect(json).toMatchObject({ code: 0, data: { token_type: "Bearer", refresh_expires_in: 604800 } });
  const again = { grant_type: "refresh_token", refresh_token: json.data["refresh_token"] };
  expect(
    (await sandbox.api("POST", "/authen/v1/oidc/refresh_access_token", again, {}, bearer)).json.code,
  ).toBe(0);
  expect(
    (await sandbox.api("POST", "/authen/v1/oidc/refresh_access_token", again, {}, bearer)).json.code,
  ).toBe(20073);
});

test("the traffic log shows neither codes nor tokens", async () => {
  await redeem(code);
  const { json } = await sandbox.lever("GET", "/traffic");
  const text = JSON.stringify(json);
  for (const secret of [code, sandbox.app.appSecret]) expect(text).not.toContain(secret);
});
