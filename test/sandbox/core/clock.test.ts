import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { participate } from "./participant.ts";
import { probe } from "./probe.ts";

const START = Date.UTC(2026, 0, 5, 1);
const HOUR = 3_600_000;

let sandbox: TestSandbox;
const leaving: (() => Promise<void>)[] = [];

beforeEach(async () => {
  sandbox = await startSandbox({ modules: [probe], start: START });
});
afterEach(async () => {
  for (const leave of leaving.splice(0)) await leave();
  await sandbox.close();
});

const join = async (...[name, behaviour]: [string, Parameters<typeof participate>[2]?]) => {
  const one = await participate(sandbox.url, name, behaviour);
  leaving.push(() => one.leave());
  return one;
};
const clock = async () =>
  (await sandbox.lever("GET", "/clock")).json as unknown as {
    now: number;
    generation: number;
    participants: { name: string; nextDue: number }[];
  };
const advance = async (body: object) => (await sandbox.lever("POST", "/clock/advance", body)).json;
const ring = (ms: number, name: string) => sandbox.api("POST", "/probe/v1/timer", { ms, name });
const rung = () => (sandbox.kernel.state["rung"] ?? []) as { name: string; at: number }[];

test("the clock stands still while nobody moves it", async () => {
  await sleep(20);
  expect((await clock()).now).toBe(START);
});

test("advance runs timers in order, each at its own instant", async () => {
  await ring(2 * HOUR, "later");
  await ring(HOUR, "sooner");
  await ring(HOUR, "sooner too");
  expect(await advance({ ms: 3 * HOUR })).toEqual({ now: START + 3 * HOUR, steps: 2 });
  expect(rung()).toEqual([
    { name: "sooner", at: START + HOUR },
    { name: "sooner too", at: START + HOUR },
    { name: "later", at: START + 2 * HOUR },
  ]);
});

test("next goes to the next due instant only, and nowhere when nothing is due", async () => {
  await ring(HOUR, "one");
  await ring(2 * HOUR, "two");
  expect(await advance({ next: true })).toEqual({ now: START + HOUR, steps: 1 });
  await advance({ next: true });
  expect(await advance({ next: true })).toEqual({ now: START + 2 * HOUR, steps: 0 });
});

test("the clock does not go back, and asks for one way to say how far", async () => {
  expect((await sandbox.lever("POST", "/clock/set", { now: START - 1 })).status).toBe(400);
  expect((await sandbox.lever("POST", "/clock/advance", {})).status).toBe(400);
  expect((await sandbox.lever("POST", "/clock/advance", { ms: 1, next: true })).status).toBe(400);
  expect((await sandbox.lever("POST", "/clock/advance", { ms: -1 })).status).toBe(400);
});

test("set jumps: timers on the way ring late, at the new time", async () => {
  await ring(HOUR, "one");
  await sandbox.lever("POST", "/clock/set", { now: START + 5 * HOUR });
  await sandbox.lever("POST", "/clock/settle");
  expect(rung()).toEqual([{ name: "one", at: START + 5 * HOUR }]);
});

test("the clock stops at what a participant names as due, and waits for its work there", async () => {
  const done: number[] = [];
  await join("worker", {
    due: (now) => (now < START + 3 * HOUR ? START + Math.floor((now - START) / HOUR + 1) * HOUR : null),
    work: async (now) => {
      await sleep(15);
      done.push(now);
    },
  });
  expect(await advance({ ms: 10 * HOUR })).toMatchObject({ now: START + 10 * HOUR, steps: 3 });
  expect([...new Set(done)]).toEqual([0, 1, 2, 3, 10].map((n) => START + n * HOUR));
});

test("two participants: both are heard at each instant", async () => {
  const at = (due: number) => (now: number) => (now < START + due ? START + due : null);
  const a = await join("a", { due: at(HOUR) });
  const b = await join("b", { due: at(2 * HOUR) });
  await advance({ ms: 3 * HOUR });
  for (const one of [a, b])
    expect([...new Set(one.ticks.map(({ now }) => now - START))]).toEqual([0, HOUR, 2 * HOUR, 3 * HOUR]);
});

