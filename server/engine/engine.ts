import type { Ctx, Workspace } from "../context.ts";
import type { Db } from "../db/client.ts";
import { claim, finish, nextDue, postpone, type OutboxRow } from "../db/outbox.ts";
import { workspace as workspaceTable } from "../db/schema.ts";
import { createCron } from "./cron.ts";
import type { EngineOptions, Outcome } from "./options.ts";
import { verdictOf } from "./verdict.ts";

export interface Engine {
  start(): void;
  /** There may be new work: an event came, a verb queued effects. */
  wake(): void;
  /** Does all that is due; returns when something is due next. */
  drain(): Promise<number | null>;
  stop(): Promise<void>;
}

const LANES = 8;
const BATCH = 500;
/** Real ms between two looks at what another process holds, and how many before the clock may go on without it. */
const HELD_LOOK_MS = 20;
const HELD_LOOKS = 10;

/** Delivers the outbox and starts what is due by cron; one loop, woken by the clock, by notices and by requests. */
export function createEngine(options: EngineOptions): Engine {
  const { database, clock, log } = options;
  const cron = createCron(options);
  const busy = new Map<string, Promise<void>>();
  let stopped = false;
  let lookAgain: NodeJS.Timeout | undefined;

  async function drain(): Promise<number | null> {
    let spaces = await workspaces(database.db);
    let held = 0;
    clearTimeout(lookAgain);
    for (let fresh = true; !stopped; fresh = false) {
      const started = await cron.start(spaces);
      const due = await nextDue(database.db);
      let claimed = 0;
      if (due !== null && due <= clock.now()) {
        if (!fresh) spaces = await workspaces(database.db);
        claimed = await claimMore(spaces);
      }
      if (claimed > 0) held = 0;
      if (busy.size > 0) await Promise.race(busy.values());
      else if (claimed === 0 && started === 0) {
        if (due === null || due > clock.now()) return leastOf(due, cron.next(spaces));
        // Another process holds what is due; its lease ends with its work or its life. It may itself wait for the clock,
        // so the clock must not wait for this one.
        held += 1;
        if (held > HELD_LOOKS) {
          lookAgain = setTimeout(() => clock.wake(), HELD_LOOKS * HELD_LOOK_MS);
          return leastOf(await nextDue(database.db, clock.now()), cron.next(spaces));
        }
        await new Promise((resolve) => setTimeout(resolve, HELD_LOOK_MS));
      }
    }
    return null;
  }

  async function claimMore(spaces: Map<string, Workspace>): Promise<number> {
    const free = LANES - busy.size;
    if (free <= 0) return 0;
    const groups = await claim(database.db, {
      now: clock.now(),
      owner: database.owner,
      lanes: free,
      batchSize: BATCH,
      busy: [...busy.keys()],
    });
    for (const rows of groups) {
      const lane = rows[0]!.lane;
      busy.set(
        lane,
        deliverGroup(rows, spaces).finally(() => busy.delete(lane)),
      );
    }
    return groups.length;
  }

  async function deliverGroup(rows: OutboxRow[], spaces: Map<string, Workspace>): Promise<void> {
    const space = spaces.get(rows[0]!.workspace);
    if (!space)
      return finish(database.db, idsOf(rows), {
        state: "dropped",
        now: clock.now(),
        error: "workspace gone",
      });
    const ctx = await options.contextOf(space, "engine");
    try {
      const outcomes = await options.deliver(ctx, rows);
      await settle(ctx, rows, outcomes);
    } catch (error) {
      const outcomes = rows.map((row) => verdictOf(error, row, clock.now()));
      log.warn(
        { key: rows[0]!.key, n: rows.length, attempts: rows[0]!.attempts, error: String(error) },
        "not delivered",
      );
      await settle(ctx, rows, outcomes);
    }
  }

  async function settle(ctx: Ctx, rows: OutboxRow[], outcomes: Outcome[]): Promise<void> {
    const [only] = outcomes;
    // One statement needs no transaction around it; most deliveries end here.
    if (rows.length === 1 && only!.state === "done" && !only!.then?.length)
      return settleOne({ ...ctx, now: clock.now() }, rows[0]!, only!);
    await ctx.db.transaction(async (db) => {
      const tx: Ctx = { ...ctx, db: db as Db, now: clock.now() };
      for (const [i, row] of rows.entries()) await settleOne(tx, row, outcomes[i]!);
    });
  }

  async function settleOne(tx: Ctx, row: OutboxRow, outcome: Outcome): Promise<void> {
    const now = tx.now;
    if (outcome.state === "later") return postpone(tx.db, row, outcome);
    if (outcome.state === "done") {
      await finish(tx.db, [row.id], { state: "done", now, result: outcome.result });
      if (outcome.then?.length) await options.post(tx, outcome.then);
      return;
    }
    await finish(tx.db, [row.id], { state: outcome.state, now, error: outcome.why });
    if (outcome.state !== "dropped") await options.report(tx, row, outcome.state, outcome.why);
  }

  return {
    start() {
      database.onNotify(() => clock.wake());
      clock.drive(drain, () => options.callsInFlight() === 0 && !database.busy());
    },
    wake: () => clock.wake(),
    drain,
    async stop() {
      stopped = true;
      clearTimeout(lookAgain);
      clock.stop();
      await Promise.allSettled(busy.values());
    },
  };
}

const idsOf = (rows: OutboxRow[]) => rows.map(({ id }) => id);
const leastOf = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));

async function workspaces(db: Db): Promise<Map<string, Workspace>> {
  const rows = await db.select().from(workspaceTable);
  return new Map(rows.map((row) => [row.id, row as Workspace]));
}
