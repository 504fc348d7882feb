import { afterAll, beforeAll, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { probe } from "./probe.ts";

let sandbox: TestSandbox;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox({ modules: [probe], start: Date.UTC(2026, 0, 30, 2, 0, 0, 250) });
  token = await sandbox.tenantToken();
});
afterAll(() => sandbox.close());

const post = (path: string, body: unknown = { name: "a" }) => sandbox.api("POST", path, body, {}, token);

test("§14.23 above the rate: 429, 99991400 and the seconds to wait, until the sandbox's clock has moved", async () => {
  for (let n = 0; n < 3; n += 1) expect((await post("/probe/v1/things")).status).toBe(200);
  const { status, json, headers } = await post("/probe/v1/things");
  expect([status, json.code, json.msg]).toEqual([429, 99991400, "request trigger frequency limit"]);
  expect(headers.get("x-ogw-ratelimit-limit")).toBe("3");
  expect(headers.get("x-ogw-ratelimit-reset")).toBe("1");
  await sandbox.lever("POST", "/clock/advance", { ms: 1000 });
  expect((await post("/probe/v1/things")).status).toBe(200);
});

test("§14.23 an older API answers 400 with the same body, per minute", async () => {
  expect((await post("/probe/v1/old", {})).status).toBe(200);
  const { status, json, headers } = await post("/probe/v1/old", {});
  expect([status, json.code]).toEqual([400, 99991400]);
  expect(Number(headers.get("x-ogw-ratelimit-reset"))).toBeGreaterThan(50);
});

test("rates are per app", async () => {
  for (let n = 0; n < 4; n += 1) await post("/probe/v1/things");
  await sandbox.lever("POST", "/apps", { appId: "cli_5ec7e20000000002", appSecret: "other" });
  const { json } = await sandbox.api(
    "POST",
    "/auth/v3/tenant_access_token/internal",
    { app_id: "cli_5ec7e20000000002", app_secret: "other" },
    {},
    "",
  );
  expect(
    (await sandbox.api("POST", "/probe/v1/things", { name: "b" }, {}, json["tenant_access_token"] as string))
      .status,
  ).toBe(200);
});

test("without the switch no rate is in force", async () => {
  await sandbox.lever("PATCH", "/switches", { rates: false });
  for (let n = 0; n < 10; n += 1) expect((await post("/probe/v1/things")).status).toBe(200);
  await sandbox.lever("PATCH", "/switches", { rates: true });
});

test("the monthly quota: 99991403 until the month turns in Beijing", async () => {
  const used =
    (sandbox.kernel.state["core"] as { quota: Record<string, { calls: number }> }).quota[sandbox.app.appId]
      ?.calls ?? 0;
  await sandbox.lever("PATCH", "/switches", { monthlyQuota: used + 1 });
  await sandbox.lever("POST", "/clock/advance", { ms: 60_000 });
  expect((await post("/probe/v1/things")).json.code).toBe(0);
  expect((await post("/probe/v1/things")).json.code).toBe(99991403);
  await sandbox.lever("POST", "/clock/set", { now: Date.UTC(2026, 0, 31, 16) });
  token = await sandbox.tenantToken();
  expect((await post("/probe/v1/things")).json.code).toBe(0);
});
