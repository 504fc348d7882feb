/** `YYYY-MM-DD` of an instant in a zone. */
export const dayIn = (ms: number, zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(ms);

/** The instant at which a local day begins in a zone (ms). */
export function midnightIn(day: string, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const wall = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  }).formatToParts(utc);
  const part = (type: string) => Number(wall.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return utc - (shown - utc);
}
