import { addDays, instantAt, isWorkday, localDay, weekdayOf } from "#domain/time.ts";
import { isBlocked } from "#domain/schedule/slots.ts";
import type { Ctx } from "../../context.ts";
import { absences, type Span } from "../calendar/absences.ts";
import { planningDays } from "../calendar/workdays.ts";
import { allRecords } from "../records/read.ts";
import { minutesOf, type SessionView } from "../sessions/facts.ts";
import { windowsOf } from "../schedule/windows.ts";

const CHOICES = 5;
const DAYS_AHEAD = 35;
const DAY_MS = 86_400_000;

/**
 * At most five dates to which this session could move: the group's own time on workdays on which it may meet and does
 * not yet, inside the lecturer's windows, outside leave and busy times, and no other talk of the lecturer that day.
 * `fresh`: calendars are read again; `taken`: starts that others have just chosen.
 */
export async function freeDates(
  ctx: Ctx,
  view: SessionView,
  options: { fresh?: boolean; taken?: readonly number[] } = {},
): Promise<number[]> {
  const { session, group, lecturer } = view;
  if (!session.start || !group || !lecturer?.person) return [];
  const zone = group.timezone ?? ctx.workspace.timezone;
  const minutes = minutesOf(ctx, session);
  const days = await planningDays(ctx, ctx.now, ctx.now + (DAYS_AHEAD + 4) * DAY_MS);
  const sessions = (await allRecords(ctx, "sessions")).filter(
    ({ state, start }) => start && state !== "cancelled",
  );
  const near = sessions
    .filter((other) => other.group === group.id || other.lecturer === lecturer.id)
    .map((other) => other.start!);
  const taken = new Set([...near, ...(options.taken ?? [])].map((start) => localDay(start, zone)));
  const first = addDays(localDay(ctx.now, zone), 3);
  const time = group.startTime ?? "15:00";
  const windows = windowsOf(ctx, lecturer);
  const candidates: number[] = [];
  for (let n = 0; n < DAYS_AHEAD; n++) {
    const day = addDays(first, n);
    if (taken.has(day) || !isWorkday(day, days, group.id) || isBlocked(day, days, group.id)) continue;
    const start = instantAt(day, time, zone);
    if (fitsWindows(windows, weekdayOf(day), time, minutes)) candidates.push(start);
  }
  if (candidates.length === 0) return [];
  const until = candidates.at(-1)! + minutes * 60_000;
  const busy = await absences(ctx, [lecturer], candidates[0]!, until, options);
  const mine = busy.get(lecturer.id) ?? [];
  return candidates.filter((start) => !meets(mine, start, start + minutes * 60_000)).slice(0, CHOICES);
}

/** Half-open spans (design.md §8 c). */
export const meets = (spans: readonly Span[], from: number, to: number) =>
  spans.some((span) => span.from < to && from < span.to);

function fitsWindows(
  windows: readonly { weekday: number; from: string; to: string }[],
  weekday: number,
  time: string,
  minutes: number,
): boolean {
  if (windows.length === 0) return true;
  const from = clockMinutes(time);
  return windows.some(
    (window) =>
      window.weekday === weekday &&
      clockMinutes(window.from) <= from &&
      from + minutes <= clockMinutes(window.to),
  );
}

function clockMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
