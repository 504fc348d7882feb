import { CronExpressionParser } from "cron-parser";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Automation } from "#automations/define.ts";
import type { Ctx, Workspace } from "../context.ts";
import type { Db } from "../db/client.ts";
import { cronSlot } from "../db/schema.ts";
import type { EngineOptions } from "./options.ts";

export interface Cron {
  /** Queues every slot that has come; returns how many. */
  start(spaces: Map<string, Workspace>): Promise<number>;
  /** The next slot of all, ms. */
  next(spaces: Map<string, Workspace>): number | null;
}

const HOUR = 3_600_000;

type Plan = { expression: string; next: number; checkedAt: number };

/**
 * Recurring runs. A slot is claimed by its primary key (workspace, automation, slot) together with its outbox row, so two
 * servers, or one that was down for days, start it once; missed slots are queued in order.
 */
export function createCron(options: EngineOptions): Cron {
  const { clock } = options;
  const plans = new Map<string, Plan | null>();
  const timed = options.automations.filter(({ on }) => on.cron !== undefined);
  const keyOf = (space: Workspace, automation: Automation) => `${space.id}\n${automation.id}`;

  async function planFor(
    space: Workspace,
    automation: Automation,
    ctx: () => Promise<Ctx>,
  ): Promise<Plan | null> {
    const key = keyOf(space, automation);
    const known = plans.get(key);
    const { cron } = automation.on;
    const now = clock.now();
    if (
      known !== undefined &&
      (typeof cron !== "function" || (known && known.next > now && now - known.checkedAt < HOUR))
    )
      return known;
    // Settings may have changed the time: looked at again when the slot is due, and once an hour.
    const expression = typeof cron === "function" ? cron(await ctx()) : cron!;
    if (known && known.expression === expression) {
      known.checkedAt = now;
      return known;
    }
    const plan = expression === null ? null : { expression, next: 0, checkedAt: now };
    if (plan) {
      // A new time holds from now on; slots of the old one that are past were run by it.
      const from = known ? now : await lastSlot(options.database.db, space, automation.id);
      plan.next = nextSlot(plan.expression, space.timezone, from);
    }
    plans.set(key, plan);
    return plan;
  }

  return {
    async start(spaces) {
      let started = 0;
      for (const space of spaces.values()) {
        let made: Promise<Ctx> | undefined;
        const ctx = () => (made ??= options.contextOf(space, "cron"));
        for (const automation of timed) {
          const plan = await planFor(space, automation, ctx);
          while (plan && plan.next <= clock.now()) {
            const following = nextSlot(plan.expression, space.timezone, plan.next);
            const missed = automation.on.missed === "latest" && following <= clock.now();
            if (!missed && (await startSlot(options.database.db, space, automation, plan.next, clock.now())))
              started++;
            plan.next = following;
          }
        }
      }
      return started;
    },
    next(spaces) {
      let next: number | null = null;
      for (const space of spaces.values())
        for (const automation of timed) {
          const plan = plans.get(keyOf(space, automation));
          if (plan && (next === null || plan.next < next)) next = plan.next;
        }
      return next;
    },
  };
}

/** The first instant (ms) after `from` that a cron expression names in `zone`. */
export function nextSlot(expression: string, zone: string, from: number): number {
  return CronExpressionParser.parse(expression, { tz: zone, currentDate: new Date(from) })
    .next()
    .getTime();
}

async function lastSlot(db: Db, space: Workspace, automation: string): Promise<number> {
  const [last] = await db
    .select({ slot: cronSlot.slot })
    .from(cronSlot)
    .where(and(eq(cronSlot.workspace, space.id), eq(cronSlot.automation, automation)))
    .orderBy(desc(cronSlot.slot))
    .limit(1);
  return last?.slot ?? space.createdAt;
}

/** The slot and its queue row in one statement: both are there, or neither. */
async function startSlot(
  db: Db,
  space: Workspace,
  automation: Automation,
  slot: number,
  now: number,
): Promise<boolean> {
  const effect = JSON.stringify({ automation: automation.id, slot });
  const { rowCount } = await db.execute(sql`
    with started as (
      insert into cron_slot (workspace, automation, slot) values (${space.id}, ${automation.id}, ${slot})
      on conflict do nothing returning slot)
    insert into outbox (workspace, key, lane, kind, effect, not_before, created_at)
    select ${space.id}, ${`cron:${automation.id}:${slot}`}, ${`run:${space.id}`}, 'cron', ${effect}::jsonb, ${slot}, ${now}
    from started on conflict do nothing`);
  return (rowCount ?? 0) > 0;
}
