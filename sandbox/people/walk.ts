import { parseArgs } from "node:util";
import { z } from "zod";
import { dateOf, DAY } from "../case/dates.ts";
import { company, type Company } from "../case/generate.ts";
import { type Bases, findBases, postCalendars, postRows, setUp } from "../case/load.ts";
import { Admin } from "./admin.ts";
import { boot, type Running } from "./boot.ts";
import { check } from "./checker.ts";
import type { Evidence } from "./evidence.ts";
import { injectFaults } from "./faults.ts";
import { figures } from "./figures.ts";
import { participate } from "./participant.ts";
import { People } from "./people.ts";
import { inWords, type Result } from "./report.ts";
import { Wire } from "./wire.ts";

const { values } = parseArgs({
  options: {
    months: { type: "string", default: "3" },
    days: { type: "string" },
    seed: { type: "string", default: "1" },
    faults: { type: "string", default: "0" },
    sandbox: { type: "string" },
    server: { type: "string" },
    join: { type: "boolean", default: false },
    until: { type: "string" },
    json: { type: "boolean", default: false },
    quiet: { type: "boolean", default: false },
  },
});

const say = (line: string) => {
  if (!values.quiet) process.stderr.write(`${line}\n`);
};

/** Brings sandbox and server up (or takes those given), loads the company and lets the admin go live. */
async function begin(of: Company): Promise<{ running: Running; bases: Bases }> {
  let bases: Bases | null = null;
  const prepare = async (sandbox: string) => {
    const wire = new Wire(sandbox);
    bases = (await findBases(wire, of)) ?? (await setUp(wire, of, say));
  };
  const given =
    values.sandbox && values.server
      ? { sandbox: values.sandbox, server: values.server, env: {}, stop: async () => {} }
      : null;
  if (given) await prepare(given.sandbox);
  const running = given ?? (await boot(of, { prepare, say }));
  try {
    if (!bases) throw new Error("the Bases were not made");
    await open(of, running, bases);
    return { running, bases };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function open(of: Company, running: Running, bases: Bases): Promise<void> {
  const wire = new Wire(running.sandbox);
  const admin = new Admin(running, of);
  await wire.post("/sandbox/apps", {
    appId: of.app.app_id,
    eventUrl: `${running.server}/feishu/events`,
    cardUrl: `${running.server}/feishu/cards`,
  });
  // Time stands still while the server is away, whatever happens to it.
  await wire.post("/sandbox/clock/expect", { participants: 1 });
  await whileTimePasses(wire, async () => {
    await admin.provision(bases);
    await postRows(wire, of, bases, say, false);
    await postCalendars(wire, of, say);
    await admin.importHistory();
    await admin.switchOn(wire, bases.admin, ["care", "offer"]);
  });
  say("the company is there");
}

/** Commands that meet a rate limit wait for the clock, so that somebody must let it run while they work. */
async function whileTimePasses(wire: Wire, work: () => Promise<void>): Promise<void> {
  let done = false;
  const working = work().finally(() => (done = true));
  while (!done) {
    await wire.post("/sandbox/clock/advance", { ms: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await working;
}

/** Lives day by day until the end; a line a week says how far it has come. */
async function live(
  of: Company,
  sandbox: string,
  bases: Bases,
  until: number,
  from = of.start,
): Promise<Evidence> {
  const wire = new Wire(sandbox);
  const people = new People(of, wire, bases);
  const leaving = new AbortController();
  const present = participate(wire, "people", (now) => people.pass(now), leaving.signal);
  let failed: unknown = null;
  const watched = present.catch((error: unknown) => {
    failed = error;
  });
  for (let day = from; day < until; day += DAY) {
    await wire.post("/sandbox/clock/advance", { until: Math.min(day + DAY, until), patienceMs: 280_000 });
    if (failed) throw failed;
    if (new Date(day).getUTCDay() === 0)
      say(`${dateOf(day)}  ${people.seen.length} card views, ${people.log.length} acts`);
  }
  leaving.abort();
  await watched;
  return {
    company: of,
    live: of.start,
    end: until,
    acts: people.log,
    views: people.seen,
    shared: await wire.dump(bases.shared),
    admin: await wire.dump(bases.admin),
  };
}

const statsSchema = z.looseObject({ refused: z.number().default(0), injected: z.number().default(0) });
const refusalsSchema = z.object({
  entries: z.array(z.object({ method: z.string(), path: z.string(), status: z.number(), code: z.number() })),
});

async function judge(evidence: Evidence, sandbox: string, seconds: number): Promise<Result> {
  const wire = new Wire(sandbox);
  const stats = statsSchema.parse(await wire.get("/sandbox/stats"));
  const refusals = refusalsSchema.parse(await wire.get("/sandbox/traffic?refused=1&limit=200")).entries;
  const tallies = check(evidence);
  const count = (list: "missing" | "doubled") => tallies.reduce((sum, tally) => sum + tally[list].length, 0);
  const failed = evidence.acts.filter((act) => act.result === "failed");
  return {
    seed: evidence.company.seed,
    months: Number(values.months),
    from: dateOf(evidence.live),
    to: dateOf(evidence.end),
    seconds: Math.round(seconds),
    refused: stats.refused,
    missing: count("missing"),
    doubled: count("doubled"),
    faults: stats.injected,
    refusals: refusals.map((entry) => `${entry.method} ${entry.path} → ${entry.status} ${entry.code}`),
    failedActs: failed.map((act) => `${dateOf(act.at)} ${act.who} ${act.intent.do}: ${act.reply}`),
    tallies,
    figures: figures(evidence),
  };
}

/** The same day and hour some calendar months later. */
function monthsLater(from: number, months: number): number {
  const date = new Date(from);
  date.setUTCMonth(date.getUTCMonth() + months, Math.min(date.getUTCDate(), 28));
  return date.getTime();
}

/** People of a company that runs already (`npm start`) go on with their days; it is not judged, for others may act in it too. */
async function join(of: Company, sandbox: string): Promise<void> {
  const wire = new Wire(sandbox);
  const bases = await findBases(wire, of);
  if (!bases) throw new Error(`${sandbox} has no Bases of the case company: begin with npm start`);
  const { now } = z.object({ now: z.number() }).parse(await wire.get("/sandbox/clock"));
  const until = values.until ? Date.parse(values.until) : now + Number(values.days ?? "1") * DAY;
  if (!(until > now))
    throw new Error(`--until ${values.until}: not later than ${new Date(now).toISOString()}`);
  await live(of, sandbox, bases, until, now);
}

async function main(): Promise<number> {
  const started = performance.now();
  const of = company(Number(values.seed));
  if (values.join && values.sandbox) {
    await join(of, values.sandbox);
    return 0;
  }
  const until = values.days
    ? of.start + Number(values.days) * DAY
    : monthsLater(of.start, Number(values.months));
  const { running, bases } = await begin(of);
  try {
    const wire = new Wire(running.sandbox);
    if (Number(values.faults) > 0) await injectFaults(wire, Number(values.faults), of.seed);
    const evidence = await live(of, running.sandbox, bases, until);
    const result = await judge(evidence, running.sandbox, (performance.now() - started) / 1000);
    console.log(values.json ? JSON.stringify(result, null, 2) : inWords(result));
    return result.refused + result.missing + result.doubled === 0 ? 0 : 1;
  } finally {
    await running.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? `the walk ended early: ${error.message}` : error);
  process.exitCode = 2;
}
