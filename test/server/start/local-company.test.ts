import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../../..");
/** Generous: a busy machine must not make this test lie. The promise itself (20 s, then 8 s) is measured alone. */
const PATIENCE_MS = 150_000;

interface Start {
  child: ChildProcess;
  printed(): string;
  /** Resolves with the first group once a printed line matches. */
  line(pattern: RegExp): Promise<string>;
  end(): Promise<number | null>;
}

function start(data: string): Start {
  const child = spawn(process.execPath, ["--import", "tsx", "server/start.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      FEISHU_APP_ID: "",
      DATABASE_URL: "",
      LECTERN_DATA: data,
      PORT: "0",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  return {
    child,
    printed: () => text,
    async line(pattern) {
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until && child.exitCode === null;) {
        const found = pattern.exec(text);
        if (found) return found[1] ?? found[0];
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`no line ${String(pattern)} in:\n${text}`);
    },
    async end() {
      if (child.exitCode !== null) return child.exitCode;
      child.kill("SIGTERM");
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    },
  };
}

let data: string;
let running: Start | undefined;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "lectern-start-"));
  // The database's own user must be able to walk in.
  await chmod(data, 0o755);
});
afterAll(async () => {
  await running?.end();
  await rm(data, { recursive: true, force: true });
});

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();
const bases = z.object({ bases: z.array(z.object({ app_token: z.string(), name: z.string() })) });
const dump = z.object({ tables: z.array(z.object({ name: z.string(), records: z.array(z.unknown()) })) });
const clock = z.object({ now: z.number() });

async function rowsOf(sandbox: string, base: string): Promise<Record<string, number>> {
  const all = bases.parse(await json(`${sandbox}/sandbox/bases`)).bases;
  const token = all.find(({ name }) => name === base)?.app_token;
  const { tables } = dump.parse(await json(`${sandbox}/sandbox/bases/${token}/dump`));
  return Object.fromEntries(tables.map(({ name, records }) => [name, records.length]));
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

test("without an app: local Feishu, page, Bases with their rows", { timeout: 2 * PATIENCE_MS }, async () => {
  running = start(data);
  const server = await running.line(/Lectern: (http:\S+)\//);
  const sandbox = await running.line(/local Feishu: (http:\S+)\/sandbox/);
  const page = await (await fetch(`${server}/`)).text();
  expect(page).toContain("讲台");
  expect(page).toContain(`${sandbox}/sandbox`);

  await running.line(/set up: 5 of 5 steps/);
  const shared = await rowsOf(sandbox, "讲台");
  expect(shared).toMatchObject({ 讲师群: 2, 讲师: 30 });
  // The months before came in with what was said of them.
  expect(Math.min(shared["分享"] ?? 0, shared["评分"] ?? 0)).toBeGreaterThan(50);
  expect(Object.keys(await rowsOf(sandbox, "讲台·管理")).length).toBeGreaterThan(3);
  expect(await (await fetch(`${server}/`)).text()).toContain("已绑定 1 个工作区");
});

// The server digests some 800 new rows first, which takes its time.
test.runIf(process.env["LECTERN_LONG"])(
  "time flows; the folder is one start's alone; ended, nothing is left; the next start finds it all again",
  { timeout: 3 * PATIENCE_MS },
  async () => {
    if (!running) throw new Error("the first test starts it");
    const server = await running.line(/Lectern: (http:\S+)\//);
    const sandbox = await running.line(/local Feishu: (http:\S+)\/sandbox/);
    const now = async () => clock.parse(await json(`${sandbox}/sandbox/clock`)).now;
    const before = await now();
    await expect.poll(now, { timeout: PATIENCE_MS, interval: 500 }).toBeGreaterThan(before);

    const second = start(data);
    expect(await once(second.child, "exit")).toEqual([1, null]);
    expect(second.printed()).toContain("is in use by process");

    expect(await running.end()).toBe(0);
    expect(await answers(server)).toBe(false);
    expect(await answers(`${sandbox}/sandbox`)).toBe(false);

    running = start(data);
    const again = await running.line(/local Feishu {4}(http:\S+)\/sandbox/);
    expect(running.printed()).not.toContain("set up:");
    expect(await rowsOf(again, "讲台")).toMatchObject({ 讲师群: 2, 讲师: 30 });
  },
);
