import { afterAll, beforeAll, expect, test } from "vitest";
import { APP_ID, startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { probe } from "./probe.ts";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ modules: [probe] });
  sandbox.person("ou_lin");
});
afterAll(() => sandbox.close());

const echo = async (token: string) => {
  const { status, json } = await sandbox.api("GET", "/probe/v1/echo/1", undefined, {}, token);
  return [status, json.code];
};
const minutes = (n: number) => sandbox.lever("POST", "/clock/advance", { ms: n * 60_000 });
const internal = (secret: string | undefined, kind = "tenant") =>
  sandbox.api(
    "POST",
    `/auth/v3/${kind}_access_token/internal`,
    { app_id: APP_ID, app_secret: secret },
    {},
    "",
  );

test("§14.5 the tenant token comes flat, beside its code", async () => {
  const { status, json } = await internal(sandbox.app.appSecret);
  expect(status).toBe(200);
  expect(json).toMatchObject({ code: 0, msg: "ok", expire: 7200 });
  expect(json["tenant_access_token"]).toMatch(/^t-/);
  expect(json.data).toBeUndefined();
});

test("wrong credentials: 10015 for the secret, 10014 for the app, 10003 for a missing one", async () => {
  expect((await internal("wrong")).json.code).toBe(10015);
  const other = { app_id: "cli_00000000000000ff", app_secret: "x" };
  expect((await sandbox.api("POST", "/auth/v3/tenant_access_token/internal", other, {}, "")).json.code).toBe(
    10014,
  );
  expect(
    (await sandbox.api("POST", "/auth/v3/tenant_access_token/internal", { app_id: APP_ID }, {}, "")).json
      .code,
  ).toBe(10003);
});

test("the same token while 30 minutes remain, then a new one, and both are good until they end", async () => {
  const first = await sandbox.tenantToken();
  await minutes(85);
  expect(await sandbox.tenantToken()).toBe(first);
  await minutes(10);
  const second = await sandbox.tenantToken();
  expect(second).not.toBe(first);
  expect(await echo(first)).toEqual([200, 0]);
  await minutes(30);
  expect(await echo(first)).toEqual([400, 99991663]);
  expect(await echo(second)).toEqual([200, 0]);
});

test("the app token is another kind, and comes with the tenant token", async () => {
  const { json } = await internal(sandbox.app.appSecret, "app");
  expect(json["app_access_token"]).toMatch(/^a-/);
  expect(json["tenant_access_token"]).toBe(await sandbox.tenantToken());
  expect(await echo(json["app_access_token"] as string)).toEqual([400, 99991664]);
});

test("missing, malformed, unknown", async () => {
  expect(await echo("")).toEqual([400, 99991661]);
  expect(await echo("abc")).toEqual([400, 99991671]);
  expect(await echo("t-unknown")).toEqual([400, 99991663]);
  expect(await echo("u-unknown")).toEqual([400, 99991668]);
});

test("a user token: good, of the wrong kind, expired", async () => {
  const user = await sandbox.userToken("ou_lin");
  const { json } = await sandbox.api("GET", "/probe/v1/echo/1", undefined, {}, user);
  expect(json.data["actor"]).toBe("ou_lin");
  expect((await sandbox.api("POST", "/probe/v1/things", { name: "a" }, {}, user)).json.code).toBe(99991668);
  await minutes(121);
  expect(await echo(user)).toEqual([400, 99991677]);
});

test("scopes: the app's and the person's, each with Feishu's words", async () => {
  const user = await sandbox.userToken("ou_lin", ["offline_access"]);
  const byUser = await sandbox.api("GET", "/probe/v1/echo/1", undefined, {}, user);
  expect(byUser.json.code).toBe(99991679);
  const scopes = sandbox.app.tenantScopes;
  await sandbox.lever("POST", "/apps", { appId: APP_ID, tenantScopes: [] });
  const byApp = await sandbox.api("GET", "/probe/v1/echo/1");
  expect(byApp.json).toMatchObject({
    code: 99991672,
    msg: "Access denied. One of the following scopes is required: [probe:read, probe:all].",
    error: { permission_violations: [{ subject: "probe:read" }, { subject: "probe:all" }] },
  });
  await sandbox.lever("POST", "/apps", { appId: APP_ID, tenantScopes: scopes });
  expect((await sandbox.api("GET", "/probe/v1/echo/1")).json.code).toBe(0);
});

test("a person outside the app's availability is refused", async () => {
  const user = await sandbox.userToken("ou_lin");
  await sandbox.lever("POST", "/apps", { appId: APP_ID, availability: [] });
  expect((await echo(user))[1]).toBe(99991673);
  await sandbox.lever("POST", "/apps", { appId: APP_ID, availability: null });
});
