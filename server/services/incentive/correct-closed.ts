import { eq } from "drizzle-orm";
import { monthsOf, monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { ledger, periodClose } from "../../db/schema.ts";
import { getRecord } from "../records/read.ts";
import { closeOne } from "./close.ts";

/**
 * A session of a closed month changed (it was held after all, was not, or someone else spoke): its periods are worked out
 * afresh; where nothing is different nothing is written.
 */
export async function correctClosed(ctx: Ctx, sessionId: string): Promise<{ periods: string[] }> {
  const closed = await ctx.db.select().from(periodClose).where(eq(periodClose.workspace, ctx.workspace.id));
  if (closed.length === 0) return { periods: [] };
  const session = await getRecord(ctx, "sessions", sessionId);
  const months = session?.start
    ? new Set([monthKey(session.start, ctx.workspace.timezone)])
    : await monthsWithEntries(ctx, sessionId);
  const periods = closed
    .map(({ period }) => period)
    .filter((period) => monthsOf(period).some((month) => months.has(month)));
  for (const period of periods.sort()) await closeOne(ctx, period);
  return { periods };
}

/** The record is gone, or has no date any more: where it once earned points. */
async function monthsWithEntries(ctx: Ctx, sessionId: string): Promise<Set<string>> {
  const rows = await ctx.db
    .select({ period: ledger.period })
    .from(ledger)
    .where(eq(ledger.session, sessionId));
  return new Set(rows.flatMap(({ period }) => monthsOf(period)));
}
