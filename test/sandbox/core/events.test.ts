import { createHash } from "node:crypto";
import * as lark from "@larksuiteoapi/node-sdk";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { encrypt } from "#sandbox/envelope.ts";
import { APP_ID, startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { type AppServer, decrypt, startAppServer } from "./app-server.ts";
import { probe } from "./probe.ts";

let sandbox: TestSandbox;
let server: AppServer;

beforeAll(async () => {
  const app = {
    appId: APP_ID,
    encryptKey: "test key",
    verificationToken: "vt",
    events: ["probe.happened_v1", "approval_instance"],
  };
  sandbox = await startSandbox({ modules: [probe], apps: [app], start: Date.UTC(2026, 0, 5, 1) });
  server = await startAppServer("test key");
  const { json } = await sandbox.lever("POST", "/apps", { appId: APP_ID, eventUrl: `${server.url}/events` });
  expect(json["verification"]).toMatchObject({ eventUrl: { ok: true } });
});
afterAll(async () => {
  await sandbox.close();
  await server.close();
});
beforeEach(async () => {
  await sandbox.lever("DELETE", "/faults");
  server.received.length = 0;
  server.state.answer = () => ({});
});

const emit = (n: number, more: Record<string, unknown> = {}) =>
  sandbox.api("POST", "/probe/v1/emit", { type: "probe.happened_v1", n, ...more });
const settle = () => sandbox.lever("POST", "/clock/settle");
const advance = (seconds: number) => sandbox.lever("POST", "/clock/advance", { ms: seconds * 1000 });
const numbers = () => server.events().map(({ message }) => (message["event"] as { n: number }).n);

test("the test vector of the documentation opens, and what the sandbox seals opens in the official SDK", () => {
  expect(decrypt("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")).toBe("hello world");
  expect(new lark.AESCipher("test key").decrypt(encrypt("test key", "hello 讲台", "salt"))).toBe(
    "hello 讲台",
  );
});

test("§14.15 an event is compact JSON, encrypted, signed over its very bytes", async () => {
  await emit(1);
  await settle();
  const [one] = server.events();
  const {
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": nonce,
    "x-lark-signature": signature,
  } = one?.headers ?? {};
  expect(one?.raw).toBe(JSON.stringify(JSON.parse(one?.raw ?? "")));
  expect(signature).toBe(
    createHash("sha256")
      .update(`${String(timestamp)}${String(nonce)}test key${one?.raw}`)
      .digest("hex"),
  );
  expect(one?.message).toMatchObject({
    schema: "2.0",
    header: {
      event_type: "probe.happened_v1",
      token: "vt",
      app_id: APP_ID,
      create_time: String(Date.UTC(2026, 0, 5, 1)),
    },
    event: { n: 1 },
  });
});

test("§14.15 the official SDK accepts it", async () => {
  await emit(2);
  await settle();
  const [one] = server.events();
  const seen: unknown[] = [];
  const dispatcher = new lark.EventDispatcher({
    encryptKey: "test key",
    logger: silent,
    loggerLevel: lark.LoggerLevel.fatal,
  });
  dispatcher.register({ "probe.happened_v1": (data: unknown) => seen.push(data) } as Record<
    string,
    (data: unknown) => unknown
  >);
  await dispatcher.invoke(
    Object.assign(Object.create({ headers: one?.headers }) as object, JSON.parse(one?.raw ?? "{}")),
  );
  expect(seen).toMatchObject([{ n: 2, event_type: "probe.happened_v1" }]);
});

const quiet = () => undefined;
const silent = { fatal: quiet, error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

test("§14.15 url_verification is encrypted and unsigned; an address that fails it is not saved", async () => {
  const good = await sandbox.lever("POST", "/apps", { appId: APP_ID, eventUrl: `${server.url}/events` });
  expect(good.status).toBe(200);
  expect(server.received[0]?.headers["x-lark-signature"]).toBeUndefined();
  expect(JSON.parse(server.received[0]?.raw ?? "")).toHaveProperty("encrypt");
  server.state.challenge = false;
  server.state.answer = () => ({ body: { challenge: "another" } });
  const bad = await sandbox.lever("POST", "/apps", { appId: APP_ID, eventUrl: `${server.url}/elsewhere` });
  expect(bad.status).toBe(400);
  expect(bad.json["error"]).toContain("challenge");
  server.state.answer = () => ({ delayMs: 1300 });
  expect(
    (await sandbox.lever("POST", "/apps", { appId: APP_ID, eventUrl: `${server.url}/slow` })).json["error"],
  ).toContain("within 1 s");
  server.state.challenge = true;
  expect(sandbox.kernel.apps[APP_ID]?.eventUrl).toBe(`${server.url}/events`);
});

test("§14.15 failures are tried again after 15 s, 5 min, 1 h, 6 h, with the same event id, then given up", async () => {
  server.state.answer = () => ({ status: 500 });
  await emit(3);
  await settle();
  const counts = [server.events().length];
  for (const seconds of [14, 1, 299, 1, 3599, 1, 21_599, 1, 86_400]) {
    await advance(seconds);
    counts.push(server.events().length);
  }
  expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  const ids = new Set(
    server.events().map(({ message }) => (message["header"] as { event_id: string }).event_id),
  );
  expect(ids.size).toBe(1);
});

test("a broken connection and a slow answer are failures as well; a later success ends the tries", async () => {
  let n = 0;
  server.state.answer = () => ((n += 1) === 1 ? { drop: true } : n === 2 ? { delayMs: 3300 } : {});
  await emit(4);
  await settle();
  await advance(15);
  await advance(300);
  await advance(86_400);
  expect(server.events().length).toBe(3);
  const { json } = await sandbox.lever("GET", "/outgoing");
  expect((json["sent"] as { detail: string }[]).slice(-3).map(({ detail }) => detail)).toEqual([
    expect.stringContaining("not reachable"),
    "no answer within 3 s",
    "",
  ]);
});

test("events come in the order they were made", async () => {
  for (const n of [1, 2, 3, 4, 5]) await emit(n);
  await settle();
  expect(numbers()).toEqual([1, 2, 3, 4, 5]);
});

test("§14.15 some events come twice, with one id", async () => {
  await sandbox.lever("POST", "/faults", { rules: [{ kind: "duplicate-event", probability: 1, count: 1 }] });
  await emit(6);
  await emit(7);
  await settle();
  expect(numbers().toSorted((a, b) => a - b)).toEqual([6, 6, 7]);
  const ids = server.events().map(({ message }) => (message["header"] as { event_id: string }).event_id);
  expect(new Set(ids).size).toBe(2);
});

test("a reordered event comes after the ones made later", async () => {
  await sandbox.lever("POST", "/faults", {
    rules: [{ kind: "reorder-events", probability: 1, count: 1, match: { operation: "probe.happened_v1" } }],
  });
  await emit(8);
  await emit(9);
  await settle();
  expect(numbers()).toEqual([9]);
  await advance(1);
  expect(numbers()).toEqual([9, 8]);
});

test("an answer that is lost on the way brings the event again, though the app had it", async () => {
  await sandbox.lever("POST", "/faults", {
    rules: [{ kind: "reply-loss", count: 1, match: { operation: "probe.happened_v1" } }],
  });
  await emit(10);
  await settle();
  await advance(15);
  expect(numbers()).toEqual([10, 10]);
});

test("approval events keep the 1.0 envelope", async () => {
  await sandbox.api("POST", "/probe/v1/emit", { type: "approval_instance", n: 1, schema: "1.0" });
  await settle();
  expect(server.events()[0]?.message).toMatchObject({
    uuid: expect.stringMatching(/^\w{32}$/),
    token: "vt",
    ts: expect.stringMatching(/^\d{10}\.\d{7}$/),
    type: "event_callback",
    event: { app_id: APP_ID, type: "approval_instance", n: 1 },
  });
});

test("an event nobody subscribed to is not sent", async () => {
  await sandbox.api("POST", "/probe/v1/emit", { type: "probe.other_v1", n: 1 });
  await settle();
  expect(server.events()).toEqual([]);
});
