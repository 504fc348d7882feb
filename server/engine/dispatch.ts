import { and, eq } from "drizzle-orm";
import type { Automation, Press, PressAnswer, Trigger } from "#automations/define.ts";
import type { Ctx } from "../context.ts";
import type { OutboxRow } from "../db/outbox.ts";
import { cronSlot, inbox } from "../db/schema.ts";
import type { Outcome } from "./options.ts";

export interface Dispatch {
  /** Runs what a queue row of kind cron, changed, wake or event stands for. */
  run(ctx: Ctx, row: OutboxRow): Promise<Outcome>;
  /** Runs the automation of a pressed button; null when no automation knows the act. */
  press(ctx: Ctx, press: Press): Promise<PressAnswer | null>;
}

type Cron = { automation: string; slot: number };
type Wake = { automation: string; input: Record<string, unknown> };
type Changed = { table: string; record: string };
type Received = { eventId: string };

/** Hands triggers to the automations that ask for them. One that fails hides no other. */
export function createDispatch(automations: Automation[]): Dispatch {
  const byId = new Map(automations.map((automation) => [automation.id, automation]));
  const byAct = new Map(
    automations.flatMap((automation) => (automation.on.card ?? []).map((act) => [act, automation])),
  );

  async function runOne(ctx: Ctx, automation: Automation, trigger: Trigger) {
    return automation.run({ ...ctx, actor: automation.id, now: ctx.clock.now() }, trigger);
  }

  async function runAll(ctx: Ctx, chosen: Automation[], trigger: Trigger): Promise<Outcome> {
    const errors: unknown[] = [];
    const summary: Record<string, unknown> = {};
    for (const automation of chosen) {
      try {
        summary[automation.id] = (await runOne(ctx, automation, trigger)) ?? null;
      } catch (error) {
        ctx.log.error({ automation: automation.id, error }, "automation failed");
        errors.push(
          new Error(`${automation.id}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          }),
        );
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} automations failed`);
    return { state: "done", result: summary };
  }

  return {
    async run(ctx, row) {
      switch (row.kind) {
        case "cron":
          return runCron(ctx, row.effect as Cron);
        case "wake": {
          const { automation, input } = row.effect as Wake;
          return runAll(ctx, [known(automation)], { on: "wake", input });
        }
        case "changed": {
          const { table, record } = row.effect as Changed;
          const chosen = automations.filter(({ on }) => on.record?.some((name) => name === table));
          return runAll(ctx, chosen, { on: "record", table: table as never, record });
        }
        case "event": {
          const { eventId } = row.effect as Received;
          const [received] = await ctx.db.select().from(inbox).where(eq(inbox.eventId, eventId));
          if (!received) return { state: "dropped", why: `event ${eventId} is not in the inbox` };
          const chosen = automations.filter(({ on }) => on.event?.includes(received.type));
          const event = received.payload as Record<string, unknown>;
          return runAll(ctx, chosen, {
            on: "event",
            type: received.type,
            event: { ...event, eventAt: received.eventAt },
          });
        }
        default:
          throw new Error(`Queue row ${row.key} has kind ${row.kind}, expected cron, wake, changed or event`);
      }
    },
    async press(ctx, press) {
      const automation = byAct.get(press.act);
      if (!automation) return null;
      return ((await runOne(ctx, automation, { on: "card", press })) as PressAnswer | undefined) ?? {};
    },
  };

  function known(id: string): Automation {
    const automation = byId.get(id);
    if (!automation) throw new Error(`No automation is called ${id}: the queue is older than the code`);
    return automation;
  }

  async function runCron(ctx: Ctx, { automation, slot }: Cron): Promise<Outcome> {
    const place = and(
      eq(cronSlot.workspace, ctx.workspace.id),
      eq(cronSlot.automation, automation),
      eq(cronSlot.slot, slot),
    );
    try {
      const summary = (await runOne(ctx, known(automation), { on: "cron", slot })) ?? {};
      await ctx.db.update(cronSlot).set({ doneAt: ctx.clock.now(), summary, error: null }).where(place);
      return { state: "done", result: summary };
    } catch (error) {
      await ctx.db
        .update(cronSlot)
        .set({ error: String(error).slice(0, 2000) })
        .where(place);
      throw error;
    }
  }
}
