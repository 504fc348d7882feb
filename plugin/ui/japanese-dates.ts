import { periodWords, timeOnly } from "#domain/messages/dates.ts";

const DAY_MS = 86_400_000;

interface Reading {
  now: number;
  zone: string;
}

const words = (ms: number, zone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("ja-JP", { timeZone: zone, ...options }).format(ms);
const year = (ms: number, zone: string) => words(ms, zone, { year: "numeric" });
const dayNumber = (ms: number, zone: string) =>
  Date.parse(new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(ms)) / DAY_MS;

/** `12月2日`, with the year when it is not this one. */
export function japaneseDate(ms: number, { now, zone }: Reading): string {
  const other = year(ms, zone) !== year(now, zone);
  return words(ms, zone, { ...(other ? { year: "numeric" } : {}), month: "long", day: "numeric" });
}

/** `明日(12月2日)`, `12月9日(水)`. */
export function japaneseDay(ms: number, reading: Reading): string {
  const date = japaneseDate(ms, reading);
  const far = dayNumber(ms, reading.zone) - dayNumber(reading.now, reading.zone);
  if (far === 0) return `今日(${date})`;
  return far === 1 ? `明日(${date})` : `${date}(${words(ms, reading.zone, { weekday: "short" })})`;
}

/** `12月9日(水) 15:00–15:45`. */
export function japaneseWhen(ms: number, minutes: number | undefined, reading: Reading): string {
  const start = timeOnly(ms, reading.zone);
  const span = minutes === undefined ? start : `${start}–${timeOnly(ms + minutes * 60_000, reading.zone)}`;
  return `${japaneseDay(ms, reading)} ${span}`;
}

/** `2026年第4四半期`; months and years are written as in Chinese. */
export function japanesePeriod(period: string): string {
  const [, of, quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? [];
  return of ? `${of}年第${quarter}四半期` : periodWords(period, "zh");
}
