import { DateTime } from "luxon";
import { addDays, localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { PermissionError } from "../../errors.ts";

/** Days one request may span (decisions.md 14). */
const SPAN = 30;

/** Approved absences of the last `days`, by account, as local dates; nothing where the tenant has no attendance app. */
export async function pastLeave(
  ctx: Ctx,
  people: string[],
  days: number,
): Promise<Map<string, { from: string; to: string }[]>> {
  const leave = new Map<string, { from: string; to: string }[]>();
  if (people.length === 0) return leave;
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  const number = (day: string) => Number(day.replaceAll("-", ""));
  try {
    for (let first = addDays(today, -days); first <= today; first = addDays(first, SPAN + 1)) {
      const last = addDays(first, SPAN) < today ? addDays(first, SPAN) : today;
      for (const found of await ctx.feishu.attendance.approvals(people, number(first), number(last))) {
        const day = (text: string) =>
          localDay(DateTime.fromSQL(text, { zone: found.timeZone ?? zone }).toMillis(), zone);
        leave.set(found.openId, [
          ...(leave.get(found.openId) ?? []),
          { from: day(found.start), to: day(found.end) },
        ]);
      }
    }
  } catch (error) {
    if (!(error instanceof PermissionError)) throw error;
    ctx.log.warn({ error: error.message }, "leave cannot be read");
  }
  return leave;
}
