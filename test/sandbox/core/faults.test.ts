import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { probe } from "./probe.ts";

let sandbox: TestSandbox;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox({ modules: [probe] });
  token = await sandbox.tenantToken();
  await sandbox.lever("PATCH", "/switches", { rates: false });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.lever("DELETE", "/faults"));

const order = (rule: object) => sandbox.lever("POST", "/faults", { rules: [rule] });
const post = (name = "a") => sandbox.api("POST", "/probe/v1/things", { name }, {}, token);
const done = () => ((sandbox.kernel.state["probe"] ?? []) as string[]).length;

/** Fails when the connection ends without a reply; `ms` bounds the wait. */
const raw = (ms = 2000) =>
  fetch(`${sandbox.url}/open-apis/probe/v1/things`, {
    method: "POST",
    body: JSON.stringify({ name: "x" }),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    signal: AbortSignal.timeout(ms),
  });

test("rateLimit: 429 with the reset, nothing done", async () => {
  await order({ kind: "rateLimit", count: 1 });
  const before = done();
  const { status, json, headers } = await post();
  expect([status, json.code, headers.get("x-ogw-ratelimit-reset")]).toEqual([429, 99991400, "1"]);
  expect(done()).toBe(before);
  expect((await post()).status).toBe(200);
});

test("500: nothing done", async () => {
  await order({ kind: "500", count: 1 });
  const before = done();
  expect((await post()).status).toBe(500);
  expect(done()).toBe(before);
});

test("drop-before leaves no effect, drop-after leaves it", async () => {
  const before = done();
  await order({ kind: "drop-before", count: 1 });
  await expect(raw()).rejects.toThrow("fetch failed");
  expect(done()).toBe(before);
  await sandbox.lever("DELETE", "/faults");
  await order({ kind: "drop-after", count: 1 });
  await expect(raw()).rejects.toThrow("fetch failed");
  expect(done()).toBe(before + 1);
});

test("timeout leaves no effect, reply-loss leaves it; both keep the line silent", async () => {
  const before = done();
  await order({ kind: "timeout", count: 1 });
  await expect(raw(150)).rejects.toThrow(/timeout/);
  expect(done()).toBe(before);
  await sandbox.lever("DELETE", "/faults");
  await order({ kind: "reply-loss", count: 1 });
  await expect(raw(150)).rejects.toThrow(/timeout/);
  expect(done()).toBe(before + 1);
});

test("slow answers late", async () => {
  await order({ kind: "slow", ms: 120, count: 1 });
  const began = performance.now();
  expect((await post()).status).toBe(200);
  expect(performance.now() - began).toBeGreaterThan(110);
});

test("a conflict meets writes to a Base only", async () => {
  await order({ kind: "conflict" });
  expect((await post()).json.code).toBe(0);
});

test("rules choose by method, path and operation; probability and seed decide the same way every time", async () => {
  const hits = async (seed: number) => {
    await sandbox.lever("DELETE", "/faults");
    await order({
      kind: "500",
      probability: 0.3,
      seed,
      match: { operation: "POST /open-apis/probe/v1/things" },
    });
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1) statuses.push((await post()).status);
    return statuses;
  };
  const first = await hits(1);
  expect(await hits(1)).toEqual(first);
  expect(await hits(2)).not.toEqual(first);
  const failed = first.filter((status) => status === 500).length;
  expect(failed).toBeGreaterThan(4);
  expect(failed).toBeLessThan(22);
  await sandbox.lever("DELETE", "/faults");
  await order({ kind: "500", match: { method: "GET", path: "/echo/\\d+$" } });
  expect((await post()).status).toBe(200);
  expect((await sandbox.api("GET", "/probe/v1/echo/5", undefined, {}, token)).status).toBe(500);
  expect((await sandbox.api("GET", "/probe/v1/echo/x", undefined, {}, token)).status).toBe(200);
});

test("injected faults are counted by kind and are no refusals", async () => {
  const before = (await sandbox.lever("GET", "/stats")).json as unknown as {
    refused: number;
    injected: number;
  };
  await order({ kind: "500", count: 2 });
  for (let n = 0; n < 3; n += 1) await post();
  const after = (await sandbox.lever("GET", "/stats")).json as unknown as {
    refused: number;
    injected: number;
  };
  expect([after.refused - before.refused, after.injected - before.injected]).toEqual([0, 2]);
  expect((await sandbox.lever("GET", "/faults")).json["rules"]).toMatchObject([
    { kind: "500", seen: 2, hits: 2 },
  ]);
});

test("an unknown kind is refused by the lever", async () => {
  expect((await order({ kind: "earthquake" })).status).toBe(400);
});

async function announcements() {
  const controller = new AbortController();
  const response = await fetch(`${sandbox.url}/sandbox/instants/stream`, { signal: controller.signal });
  const heard: { n: number; operation: string; logId: string }[] = [];
  const ended = (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      for (const line of Buffer.from(chunk).toString().trim().split("\n"))
        heard.push(JSON.parse(line) as (typeof heard)[number]);
    }
  })().catch(() => undefined);
  return {
    heard,
    async first() {
      while (heard.length === 0) await sleep(5);
      return heard[0];
    },
    async end() {
      controller.abort();
      await ended;
    },
  };
}

test("announce: the effect is there, the reply is held until told to go", async () => {
  const listener = await announcements();
  await order({ kind: "announce", count: 1 });
  const before = done();
  const reply = post();
  const instant = await listener.first();
  expect(instant).toMatchObject({ operation: "POST /open-apis/probe/v1/things" });
  expect(done()).toBe(before + 1);
  const raced = await Promise.race([reply, sleep(60, "held")]);
  expect(raced).toBe("held");
  expect((await sandbox.lever("GET", "/instants")).json["held"]).toMatchObject([{ n: instant?.n }]);
  await sandbox.lever("POST", `/instants/${instant?.n}/go`);
  const { json, headers } = await reply;
  expect([json.code, headers.get("x-tt-logid")]).toEqual([0, instant?.logId]);
  expect((await sandbox.lever("POST", "/instants/999/go")).status).toBe(404);
  await listener.end();
});

test("announce: a caller that dies frees the call; without listeners nothing is held", async () => {
  const listener = await announcements();
  await order({ kind: "announce" });
  await expect(raw(100)).rejects.toThrow(/timeout/);
  await sleep(50);
  expect((await sandbox.lever("GET", "/instants")).json["held"]).toEqual([]);
  await listener.end();
  await sleep(50);
  expect((await post()).json.code).toBe(0);
});
