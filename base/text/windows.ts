import { type DayPart, type WeekdayKey, weekdays, type WindowKey } from "../options.ts";
import type { TextProblem } from "./levels.ts";
import { parseTime, toHalfWidth } from "./time.ts";

/** ISO weekday 1 (Monday) to 7, local times `HH:mm`, `to` may be `24:00`. */
export interface Window {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}
export type PartHours = Readonly<Record<DayPart, { readonly from: string; readonly to: string }>>;

/** Hours of 上午, 下午 and 晚上; a workspace may set its own. */
const defaultPartHours: PartHours = {
  am: { from: "09:00", to: "12:00" },
  pm: { from: "14:00", to: "18:00" },
  eve: { from: "18:00", to: "21:00" },
};

const order = Object.keys(weekdays) as WeekdayKey[];
const isoWeekday = (key: WeekdayKey): number => order.indexOf(key) + 1;

/** The options of 可讲时段 as hours of the week. */
export function windowsOf(keys: readonly WindowKey[], hours: PartHours = defaultPartHours): Window[] {
  return keys.map((key) => {
    const [weekday, part] = key.split("-") as [WeekdayKey, DayPart];
    return { weekday: isoWeekday(weekday), ...hours[part] };
  });
}

const EXPECTED = "a weekday and two times, as in 周三 14:30-17:00";

/**
 * 精确时段: `周三 14:30-17:00; 周五 09:00-10:30` (also `Wed 14:30-17:00`, 星期三, several weekdays `周一周三 …`).
 * A bad part is a problem, the others are still read.
 */
export function parseWindowsExact(text: string): { windows: Window[]; problems: TextProblem[] } {
  const windows: Window[] = [];
  const problems: TextProblem[] = [];
  for (const part of toHalfWidth(text).split(/[;,、\n]/u)) {
    const value = part.trim();
    if (!value) continue;
    const parsed = parsePart(value);
    if (parsed) windows.push(...parsed);
    else problems.push({ value, expected: EXPECTED });
  }
  return { windows, problems };
}

function parsePart(part: string): Window[] | undefined {
  const match = /^(\D+?)\s*(\d\S*)\s*(?:-|–|—|~|到|至|to)\s*(\d\S*)$/iu.exec(part);
  if (!match) return undefined;
  const days = parseWeekdays(match[1] ?? "");
  const from = parseTime(match[2] ?? "");
  const to = parseTime(match[3] ?? "", { end: true });
  if (!days || !from || !to || from >= to) return undefined;
  return days.map((weekday) => ({ weekday, from, to }));
}

const WEEKDAY = /(?:周|星期|礼拜)([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)[a-z]*/giu;

function parseWeekdays(text: string): number[] | undefined {
  const found = [...text.matchAll(WEEKDAY)].map(([, zh, en]) =>
    zh
      ? "一二三四五六日".indexOf(zh === "天" ? "日" : zh) + 1
      : isoWeekday((en ?? "").toLowerCase() as WeekdayKey),
  );
  const rest = text.replace(WEEKDAY, "").replace(/[\s和&/+]|and/giu, "");
  return found.length > 0 && rest === "" ? found : undefined;
}
