import * as lark from "@larksuiteoapi/node-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { APP_ID, startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { probe } from "./probe.ts";

let sandbox: TestSandbox;
let client: lark.WSClient;
const seen: unknown[] = [];
let fail = false;

const quiet = () => undefined;
const logger = { fatal: quiet, error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

beforeAll(async () => {
  sandbox = await startSandbox({
    modules: [probe],
    apps: [{ appId: APP_ID, events: ["probe.happened_v1"] }],
  });
  client = new lark.WSClient({
    appId: APP_ID,
    appSecret: sandbox.app.appSecret,
    domain: sandbox.url,
    logger,
    loggerLevel: lark.LoggerLevel.fatal,
  });
  const eventDispatcher = new lark.EventDispatcher({ logger, loggerLevel: lark.LoggerLevel.fatal });
  eventDispatcher.register({
    "probe.happened_v1": (data: unknown) => {
      if (fail) throw new Error("handler failed");
      seen.push(data);
    },
    "card.action.trigger": (data: { action: { value: { k: string } } }) => ({
      toast: { type: "info", content: data.action.value.k },
    }),
  } as Record<string, (data: never) => unknown>);
  await client.start({ eventDispatcher });
  await connected(1);
});
afterAll(async () => {
  client.close({ force: true });
  await sandbox.close();
});

async function connected(n: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await sandbox.lever("GET", "/connections")).json[APP_ID] === n) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`never saw ${n} long connection(s)`);
}

const emit = (n: number, type = "probe.happened_v1") => sandbox.api("POST", "/probe/v1/emit", { type, n });

test("§14.17 the unmodified WSClient connects, pings, and gets events", async () => {
  await emit(1);
  await sandbox.lever("POST", "/clock/settle");
  expect(seen).toMatchObject([{ n: 1, event_type: "probe.happened_v1" }]);
});

test("§14.17 discovery: the URL does not begin with device_id or service_id; wrong secrets are 514", async () => {
  const discover = async (AppSecret: string) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ AppID: APP_ID, AppSecret }),
    };
    return (await (await fetch(`${sandbox.url}/callback/ws/endpoint`, init)).json()) as {
      code: number;
      data: { URL: string; ClientConfig: object };
    };
  };
  const { code, data } = await discover(sandbox.app.appSecret);
  expect(code).toBe(0);
  expect(new URL(data.URL).search).not.toMatch(/^\?(device_id|service_id)=/);
  expect(data.ClientConfig).toMatchObject({ PingInterval: expect.any(Number) });
  expect((await discover("wrong")).code).toBe(514);
});

test("§14.17 a card callback arrives as an event and its result comes back in the acknowledgement", async () => {
  const reply = await sandbox.kernel.callback(APP_ID, { action: { value: { k: "收到" }, tag: "button" } });
  expect(reply).toEqual({ code: 0, answer: { toast: { type: "info", content: "收到" } } });
});

test("§14.17 a large payload comes in fragments", async () => {
  const k = "讲".repeat(100_000);
  const reply = await sandbox.kernel.callback(APP_ID, { action: { value: { k }, tag: "button" } });
  expect(reply).toMatchObject({ code: 0, answer: { toast: { content: k } } });
});

test("a failing handler brings the event again after 15 s", async () => {
  fail = true;
  await emit(2);
  await sandbox.lever("POST", "/clock/settle");
  fail = false;
  await sandbox.lever("POST", "/clock/advance", { ms: 15_000 });
  expect(seen).toMatchObject([{ n: 1 }, { n: 2 }]);
});

test("events made while nobody is connected wait for the connection", async () => {
  client.close({ force: true });
  await connected(0);
  await emit(3);
  await sandbox.lever("POST", "/clock/settle");
  const { json } = await sandbox.lever("GET", "/outgoing");
  expect((json["sent"] as { detail: string }[]).at(-1)?.detail).toBe("no long connection");
});
