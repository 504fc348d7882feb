import { nextSendingTime } from "#domain/messages/hours.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";

/** The first instant from now on at which people are written to (texts.md §5.2). */
export async function nextWindow(ctx: Ctx): Promise<number> {
  const days = await workdays(ctx);
  const zone = ctx.workspace.timezone;
  return nextSendingTime(ctx.now, {
    zone,
    workdayOf: (ms) => days.is(localDay(ms, zone)),
    settings: ctx.settings,
  });
}
