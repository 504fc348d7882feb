/** Dates as the company reads them: in its zone, in the reader's language. */
import type { Language } from "./words.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The company's zone; it has no summer time, so its days all have 24 hours. */
export const ZONE = "Asia/Shanghai";
const OFFSET = 8 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

export function written(at: number, language: Language, options: Intl.DateTimeFormatOptions): string {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  const format =
    known ??
    new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
      timeZone: ZONE,
      hourCycle: "h23",
      ...options,
    });
  if (!known) formats.set(key, format);
  return format.format(at);
}

export const time = (at: number, language: Language) =>
  written(at, language, { hour: "2-digit", minute: "2-digit" });
export const dayName = (at: number, language: Language) =>
  written(at, language, { month: "short", day: "numeric", weekday: "short" });

export const startOfDay = (at: number): number => at - ((at + OFFSET) % DAY);

/** Monday 0:00 of the week. */
export function startOfWeek(at: number): number {
  const day = startOfDay(at);
  const weekday = new Date(day + OFFSET).getUTCDay();
  return day - ((weekday + 6) % 7) * DAY;
}

/** Today by the hour, this year by the day, else in full. */
export function brief(at: number, now: number, language: Language): string {
  if (startOfDay(at) === startOfDay(now)) return time(at, language);
  const year = (ms: number) => new Date(ms + OFFSET).getUTCFullYear();
  return year(at) === year(now)
    ? written(at, language, { month: "numeric", day: "numeric" })
    : written(at, language, { year: "numeric", month: "numeric", day: "numeric" });
}

/** `yyyy-MM-dd HH:mm` and its like, as a field of a Base says how it shows dates. */
export function byPattern(at: number, pattern: string): string {
  const local = new Date(at + OFFSET);
  const two = (n: number) => String(n).padStart(2, "0");
  const parts: Record<string, string> = {
    yyyy: String(local.getUTCFullYear()),
    MM: two(local.getUTCMonth() + 1),
    dd: two(local.getUTCDate()),
    HH: two(local.getUTCHours()),
    mm: two(local.getUTCMinutes()),
  };
  return pattern.replaceAll(/yyyy|MM|dd|HH|mm/g, (part) => parts[part] ?? part);
}
