import { eq, and, sum } from "drizzle-orm";
import { grantsDue } from "#domain/incentive/grants.ts";
import { fromHundredths } from "#domain/numbers.ts";
import { monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { ledger } from "../../db/schema.ts";
import type { Rec } from "../records/read.ts";
import { closeInput } from "./facts.ts";

/**
 * Points the rules give the lead speaker for one session as things stand now, cap of the month included; the entry itself is
 * written at the month's close. 0 for sessions that earn none (imported, not held, over the cap).
 */
export async function pointsOfSession(ctx: Ctx, session: Rec<"sessions">): Promise<number> {
  if (!session.start || !session.lecturer) return 0;
  const period = monthKey(session.start, ctx.workspace.timezone);
  const { grants } = grantsDue(await closeInput(ctx, period), period);
  const own = grants.filter(({ source, lecturer }) => source === session.id && lecturer === session.lecturer);
  return fromHundredths(own.reduce((total, { hundredths }) => total + hundredths, 0));
}

/** A lecturer's points: always the sum of the entries. `period` leaves only those of one month, quarter or year. */
export async function pointsOf(ctx: Ctx, lecturer: string, period?: string): Promise<number> {
  const [row] = await ctx.db
    .select({ total: sum(ledger.points) })
    .from(ledger)
    .where(
      and(
        eq(ledger.workspace, ctx.workspace.id),
        eq(ledger.lecturer, lecturer),
        ...(period === undefined ? [] : [eq(ledger.period, period)]),
      ),
    );
  return fromHundredths(Number(row?.total ?? 0));
}
