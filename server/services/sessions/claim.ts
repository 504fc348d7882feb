import { and, eq, inArray, sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { outbox, record } from "../../db/schema.ts";
import { allRecords } from "../records/read.ts";

/** What of a session decides who speaks when. */
const WATCHED = sql`array['start', 'lecturer', 'state', 'change', 'co']`;

/** Changes of sessions that are decided but not yet in the Base: the records one sees are not what will stand there. */
async function changesOnTheirWay(
  ctx: Ctx,
  sessions?: string[],
): Promise<{ session: string; start?: number }[]> {
  const rows = await ctx.db
    .select({
      session: sql<string>`effect->>'record'`,
      start: sql<string | null>`effect->'fields'->>'start'`,
    })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.kind, "record.update"),
        eq(outbox.state, "due"),
        sql`effect->>'table' = 'sessions'`,
        sql`effect->'fields' ?| ${WATCHED}`,
        ...(sessions ? [inArray(sql`effect->>'record'`, sessions)] : []),
      ),
    );
  return rows.map(({ session, start }) => ({ session, ...(start ? { start: Number(start) } : {}) }));
}

/**
 * Takes sessions for a change: of two people at once the second waits for the first. False when a change of one of them is
 * still on its way into the Base: who then decides by what they saw would overwrite it unseen.
 */
export async function claimSessions(tx: Ctx, ids: string[]): Promise<boolean> {
  await tx.db
    .select({ id: record.id })
    .from(record)
    .where(and(eq(record.workspace, tx.workspace.id), eq(record.table, "sessions"), inArray(record.id, ids)))
    .orderBy(record.id)
    .for("update");
  return (await changesOnTheirWay(tx, ids)).length === 0;
}

/** Whether a change of this session is decided and not yet in the Base. */
export const isBeingChanged = async (ctx: Ctx, session: string): Promise<boolean> =>
  (await changesOnTheirWay(ctx, [session])).length > 0;

/** Takes a group's days: of two who choose the same date the second sees the first's choice. Starts of its other sessions, where they are and where they are moving to. */
export async function claimDays(tx: Ctx, group: string, session: string): Promise<number[]> {
  await tx.db
    .select({ id: record.id })
    .from(record)
    .where(and(eq(record.workspace, tx.workspace.id), eq(record.table, "groups"), eq(record.id, group)))
    .for("update");
  const others = (await allRecords(tx, "sessions")).filter(
    ({ id, group: of, state }) => id !== session && of === group && state !== "cancelled",
  );
  const ids = new Set(others.map(({ id }) => id));
  const moving = (await changesOnTheirWay(tx)).filter((change) => ids.has(change.session));
  return [...others, ...moving].flatMap(({ start }) => start ?? []);
}

/** What who came second is told. */
export const movingText = (language: "zh" | "en") =>
  language === "zh"
    ? "这场刚有人改过，还在写入，请过一会儿再看。"
    : "Someone has just changed this session; please look again in a moment.";
