import { addMonths, localDay } from "#domain/time.ts";
import type { Workdays } from "../calendar/workdays.ts";

/** The month, and where one ends with it the quarter and the year, that close in the month of a local day. */
export function periodsBefore(day: string): string[] {
  const month = addMonths(day.slice(0, 7), -1);
  const [year = "", number = ""] = month.split("-");
  const quarter = Number(number) % 3 === 0 ? [`${year}-Q${Number(number) / 3}`] : [];
  return [month, ...quarter, ...(number === "12" ? [year] : [])];
}

/** Whether the local day of `slot` is the `n`-th workday of its month. */
export function isNthWorkday(days: Workdays, slot: number, n: number, zone: string): boolean {
  const day = localDay(slot, zone);
  return days.is(day) && day === nthWorkday(days, day.slice(0, 7), n);
}

export function nthWorkday(days: Workdays, month: string, n: number): string {
  const first = `${month}-01`;
  return days.is(first) ? days.shift(first, n - 1) : days.shift(first, n);
}
