import type { TextProblem } from "./levels.ts";
import { toHalfWidth } from "./time.ts";

/** Days a lecturer keeps free: local dates, both inclusive, or a month of every year (1–12). */
export type DatesOff = { readonly from: string; readonly to: string } | { readonly month: number };

const EXPECTED = "dates or months, as in 2026-12-14~2026-12-18; 2027-02; 每年7月";
const DATE = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const ONE_DAY = new RegExp(`^${DATE}$`, "u");
const SPAN = new RegExp(`^${DATE}\\s*(?:~|–|—|到|至|to|\\s-\\s)\\s*${DATE}$`, "iu");
const MONTH = /^(\d{4})[-/.年](\d{1,2})月?$/u;
const EVERY_YEAR = /^(?:每年|every\s+)?\s*(\d{1,2})\s*月$/iu;
const ENGLISH = /^(?:every\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/iu;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * 不排日期: `2026-12-14; 2026-12-20~2026-12-28; 2027-02; 每年7月` (also `2026/12/14`, `every July`), separated by ; 、 or lines.
 * A bad part is a problem, the others are still read.
 */
export function parseDatesOff(text: string): { off: DatesOff[]; problems: TextProblem[] } {
  const off: DatesOff[] = [];
  const problems: TextProblem[] = [];
  for (const part of toHalfWidth(text).split(/[;,、\n]/u)) {
    const value = part.trim();
    if (!value) continue;
    const parsed = parsePart(value);
    if (parsed) off.push(parsed);
    else problems.push({ value, expected: EXPECTED });
  }
  return { off, problems };
}

function parsePart(part: string): DatesOff | undefined {
  const day = ONE_DAY.exec(part);
  if (day) return spanOf(dayOf(day.slice(1)), dayOf(day.slice(1)));
  const span = SPAN.exec(part);
  if (span) return spanOf(dayOf(span.slice(1, 4)), dayOf(span.slice(4)));
  const month = MONTH.exec(part);
  if (month) {
    const [, year = "", number = ""] = month;
    return spanOf(dayOf([year, number, "1"]), lastDayOf(Number(year), Number(number)));
  }
  const yearly = Number(EVERY_YEAR.exec(part)?.[1] ?? 0) || monthNumber(ENGLISH.exec(part)?.[1]);
  return yearly >= 1 && yearly <= 12 ? { month: yearly } : undefined;
}

const monthNumber = (name: string | undefined) => months.indexOf((name ?? "").toLowerCase()) + 1;

function spanOf(from: string | undefined, to: string | undefined): DatesOff | undefined {
  return from !== undefined && to !== undefined && from <= to ? { from, to } : undefined;
}

/** `2026-12-14`, if there is such a day. */
function dayOf([year = "", month = "", day = ""]: readonly string[]): string | undefined {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isFinite(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined;
}

function lastDayOf(year: number, month: number): string | undefined {
  return month >= 1 && month <= 12
    ? new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
    : undefined;
}
