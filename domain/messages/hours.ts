import { DateTime } from "luxon";
import type { Hours, SendingSettings } from "./policy-types.ts";

type Spans = SendingSettings["sendingWindows"];
// Longer than any run of days off (the longest PRC holiday with its weekends is under 12 days); ends the search.
const SEARCH_DAYS = 60;

/** The first instant from `from` on (itself included) inside a sending window of a workday; windows are half-open. */
export function nextSendingTime(from: number, hours: Hours): number {
  const found = nextInSpans(from, hours.zone, hours.settings.sendingWindows, hours.workdayOf);
  if (found === undefined)
    throw new Error(
      `no sending window within ${SEARCH_DAYS} days after ${new Date(from).toISOString()}; check sendingWindows and the company's days`,
    );
  return found;
}

/** The first instant from `from` on inside one of the spans of a day that counts; undefined when none comes. */
export function nextInSpans(
  from: number,
  zone: string,
  spans: Spans,
  counts: (ms: number) => boolean,
): number | undefined {
  const first = DateTime.fromMillis(from, { zone }).startOf("day");
  for (let day = 0; day < SEARCH_DAYS; day += 1) {
    const date = first.plus({ days: day });
    if (!counts(date.plus({ hours: 12 }).toMillis())) continue;
    for (const { from: opens, to: closes } of spans) {
      const at = Math.max(from, onDay(date, opens));
      if (at < onDay(date, closes)) return at;
    }
  }
  return undefined;
}

/** Start of the local day after `ms`. */
export function nextDay(ms: number, zone: string): number {
  return DateTime.fromMillis(ms, { zone }).startOf("day").plus({ days: 1 }).toMillis();
}

/** Monday 00:00 after `ms`. */
export function nextWeek(ms: number, zone: string): number {
  return DateTime.fromMillis(ms, { zone }).startOf("week").plus({ weeks: 1 }).toMillis();
}

/** The first `HH:mm` of a workday that is not before `from`. */
export function nextWorkdayAt(from: number, time: string, hours: Hours): number {
  const first = DateTime.fromMillis(from, { zone: hours.zone }).startOf("day");
  for (let day = 0; day < SEARCH_DAYS; day += 1) {
    const date = first.plus({ days: day });
    const at = onDay(date, time);
    if (at >= from && hours.workdayOf(date.plus({ hours: 12 }).toMillis())) return at;
  }
  throw new Error(
    `no workday within ${SEARCH_DAYS} days after ${new Date(from).toISOString()}; check the company's days`,
  );
}

function onDay(date: DateTime, time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour === 24 ? date.plus({ days: 1 }).toMillis() : date.set({ hour, minute }).toMillis();
}