test("what a participant writes wakes the others before the clock moves on", async () => {
  let wrote = false;
  const reader = await join("reader");
  await join("writer", {
    due: (now) => (now < START + HOUR ? START + HOUR : null),
    work: async (now) => {
      if (now < START + HOUR || wrote) return;
      wrote = true;
      await sleep(20);
      await sandbox.api("POST", "/probe/v1/things", { name: "note" });
    },
  });
  await advance({ ms: 2 * HOUR });
  const thatHour = reader.ticks.filter(({ now }) => now === START + HOUR);
  expect(thatHour.length).toBeGreaterThanOrEqual(2);
});

test("a read wakes nobody", async () => {
  const reader = await join("reader");
  await sandbox.lever("POST", "/clock/settle");
  const before = reader.ticks.length;
  await sandbox.api("GET", "/probe/v1/echo/1");
  await sandbox.lever("POST", "/clock/settle");
  expect(reader.ticks.length).toBe(before);
});

test("a silent participant holds the clock, and the answer names it", async () => {
  const mute = await join("mute");
  await sandbox.lever("POST", "/clock/settle");
  mute.state.silent = true;
  const { status, json } = await sandbox.lever("POST", "/clock/advance", { ms: HOUR, patienceMs: 100 });
  expect(status).toBe(500);
  expect(json["error"]).toMatch(/no report of generation \d+ from mute/);
});

test("a participant that dies holds nothing; one that comes late is waited for", async () => {
  const first = await join("server");
  await advance({ ms: HOUR });
  await first.leave();
  await advance({ ms: HOUR });
  const again = await join("server");
  await advance({ ms: HOUR });
  expect(again.ticks[0]?.now).toBe(START + 2 * HOUR);
  expect(again.ticks.at(-1)?.now).toBe(START + 3 * HOUR);
});

test("a participant that joins while the clock is advancing is taken along", async () => {
  await join("slow", { due: (now) => (now < START + 20 * HOUR ? now + HOUR : null), work: () => sleep(5) });
  const whole = advance({ ms: 30 * HOUR });
  await sleep(25);
  const late = await join("late");
  await whole;
  expect(late.ticks.length).toBeGreaterThan(2);
  expect(late.ticks.at(-1)?.now).toBe(START + 30 * HOUR);
});

test("expect: the clock waits until so many are there", async () => {
  await sandbox.lever("POST", "/clock/expect", { participants: 1 });
  const advancing = advance({ ms: HOUR });
  await sleep(60);
  expect((await clock()).now).toBe(START);
  await join("server");
  expect(await advancing).toMatchObject({ now: START + HOUR });
});

test("a participant that keeps naming the past is told so instead of spinning", async () => {
  await join("stuck", { due: () => START });
  const { status, json } = await sandbox.lever("POST", "/clock/advance", { ms: HOUR });
  expect([status, json["error"]]).toEqual([500, expect.stringContaining("has passed")]);
});

test("a report without a stream is refused", async () => {
  expect(
    (await sandbox.lever("POST", "/clock/report", { name: "ghost", generation: 1, nextDue: null })).status,
  ).toBe(409);
});

test("a step with nothing to do costs little", async () => {
  for (let n = 1; n <= 500; n += 1) sandbox.kernel.timer("probe.ring", START + n * 1000, String(n));
  const began = performance.now();
  expect((await advance({ ms: HOUR }))["steps"]).toBe(500);
  expect((performance.now() - began) / 500).toBeLessThan(2);
});

test("in real time the clock runs with the machine, from where it was set, and timers ring by themselves", async () => {
  const live = await startSandbox({ modules: [probe], start: START, realtime: true });
  try {
    await live.api("POST", "/probe/v1/timer", { ms: 60, name: "soon" });
    const reader = await participate(live.url, "reader");
    await sleep(250);
    const now = (await live.lever("GET", "/clock")).json["now"] as number;
    expect(now).toBeGreaterThanOrEqual(START + 60);
    expect(now).toBeLessThan(START + 30_000);
    expect(live.kernel.state["rung"]).toMatchObject([{ name: "soon" }]);
    await live.lever("POST", "/clock/set", { now: START + HOUR });
    expect(live.kernel.now()).toBeGreaterThanOrEqual(START + HOUR);
    await live.api("POST", "/probe/v1/things", { name: "note" });
    const before = reader.ticks.length;
    await sleep(200);
    expect(reader.ticks.length).toBeGreaterThan(before);
    await reader.leave();
  } finally {
    await live.close();
  }
});
