/** Local days of the workspace's zone, as keys `2026-12-02`. */
const formats = new Map<string, Intl.DateTimeFormat>();

export function dayKey(instant: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(zone, format);
  }
  return format.format(instant);
}

const DAY = 86_400_000;

/** The days of so many weeks from an instant on that begins one; noon, so that no clock change skips a day. */
export const daysFrom = (from: number, weeks: number): number[] =>
  Array.from({ length: weeks * 7 }, (_, n) => from + n * DAY + DAY / 2);

/** `15:00` in a zone. */
export const clockOf = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(instant);
