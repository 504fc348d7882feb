/**
 * Times of day as people type them, to `HH:mm`: `9:00`, `09：00`, `15.30` and `15点30` are understood. `24:00` is the end of
 * the day and allowed only as an end. Undefined when it is no time.
 */
export function parseTime(text: string, { end = false } = {}): string | undefined {
  const match = /^(\d{1,2})\s*(?:[:：.．点时])\s*(\d{1,2})?\s*分?$/u.exec(toHalfWidth(text).trim());
  if (!match) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? "0");
  if (minute > 59 || hour > 24 || (hour === 24 && (!end || minute > 0))) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Full-width digits and letters of an input method to plain ones. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/gu, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xfee0))
    .replaceAll("\u3000", " ");
}
