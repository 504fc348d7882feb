import { afterAll, beforeAll, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { probe } from "./probe.ts";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ modules: [probe] });
  await sandbox.lever("PATCH", "/switches", { rates: false });
});
afterAll(() => sandbox.close());

const violations = async (body: unknown) => {
  const { status, json } = await sandbox.api("POST", "/probe/v1/things", body);
  return {
    status,
    code: json.code,
    fields: ((json.error?.["field_violations"] ?? []) as { field: string }[]).map(({ field }) => field),
  };
};

test("a missing key is named: 99992402 at 400", async () => {
  expect(await violations({})).toEqual({ status: 400, code: 99992402, fields: ["name"] });
});

test("a wrong type is not coerced in a body", async () => {
  expect(await violations({ name: 7 })).toMatchObject({ code: 99992402, fields: ["name"] });
});

test("unknown keys are refused at any depth, unless the switch lets them pass", async () => {
  expect(await violations({ name: "a", nmae: "b", more: { n: 1, m: 2 } })).toMatchObject({
    code: 99992402,
    fields: ["nmae", "more.m"],
  });
  await sandbox.lever("PATCH", "/switches", { refuseUnknownKeys: false });
  expect(await violations({ name: "a", nmae: "b" })).toMatchObject({ code: 0 });
  await sandbox.lever("PATCH", "/switches", { refuseUnknownKeys: true });
});

test("query values are coerced, wrong ones refused", async () => {
  const good = await sandbox.api("GET", "/probe/v1/echo/1", undefined, {
    size: "20",
    deep: "true",
    kind: "open_id",
  });
  expect(good.json.data["query"]).toEqual({ size: 20, deep: true, kind: "open_id" });
  for (const query of [{ size: "many" }, { deep: "perhaps" }, { kind: "name" }] as Record<string, string>[]) {
    expect((await sandbox.api("GET", "/probe/v1/echo/1", undefined, query)).json.code).toBe(99992402);
  }
});

test("a body that is not a JSON object is refused", async () => {
  const token = await sandbox.tenantToken();
  for (const body of ["{", "[]", '"x"']) {
    const response = await fetch(`${sandbox.url}/open-apis/probe/v1/things`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(400);
  }
});

test("refusals are counted and logged with their body, secrets left out; rates are not refusals", async () => {
  const before = (await sandbox.lever("GET", "/stats")).json["refused"] as number;
  await sandbox.api("POST", "/probe/v1/things", { nmae: "x" });
  await sandbox.api(
    "POST",
    "/auth/v3/tenant_access_token/internal",
    { app_id: "cli_none", app_secret: "hush" },
    {},
    "",
  );
  await sandbox.lever("PATCH", "/switches", { rates: true });
  await sandbox.lever("POST", "/clock/advance", { ms: 1000 });
  for (let n = 0; n < 5; n += 1) await sandbox.api("POST", "/probe/v1/things", { name: "x" });
  const stats = (await sandbox.lever("GET", "/stats")).json;
  expect((stats["refused"] as number) - before).toBe(2);
  expect(stats["rateLimited"]).toBe(2);
  const { json } = await sandbox.lever("GET", "/traffic?refused=1");
  const entries = json["entries"] as { operation: string; requestBody: string; code: number }[];
  expect(entries.at(-2)).toMatchObject({
    operation: "POST /open-apis/probe/v1/things",
    code: 99992402,
    requestBody: '{"nmae":"x"}',
  });
  expect(JSON.stringify(entries)).not.toContain("hush");
});
