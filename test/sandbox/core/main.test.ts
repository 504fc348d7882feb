import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const run = (args: string[]) =>
  spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });

test("the command starts a sandbox, says where it is, and leaves its snapshot when told to end", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lectern-main-"));
  const snapshot = join(folder, "state.json");
  const child = run(["--snapshot", snapshot, "--start", "2026-03-02T09:00:00+08:00"]);
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data: Buffer) => resolve(data.toString())),
  );
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  expect(pid).toBe(child.pid);
  const clock = (await (await fetch(`${url}/sandbox/clock`)).json()) as { now: number };
  expect(clock.now).toBe(Date.UTC(2026, 2, 2, 1));
  const apps = (await (await fetch(`${url}/sandbox/apps`)).json()) as { apps: Record<string, unknown> };
  expect(Object.keys(apps.apps)).toEqual(["cli_5ec7e20000000001"]);
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(existsSync(snapshot)).toBe(true);
  rmSync(folder, { recursive: true });
});

test("a start that is no date is refused with an example", async () => {
  const child = run(["--start", "tomorrow"]);
  let text = "";
  child.stderr.on("data", (data: Buffer) => (text += data.toString()));
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  expect(status).not.toBe(0);
  expect(text).toContain("--start tomorrow is no date");
});
