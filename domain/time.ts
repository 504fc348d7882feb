import * as chineseDays from "chinese-days";
import { DateTime, IANAZone } from "luxon";
import { members } from "./interop.ts";

const { isWorkday: isPrcWorkday, getDayDetail } = members(chineseDays);

const offsetPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const dayMs = 86_400_000;

/** Milliseconds of an ISO date and time that carries its offset, or null. */
export function parseInstant(value: string): number | null {
  if (!offsetPattern.test(value)) return null;
  const parsed = DateTime.fromISO(value, { setZone: true });
  return parsed.isValid ? parsed.toMillis() : null;
}

/** As `parseInstant`, for values already checked; throws with the value otherwise. */
export function toInstant(value: string): number {
  const instant = parseInstant(value);
  if (instant === null) throw new Error(`not a date and time with offset: ${JSON.stringify(value)}`);
  return instant;
}

/** Names of the IANA database only: bare offsets such as +08:00 know no daylight saving. */
export function isZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

export function local(instant: number, zone: string): DateTime {
  return DateTime.fromMillis(instant, { zone });
}

/** Local date `2026-12-02`. */
export function localDay(instant: number, zone: string): string {
  return dayText(local(instant, zone));
}

export function dayText(at: DateTime): string {
  const day = at.toISODate();
  if (day === null) throw new Error(`no valid date: ${at.invalidExplanation ?? "unknown reason"}`);
  return day;
}

/** Local month `2026-12`. */
export function monthKey(instant: number, zone: string): string {
  return localDay(instant, zone).slice(0, 7);
}

/** ISO week `2026-W49`. */
export function isoWeek(instant: number, zone: string): string {
  const at = local(instant, zone);
  return `${at.weekYear}-W${String(at.weekNumber).padStart(2, "0")}`;
}

/** Days since 1970-01-01 of a local date: differences are whole days whatever the clock change. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function dayFromNumber(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayFromNumber(dayNumber(day) + days);
}

/** ISO weekday 1 (Monday) to 7. */
export function weekdayOf(day: string): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/**
 * The instant of a local date and `HH:mm` (24:00 = the next day's start); a time skipped by the clocks moves forward, of a time
 * that comes twice the first is meant.
 */
export function instantAt(day: string, time: string, zone: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const [year, month, date] = (hour === 24 ? addDays(day, 1) : day).split("-").map(Number);
  const at = DateTime.fromObject({ year, month, day: date, hour: hour % 24, minute }, { zone });
  // Which of two luxon takes depends on today's offset.
  return Math.min(...at.getPossibleOffsets().map((one) => one.toMillis()));
}

/** Start and end (exclusive) of `2026-10`, `2026-Q4` or `2026` in a zone. */
export function periodRange(period: string, zone: string): { from: number; to: number } {
  const months = monthsOf(period);
  const first = months[0] ?? "";
  const last = months.at(-1) ?? "";
  return {
    from: instantAt(`${first}-01`, "00:00", zone),
    to: instantAt(`${addMonths(last, 1)}-01`, "00:00", zone),
  };
}

/** The months `YYYY-MM` of a month, quarter or year. */
export function monthsOf(period: string): string[] {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) {
    const start = (Number(quarter[2]) - 1) * 3;
    return [1, 2, 3].map((step) => `${quarter[1]}-${String(start + step).padStart(2, "0")}`);
  }
  if (/^\d{4}$/.test(period))
    return Array.from({ length: 12 }, (_, at) => `${period}-${String(at + 1).padStart(2, "0")}`);
  return [period];
}

export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const total = year * 12 + number - 1 + months;
  return `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((((total % 12) + 12) % 12) + 1).padStart(2, "0")}`;
}

/** Days the company sets itself; the last that names a day wins over the calendar of the country. */
export interface DayOverride {
  kind: "off" | "work" | "blocked";
  /** Local dates, both inclusive. */
  from: string;
  to: string;
  /** Lecturer groups it holds for; absent or empty = all. */
  groups?: readonly string[];
}

function overrideOf(
  day: string,
  overrides: readonly DayOverride[],
  group: string | undefined,
): DayOverride | undefined {
  return overrides.findLast(
    (entry) =>
      entry.kind !== "blocked" &&
      entry.from <= day &&
      day <= entry.to &&
      (!entry.groups?.length || (group !== undefined && entry.groups.includes(group))),
  );
}

/** Whether people work on a local date: PRC calendar with 调休, then the company's own days. */
export function isWorkday(day: string, overrides: readonly DayOverride[] = [], group?: string): boolean {
  const own = overrideOf(day, overrides, group);
  return own ? own.kind === "work" : isPrcWorkday(day);
}

/** Whether a day is a public or company holiday, plain weekends not counted. */
export function isHoliday(day: string, overrides: readonly DayOverride[] = [], group?: string): boolean {
  const own = overrideOf(day, overrides, group);
  if (own) return own.kind === "off";
  return !isPrcWorkday(day) && isNamedHoliday(day);
}

/** Named days carry "English,中文,days"; plain days carry the weekday's name. */
function isNamedHoliday(day: string): boolean {
  const detail = getDayDetail(day);
  return !detail.work && detail.name.includes(",");
}

/**
 * Whether the year's holidays are known: National Day stands in every announcement. A company that enters the announcement
 * by hand (days off that include 1 October) knows them before the package does.
 */
export function isYearKnown(year: number, overrides: readonly DayOverride[] = []): boolean {
  const nationalDay = `${year}-10-01`;
  return isNamedHoliday(nationalDay) || overrideOf(nationalDay, overrides, undefined)?.kind === "off";
}

/** The local date `count` workdays after `day` (negative: before); 0 = the day itself. */
export function addWorkdays(
  day: string,
  count: number,
  overrides: readonly DayOverride[] = [],
  group?: string,
): string {
  const step = count < 0 ? -1 : 1;
  let left = Math.abs(count);
  let at = day;
  while (left > 0) {
    at = addDays(at, step);
    if (isWorkday(at, overrides, group)) left -= 1;
  }
  return at;
}

/** Workdays after `from` up to and including `to`; negative when `to` lies before. */
export function workdaysBetween(
  from: string,
  to: string,
  overrides: readonly DayOverride[] = [],
  group?: string,
): number {
  if (to < from) return -workdaysBetween(to, from, overrides, group);
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (isWorkday(day, overrides, group)) count += 1;
  return count;
}
