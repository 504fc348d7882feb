import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import type { Rec } from "../records/read.ts";

export const slotKey = (group: string, start: number) => `${group}@${start}`;

/** Key of the effect that makes a slot's session; once more when what it made before is gone. */
const MADE = "session:";

/**
 * Slots whose meeting has been decided: a session was made for them and moved or cancelled since, or one that was cancelled stands
 * there. A meeting that was put off does not take place twice. Of records deleted in the Base nothing stays.
 */
export async function slotsMet(ctx: Ctx, sessions: readonly Rec<"sessions">[]): Promise<Set<string>> {
  const there = new Set(sessions.map(({ id }) => id));
  const made = (await slotsMade(ctx)).filter(({ record, due }) => due || there.has(record ?? ""));
  const standing = sessions.flatMap(({ group, start }) => (group && start ? [slotKey(group, start)] : []));
  return new Set([...made.map(({ slot }) => slot), ...standing]);
}

async function slotsMade(ctx: Ctx): Promise<{ slot: string; record: string | null; due: boolean }[]> {
  const rows = await ctx.db
    .select({ key: outbox.key, state: outbox.state, record: sql<string | null>`result->>'record'` })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.kind, "record.create"),
        sql`starts_with(${outbox.key}, ${MADE})`,
      ),
    );
  return rows.map(({ key, state, record }) => ({
    slot: key.slice(MADE.length).replace(/#\d+$/u, ""),
    record,
    due: state === "due" || state === "uncertain",
  }));
}

/** The keys of the effects that make the sessions of slots. `slots` have no session now, or none any more. */
export async function makingKeys(ctx: Ctx, slots: readonly string[]): Promise<Map<string, string>> {
  const before = new Map<string, number>();
  for (const { slot } of await slotsMade(ctx)) before.set(slot, (before.get(slot) ?? 0) + 1);
  return new Map(
    slots.map((slot) => {
      const times = before.get(slot) ?? 0;
      return [slot, `${MADE}${slot}${times > 0 ? `#${times}` : ""}`];
    }),
  );
}
