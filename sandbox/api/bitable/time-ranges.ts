import { DateTime } from "luxon";

/** [from, to) in ms. */
export interface Range {
  from: number;
  to: number;
}

const ONLY_IS = new Set([
  "CurrentWeek",
  "LastWeek",
  "CurrentMonth",
  "LastMonth",
  "TheLastWeek",
  "TheNextWeek",
  "TheLastMonth",
  "TheNextMonth",
]);

/**
 * The range that a date condition's value names, in the Base's time zone (facts.md §4.8): `["ExactDate","<ms>"]` is the
 * whole day around the instant, the others are relative to `now`. Null = not understood, or not allowed with the operator.
 * Whether "last 7 days" holds today is not stated; here it does (today and the 7 days before or after).
 */
export function dateRange(value: string[], now: number, zone: string, operator: string): Range | null {
  const [kind = "", exact = ""] = value;
  const at = (ms: number): DateTime => DateTime.fromMillis(ms, { zone });
  if (kind === "ExactDate")
    return value.length === 2 && /^-?\d+$/.test(exact) ? days(at(Number(exact)), 0, 1) : null;
  if (value.length !== 1) return null;
  const today = at(now);
  if (kind === "Today") return days(today, 0, 1);
  if (kind === "Tomorrow") return days(today, 1, 1);
  if (kind === "Yesterday") return days(today, -1, 1);
  return operator === "is" && ONLY_IS.has(kind) ? relative(kind, today) : null;
}

function days(day: DateTime, offset: number, length: number): Range {
  const from = day.startOf("day").plus({ days: offset });
  return { from: from.toMillis(), to: from.plus({ days: length }).toMillis() };
}

function relative(kind: string, today: DateTime): Range {
  const unit = kind.endsWith("Week") ? "week" : "month";
  if (kind === "TheLastWeek") return days(today, -7, 8);
  if (kind === "TheNextWeek") return days(today, 0, 8);
  if (kind === "TheLastMonth") return days(today, -30, 31);
  if (kind === "TheNextMonth") return days(today, 0, 31);
  const from = today.startOf(unit).minus(kind.startsWith("Last") ? { [unit]: 1 } : {});
  return { from: from.toMillis(), to: from.plus({ [unit]: 1 }).toMillis() };
}
