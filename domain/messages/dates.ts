import type { Language } from "./templates.ts";

/** When the words are read from: the instant of sending and the group's IANA zone. */
export interface Reading {
  now: number;
  zone: string;
  language: Language;
}
type Distance = "today" | "tomorrow" | "this-week" | "next-week" | "far";

/** A local date and time; `day` counts days since 1970-01-01, `weekday` from Monday = 1. */
interface Local {
  year: number;
  month: number;
  date: number;
  time: string;
  day: number;
  weekday: number;
}

const DAY_MS = 86_400_000;
const WEEKDAYS = "一二三四五六日";
const QUARTERS = "一二三四";
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// One a zone: making one costs more than using it a hundred times.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const numeric = "numeric" as const;
  const parts = { year: numeric, month: numeric, day: numeric, hour: "2-digit", minute: "2-digit" } as const;
  const made = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...parts });
  clocks.set(zone, made);
  return made;
}

/** By the platform's own calendar: the sidebar words dates too, and loads no library for it. */
function at(ms: number, zone: string): Local {
  try {
    const parts = new Map(
      clockOf(zone)
        .formatToParts(ms)
        .map(({ type, value }) => [type, value]),
    );
    const [year, month, date] = [
      Number(parts.get("year")),
      Number(parts.get("month")),
      Number(parts.get("day")),
    ];
    const day = Date.UTC(year, month - 1, date) / DAY_MS;
    // 1970-01-01 was a Thursday.
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
    return { year, month, date, time: `${parts.get("hour")}:${parts.get("minute")}`, day, weekday };
  } catch (error) {
    throw new Error(
      `cannot word ${ms} in zone "${zone}": ${(error as Error).message}; use an IANA name such as Asia/Shanghai`,
      { cause: error },
    );
  }
}

/** ISO weeks decide 本周 and 下周; what is past, or lies beyond next week, has no relative word (texts.md rule 6). */
function distance(then: Local, now: Local): Distance {
  const days = then.day - now.day;
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days < 0) return "far";
  const weeks = Math.floor((now.weekday - 1 + days) / 7);
  return weeks === 0 ? "this-week" : weeks === 1 ? "next-week" : "far";
}

const monthName = (month: number) => MONTHS[month - 1] ?? "";

function date(then: Local, now: Local, language: Language): string {
  const otherYear = then.year !== now.year;
  if (language === "zh") return `${otherYear ? `${then.year}年` : ""}${then.month}月${then.date}日`;
  return `${then.date} ${monthName(then.month)}${otherYear ? ` ${then.year}` : ""}`;
}

function relative(then: Local, far: Distance, language: Language, letters = 3): string {
  if (far === "today" || far === "tomorrow")
    return language === "en" ? far : far === "today" ? "今天" : "明天";
  const week = far === "this-week";
  if (language === "en")
    return `${week ? "this" : "next"} ${(DAYS[then.weekday - 1] ?? "").slice(0, letters)}`;
  return `${week ? "本" : "下"}周${WEEKDAYS[then.weekday - 1] ?? ""}`;
}

/** `下周三(12月2日)` / `next Wed, 2 Dec`; far away only the date. */
export function dayAndDate(ms: number, { now, zone, language }: Reading): string {
  const [then, from] = [at(ms, zone), at(now, zone)];
  const far = distance(then, from);
  if (far === "far") return date(then, from, language);
  const word = relative(then, far, language);
  return language === "zh"
    ? `${word}(${date(then, from, language)})`
    : `${word}, ${date(then, from, language)}`;
}

/** `下周三` / `next Wednesday`; far away the date. */
export function dayOnly(ms: number, { now, zone, language }: Reading): string {
  const [then, from] = [at(ms, zone), at(now, zone)];
  const far = distance(then, from);
  return far === "far" ? date(then, from, language) : relative(then, far, language, Infinity);
}

/** `15:00`. */
export function timeOnly(ms: number, zone: string): string {
  return at(ms, zone).time;
}

/** `下周三(12月2日)15:00–15:45` / `next Wed, 2 Dec, 15:00–15:45`; without minutes only the start. */
export function whenWords(ms: number, minutes: number | undefined, reading: Reading): string {
  const start = timeOnly(ms, reading.zone);
  const span = minutes === undefined ? start : `${start}–${timeOnly(ms + minutes * 60_000, reading.zone)}`;
  return `${dayAndDate(ms, reading)}${reading.language === "zh" ? (/\d日$/.test(dayAndDate(ms, reading)) ? " " : "") : ", "}${span}`;
}

/** A time limit: `明天 12:00` / `tomorrow 12:00`; further away with its date. */
export function deadline(ms: number, reading: Reading): string {
  const { now, zone, language } = reading;
  const [then, from] = [at(ms, zone), at(now, zone)];
  const far = distance(then, from);
  if (far !== "today" && far !== "tomorrow") return whenWords(ms, undefined, reading);
  return `${relative(then, far, language)} ${timeOnly(ms, zone)}`;
}

/** `12月31日` / `31 Dec`, with the year when it is not this one. */
export function dateWords(ms: number, { now, zone, language }: Reading): string {
  return date(at(ms, zone), at(now, zone), language);
}

/** `2026-11`, `2026-Q4`, `2026` → `2026年11月`, `2026年第四季度`, `2026年`; anything else as it is. */
export function periodWords(period: string, language: Language): string {
  const [, year, quarter, month] = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(period) ?? [];
  if (year === undefined) return period;
  if (quarter !== undefined)
    return language === "zh"
      ? `${year}年第${QUARTERS[Number(quarter) - 1] ?? ""}季度`
      : `Q${quarter} ${year}`;
  if (month === undefined) return language === "zh" ? `${year}年` : year;
  if (language === "zh") return `${year}年${Number(month)}月`;
  return `${monthName(Number(month))} ${year}`;
}
