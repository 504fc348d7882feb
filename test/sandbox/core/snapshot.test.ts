import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { APP_ID, startSandbox } from "#test/support/sandbox.ts";
import { startAppServer } from "./app-server.ts";
import { probe } from "./probe.ts";

const START = Date.UTC(2026, 0, 5, 1);
let folder: string;
let snapshot: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lectern-sandbox-"));
  snapshot = join(folder, "state.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = () =>
  startSandbox({
    modules: [probe],
    snapshot,
    start: START,
    apps: [{ appId: APP_ID, redirectUris: ["http://127.0.0.1/signed-in"] }],
  });

test("clock, tokens, people's tokens, timers, ids and switches survive a restart", async () => {
  const before = await start();
  before.person("ou_lin");
  await before.lever("POST", "/clock/advance", { ms: 5000 });
  const token = await before.tenantToken();
  const user = await before.userToken("ou_lin");
  await before.api("POST", "/probe/v1/timer", { ms: 10_000, name: "ring" });
  await before.lever("PATCH", "/switches", { echo: "late" });
  await before.close();

  const after = await start();
  expect((await after.lever("GET", "/clock")).json["now"]).toBe(START + 5000);
  expect(await after.tenantToken()).toBe(token);
  expect((await after.api("GET", "/authen/v1/user_info", undefined, {}, user)).json.data["open_id"]).toBe(
    "ou_lin",
  );
  expect((await after.lever("GET", "/switches")).json["echo"]).toBe("late");
  await after.lever("POST", "/clock/advance", { ms: 10_000 });
  expect(after.kernel.state["rung"]).toEqual([{ name: "ring", at: START + 15_000 }]);
  await after.close();
});

test("events that were not delivered yet are delivered after the restart, once", async () => {
  const server = await startAppServer("");
  const before = await start();
  await before.lever("POST", "/apps", {
    appId: APP_ID,
    encryptKey: "",
    events: ["probe.happened_v1"],
    eventUrl: server.url,
  });
  server.state.answer = () => ({ status: 500 });
  await before.api("POST", "/probe/v1/emit", { type: "probe.happened_v1", n: 1 });
  await before.lever("POST", "/clock/settle");
  await before.close();

  server.state.answer = () => ({});
  const after = await start();
  await after.lever("POST", "/clock/settle");
  expect(server.events().length).toBe(1);
  await after.lever("POST", "/clock/advance", { ms: 15_000 });
  await after.lever("POST", "/clock/advance", { ms: 86_400_000 });
  expect(server.events().length).toBe(2);
  const ids = server.events().map(({ message }) => (message["header"] as { event_id: string }).event_id);
  expect(new Set(ids).size).toBe(1);
  await after.close();
  await server.close();
});

test("a lever writes the snapshot now; it is JSON as a whole", async () => {
  const sandbox = await start();
  await sandbox.api("POST", "/probe/v1/things", { name: "kept" });
  await sandbox.lever("POST", "/snapshot");
  const state = JSON.parse(readFileSync(snapshot, "utf8")) as Record<string, unknown>;
  expect(state["probe"]).toEqual(["kept"]);
  expect((await sandbox.lever("GET", "/state")).json["probe"]).toEqual(["kept"]);
  await sandbox.close();
});

test("a broken snapshot stops the start and says what to do", async () => {
  writeFileSync(snapshot, "{");
  await expect(start()).rejects.toThrow(/remove it to start afresh/);
});
