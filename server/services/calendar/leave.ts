import { and, eq, gt, inArray, like, lt, notInArray } from "drizzle-orm";
import { DateTime } from "luxon";
import type { TimeSpan } from "#domain/spans.ts";
import { addDays, instantAt, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { absence } from "../../db/schema.ts";
import { PermissionError } from "../../errors.ts";

/** A query reaches from tomorrow at the latest 30 days on (decisions.md 14). */
const QUERY_DAYS = 30;
const QUERIED = "query:";

/** The first instant whose leave no query can see yet; slots from here on are looked at again every week. */
export function leaveUnseenFrom(ctx: Ctx): number {
  const zone = ctx.workspace.timezone;
  return instantAt(addDays(localDay(ctx.now, zone), QUERY_DAYS + 2), "00:00", zone);
}

/**
 * Approved leave, outings and trips of people (open_ids) that touch a span: asked of Feishu as far as it lets one see, and what
 * events have told of the time beyond. What is seen is remembered: fairness needs it when it is long over.
 */
export async function approvedLeave(
  ctx: Ctx,
  people: readonly string[],
  from: number,
  to: number,
): Promise<Map<string, TimeSpan[]>> {
  await readLeave(ctx, people, from, to);
  const known = await rememberedLeave(ctx, people);
  return new Map(
    [...known].map(([person, spans]) => [person, spans.filter((one) => one.from < to && from < one.to)]),
  );
}

/** All leave ever seen, by person. */
export async function rememberedLeave(ctx: Ctx, people: readonly string[]): Promise<Map<string, TimeSpan[]>> {
  const rows =
    people.length === 0
      ? []
      : await ctx.db
          .select()
          .from(absence)
          .where(and(eq(absence.workspace, ctx.workspace.id), inArray(absence.person, [...people])))
          .orderBy(absence.from, absence.key);
  const spans = new Map<string, TimeSpan[]>(people.map((person) => [person, []]));
  for (const row of rows) spans.get(row.person)?.push({ from: row.from, to: row.to });
  return spans;
}

/** Leave that an event told of: kept at once, for it may begin long after what a query can see. */
export async function rememberLeave(
  ctx: Ctx,
  leave: { instance: string; person: string; start: string; end: string },
): Promise<void> {
  const at = (text: string) => DateTime.fromSQL(text, { zone: ctx.workspace.timezone }).toMillis();
  const [from, to] = [at(leave.start), at(leave.end)];
  if (!(from < to)) {
    ctx.log.warn({ instance: leave.instance }, "a leave event without a readable time");
    return;
  }
  const values = { person: leave.person, from, to, instance: leave.instance, seenAt: ctx.now };
  await ctx.db
    .insert(absence)
    .values({ workspace: ctx.workspace.id, key: `event:${leave.instance}:${from}`, ...values })
    .onConflictDoUpdate({ target: [absence.workspace, absence.key], set: values });
}

/** A leave was taken back: its event's row goes, and what a query had seen of the same time. */
export async function forgetLeave(ctx: Ctx, instance: string): Promise<{ forgotten: number }> {
  return transaction(ctx, async (tx) => {
    const mine = eq(absence.workspace, tx.workspace.id);
    const gone = await tx.db
      .delete(absence)
      .where(and(mine, eq(absence.instance, instance)))
      .returning();
    for (const { person, from, to } of gone)
      await tx.db
        .delete(absence)
        .where(and(mine, eq(absence.person, person), eq(absence.from, from), eq(absence.to, to)));
    return { forgotten: gone.length };
  });
}

async function readLeave(ctx: Ctx, people: readonly string[], from: number, to: number): Promise<void> {
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  const last = localDay(to - 1, zone);
  if (people.length === 0 || last < today || from >= leaveUnseenFrom(ctx)) return;
  const begin = localDay(Math.max(from, ctx.now), zone);
  // Asked from tomorrow at the latest.
  const first = begin > addDays(today, 1) ? addDays(today, 1) : begin;
  const end = addDays(first, QUERY_DAYS);
  await readWindow(ctx, people, first, last < end ? last : end);
  if (last > end && first === today) await readWindow(ctx, people, addDays(today, 1), addDays(end, 1));
}

async function readWindow(ctx: Ctx, people: readonly string[], first: string, last: string): Promise<void> {
  const number = (day: string) => Number(day.replaceAll("-", ""));
  const found = await asked(ctx, people, number(first), number(last));
  if (found === null) return;
  const zone = ctx.workspace.timezone;
  const rows = found.flatMap((leave) => {
    const at = (text: string) => DateTime.fromSQL(text, { zone: leave.timeZone ?? zone }).toMillis();
    const [from, to] = [at(leave.start), at(leave.end)];
    const key = `${QUERIED}${leave.approvalId ?? leave.kind}:${leave.openId}:${from}`;
    return from < to ? [{ key, person: leave.openId, from, to }] : [];
  });
  await transaction(ctx, async (tx) => {
    const mine = eq(absence.workspace, tx.workspace.id);
    // What lay in this window before and is not there any more has been taken back.
    const begin = instantAt(first, "00:00", zone);
    const end = instantAt(last, "24:00", zone);
    const vanished = and(
      mine,
      inArray(absence.person, [...people]),
      gt(absence.to, begin),
      lt(absence.from, end),
      like(absence.key, `${QUERIED}%`),
      ...(rows.length > 0
        ? [
            notInArray(
              absence.key,
              rows.map(({ key }) => key),
            ),
          ]
        : []),
    );
    await tx.db.delete(absence).where(vanished);
    for (const row of rows)
      await tx.db
        .insert(absence)
        .values({ workspace: tx.workspace.id, ...row, seenAt: tx.now })
        .onConflictDoUpdate({
          target: [absence.workspace, absence.key],
          set: { from: row.from, to: row.to },
        });
  });
}

async function asked(ctx: Ctx, people: readonly string[], first: number, last: number) {
  try {
    return await ctx.feishu.attendance.approvals(people, first, last);
  } catch (error) {
    // A tenant without the attendance app is no reason not to plan; doctor says so.
    if (!(error instanceof PermissionError)) throw error;
    ctx.log.warn({ error: error.message }, "leave cannot be read");
    return null;
  }
}
