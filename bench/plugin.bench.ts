import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";
import { z } from "zod";
import { startLocalCompany } from "#server/local/company.ts";
import { post, read } from "#server/local/wire.ts";
import { buildBaseline } from "./plugin/build-baseline.ts";
import { load, type Load, type Opening } from "./plugin/measure.ts";
import { serveHost, servePlugins } from "./plugin/serve.ts";
import { signIn } from "./plugin/sign-in.ts";
import { compare, median } from "./ratio.ts";
import type { Bench } from "./run.ts";

const ROOT = join(import.meta.dirname, "..");
const basesSchema = z.object({ bases: z.array(z.object({ app_token: z.string(), name: z.string() })) });
const recordSchema = z.object({ record_id: z.string(), fields: z.record(z.string(), z.unknown()) });
const dumpSchema = z.object({
  tables: z.array(z.object({ name: z.string(), records: z.array(recordSchema) })),
});
const people = z.array(z.object({ id: z.string() })).min(1);
const links = z.object({ link_record_ids: z.array(z.string()).min(1) });
const lecturerSchema = z.object({ 账号: people, 所属讲师群: links });
const groupSchema = z.object({ 管理员: people });
const clockSchema = z.object({ now: z.number() });
const DAY_MS = 86_400_000;
const KNOWN_MS = 120_000;
const tokensSchema = z.object({ access: z.string() });
const turnsSchema = z.object({ turns: z.array(z.unknown()) });

let lines: string[] = [];
/** The card of a turn, with what can be done about it. */
const TURN = "main .section .semi-button-primary";

/** What a lecturer waits for and pays for when the sidebar opens, against the least such a plugin can be. */
export const bench: Bench = {
  about:
    "time to the first useful screen of a signed-in lecturer, warm server, processor slowed down 4 times",
  sides: ["baseline", "plugin"],
  unit: "openings",
  rounds: 20,
  async measure(rounds) {
    const data = await mkdtemp(join(tmpdir(), "lectern-bench-"));
    // The database's own user must be able to walk in.
    await chmod(data, 0o755);
    await promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/build.ts"], { cwd: ROOT });
    await buildBaseline(join(data, "baseline"));
    const company = await startLocalCompany(
      { tenant: false, data, host: "127.0.0.1", port: 0 },
      () => undefined,
    );
    const host = await serveHost();
    const plugins = await servePlugins({
      plugin: join(ROOT, "dist"),
      baseline: join(data, "baseline"),
      server: company.server,
      host: host.url,
    });
    const browser = await launch();
    try {
      await company.ready;
      const { base, person } = await lecturerWithTurn(company.sandbox);
      const plugin = `${plugins.url}/plugin/`;
      const tokens = await signIn(browser, { host: host.url, plugin, base, person });
      await turnIsKnown(plugins.url, tokens);
      const opening = { host: host.url, base, tokens };
      const sides = [
        side(browser, "baseline", { ...opening, plugin: `${plugins.url}/baseline/`, useful: "main h1" }),
        side(browser, "plugin", { ...opening, plugin, useful: TURN }),
      ] as const;
      const ratio = await compare([sides[0], sides[1]], rounds);
      lines = inWords(sides[0].loads, sides[1].loads);
      return ratio;
    } finally {
      await browser.close();
      await plugins.close();
      await host.close();
      await company.close();
      await rm(data, { recursive: true, force: true });
    }
  },
  table: async () => lines,
};

function side(browser: Browser, name: string, opening: Opening) {
  const loads: Load[] = [];
  return {
    name,
    loads,
    async run() {
      const one = await load(browser, opening);
      loads.push(one);
      return { units: 1, ms: one.ms };
    },
  };
}

function inWords(baseline: Load[], plugin: Load[]): string[] {
  const middle = (loads: Load[], what: keyof Load) => median(loads.map((one) => one[what]));
  const [few, many] = [middle(baseline, "bytes"), middle(plugin, "bytes")];
  const [short, long] = [middle(baseline, "ms"), middle(plugin, "ms")];
  return [
    `time: baseline ${short.toFixed(0)} ms, plugin ${long.toFixed(0)} ms; the ratio above is ours over the baseline's (goal 1.5 at most)`,
    `bytes on the wire: baseline ${few}, plugin ${many}, ratio ${(many / few).toFixed(2)} (goal 1.6 at most)`,
  ];
}

function launch(): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    // As root Chromium refuses to start with its own sandbox.
    args: ["--disable-dev-shm-usage", ...(root ? ["--no-sandbox"] : [])],
  });
}

/** The first lecturer of the case company who has an account, with a turn in two weeks, as an admin writes it into the Base. */
async function lecturerWithTurn(sandbox: string): Promise<{ base: string; person: string }> {
  const { bases } = basesSchema.parse(await read(`${sandbox}/sandbox/bases`));
  const base = bases.find(({ name }) => name === "讲台")!.app_token;
  const { tables } = dumpSchema.parse(await read(`${sandbox}/sandbox/bases/${base}/dump`));
  const rows = (table: string) => tables.find(({ name }) => name === table)!.records;
  const first = rows("讲师").find(({ fields }) => lecturerSchema.safeParse(fields).success)!;
  const { 账号: accounts, 所属讲师群: groups } = lecturerSchema.parse(first.fields);
  const group = rows("讲师群").find(({ record_id }) => record_id === groups.link_record_ids[0])!;
  const { now } = clockSchema.parse(await read(`${sandbox}/sandbox/clock`));
  const fields = {
    开始: now + 14 * DAY_MS,
    "时长（分钟）": 45,
    状态: "已安排",
    讲师群: [group.record_id],
    讲师: [first.record_id],
  };
  const as = groupSchema.parse(group.fields).管理员[0]!.id;
  await post(`${sandbox}/sandbox/act`, { as, base, table: "分享", create: [{ fields }] });
  return { base, person: accounts[0]!.id };
}

/** What an admin writes comes to the server as an event: it is busy with the company's past at first. */
async function turnIsKnown(server: string, tokens: string): Promise<void> {
  const { access } = tokensSchema.parse(JSON.parse(tokens));
  for (const until = Date.now() + KNOWN_MS; Date.now() < until; await wait(500)) {
    const response = await fetch(`${server}/api/turns`, { headers: { authorization: `Bearer ${access}` } });
    if (response.ok && turnsSchema.parse(await response.json()).turns.length > 0) return;
  }
  throw new Error(`the server has not heard of the turn within ${KNOWN_MS / 1000} s`);
}
