/** Times as the calendar API writes them: seconds as strings, dates for whole days, RFC 3339 for free/busy. */
import { FeishuError } from "../../kernel.ts";
import { str } from "../text.ts";
import { invalid } from "./access.ts";
import type { When } from "./state.ts";

const DAY = 86_400_000;
const ZONE = "Asia/Shanghai";

/** Throws when a zone is no IANA zone. */
function requireZone(zone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    throw invalid(`timezone ${zone} is unknown`);
  }
}

/** Start or end as it is stored, with its instant in ms. The end of a whole day is the end of that day. */
export function whenOf(given: unknown, name: string, isEnd: boolean): { when: When; at: number } {
  const { date, timestamp, timezone } = (given ?? {}) as When;
  if ((date === undefined) === (timestamp === undefined))
    throw invalid(`${name} takes either date or timestamp`);
  if (date !== undefined) {
    const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(at)) throw invalid(`${name}.date ${date} is not yyyy-MM-dd`);
    return { when: { date, timezone: "UTC" }, at: isEnd ? at + DAY : at };
  }
  if (!/^\d{1,11}$/.test(str(timestamp)))
    throw invalid(`${name}.timestamp ${str(timestamp)} is not seconds since 1970`);
  const zone = timezone ?? ZONE;
  requireZone(zone);
  return { when: { timestamp: str(timestamp), timezone: zone }, at: Number(timestamp) * 1000 };
}

/** Seconds of a query, as ms; null when absent. */
export function secondsOf(value: unknown, name: string): number | null {
  if (value === undefined || value === "") return null;
  if (!/^\d{1,11}$/.test(str(value))) throw invalid(`${name} takes seconds since 1970`);
  return Number(value) * 1000;
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** An RFC 3339 instant in ms; `bad` is the page's refusal. */
export function instantOf(value: unknown, bad: () => FeishuError): number {
  const text = str(value);
  const at = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw bad();
  return at;
}

/** An instant as free/busy answers it, in the offset that was asked with. */
export function rfc3339(at: number, like: string): string {
  const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(like)?.[0] ?? "Z";
  if (offset === "Z") return new Date(at).toISOString().replace(".000Z", "Z");
  const minutes =
    (offset.startsWith("-") ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return new Date(at + minutes * 60_000).toISOString().replace(/\.\d+Z$/, offset);
}
