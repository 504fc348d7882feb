import { at, dateOf, isWorkday, plusDays } from "../case/dates.ts";

/** When messages may be sent on a workday (texts.md §5.2). */
const WINDOWS = [
  ["09:00", "12:00"],
  ["13:30", "18:30"],
] as const;

/** The first instant from `from` on at which a message may go out. */
export function nextSending(from: number): number {
  for (let date = dateOf(from); ; date = plusDays(date, 1)) {
    if (!isWorkday(date)) continue;
    for (const [open, close] of WINDOWS) {
      if (from < at(date, close)) return Math.max(from, at(date, open));
    }
  }
}
