import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { APP_ID, startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { type AppServer, startAppServer } from "./app-server.ts";

let sandbox: TestSandbox;
let server: AppServer;

beforeAll(async () => {
  sandbox = await startSandbox({
    apps: [{ appId: APP_ID, encryptKey: "k" }],
    start: Date.UTC(2026, 0, 5, 1),
  });
  server = await startAppServer("k");
});
afterAll(async () => {
  await sandbox.close();
  await server.close();
});

const press = () => sandbox.kernel.callback(APP_ID, { action: { value: { k: "v" }, tag: "button" } });
const code = async (answer: object) => {
  server.state.answer = () => answer;
  return (await press()).code;
};

test("without an address: 200340", async () => {
  expect((await press()).code).toBe(200340);
});

test("a callback is signed, carries microseconds, and brings the app's answer back", async () => {
  await sandbox.lever("POST", "/apps", { appId: APP_ID, cardUrl: `${server.url}/cards` });
  server.state.answer = () => ({ body: { toast: { type: "success", content: "已确认" } } });
  expect(await press()).toEqual({ code: 0, answer: { toast: { type: "success", content: "已确认" } } });
  const one = server.events().at(-1);
  expect(one?.path).toBe("/cards");
  const {
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": nonce,
    "x-lark-signature": signature,
  } = one?.headers ?? {};
  expect(signature).toBe(
    createHash("sha256")
      .update(`${String(timestamp)}${String(nonce)}k${one?.raw}`)
      .digest("hex"),
  );
  expect(one?.message["header"]).toMatchObject({
    event_type: "card.action.trigger",
    create_time: `${Date.UTC(2026, 0, 5, 1)}000`,
  });
});

test("§14.16 the shape of the answer is checked", async () => {
  expect(await code({ body: {} })).toBe(0);
  expect(await code({ body: { card: { type: "raw", data: {} } } })).toBe(0);
  expect(await code({ body: "" })).toBe(200672);
  expect(await code({ body: "ok" })).toBe(200672);
  expect(await code({ body: [] })).toBe(200672);
  expect(await code({ body: { toast: { type: "loud", content: "x" } } })).toBe(200673);
  expect(await code({ body: { card: { schema: "2.0" } } })).toBe(200673);
  expect(await code({ body: { message: "x" } })).toBe(200673);
  expect(await code({ status: 500 })).toBe(200671);
  expect(await code({ drop: true })).toBe(200342);
});

test("§14.16 an answer after 3 s is too late, and nothing is ever pushed again", async () => {
  const before = server.events().length;
  expect(await code({ delayMs: 3300 })).toBe(200341);
  expect(await code({ status: 500 })).toBe(200671);
  await sandbox.lever("POST", "/clock/advance", { ms: 2 * 86_400_000 });
  expect(server.events().length).toBe(before + 2);
});

test("an app that has not configured the callback is not called", async () => {
  await sandbox.lever("POST", "/apps", { appId: APP_ID, callbacks: [] });
  const before = server.events().length;
  expect((await press()).code).toBe(200340);
  expect(server.events().length).toBe(before);
});
