import { and, eq } from "drizzle-orm";
import { isBlocked } from "#domain/schedule/slots.ts";
import { isHoliday, isYearKnown, localDay, type DayOverride } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { todo } from "../../db/schema.ts";
import { companyDays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";

/**
 * Looks again at the dates of what is planned: sessions of a year whose holidays were unknown lose their mark once they are
 * known, and what turns out to lie on a day off comes before the admin, once. Nothing is moved by itself.
 */
export async function recheckDays(ctx: Ctx): Promise<{ known: number; provisional: number; dayOff: number }> {
  const days = await companyDays(ctx);
  const counts = { known: 0, provisional: 0, dayOff: 0 };
  for (const session of await upcomingSessions(ctx)) {
    const group = session.group ? await getRecord(ctx, "groups", session.group) : null;
    const day = localDay(session.start!, group?.timezone ?? ctx.workspace.timezone);
    const provisional = !isYearKnown(Number(day.slice(0, 4)), days);
    await transaction(ctx, async (tx) => {
      if (provisional !== (session.provisional ?? false)) {
        await mark(tx, session, provisional);
        counts[provisional ? "provisional" : "known"]++;
      }
      counts.dayOff += await meetDayOff(tx, session, isDayOff(day, days, group));
    });
  }
  return counts;
}

function isDayOff(day: string, days: readonly DayOverride[], group: Rec<"groups"> | null): boolean {
  if (!group) return false;
  const off = group.skipHolidays !== "keep" && isHoliday(day, days, group.id);
  return off || isBlocked(day, days, group.id);
}

async function mark(tx: Ctx, session: Rec<"sessions">, provisional: boolean): Promise<void> {
  await post(tx, [
    {
      kind: "record.update",
      key: `provisional:${session.id}:${session.start}:${session.version}`,
      table: "sessions",
      record: session.id,
      fields: { provisional },
    },
  ]);
}

/** A matter once closed by the admin stays closed: they may well mean to meet on that day. */
async function meetDayOff(tx: Ctx, session: Rec<"sessions">, dayOff: boolean): Promise<number> {
  const key = `day-off:${session.id}:${session.start}`;
  if (!dayOff) {
    await closeTodo(tx, key, "a workday again");
    return 0;
  }
  const known = await tx.db
    .select({ key: todo.key })
    .from(todo)
    .where(and(eq(todo.workspace, tx.workspace.id), eq(todo.key, key)));
  if (known.length > 0) return 0;
  await openTodo(tx, {
    key,
    kind: "day-off",
    session: session.id,
    detail: { label: session.label ?? "", start: session.start! },
    urgent: session.start! - tx.now <= tx.settings.adminUrgentHours * 3_600_000,
  });
  return 1;
}
