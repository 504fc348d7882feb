import {
  addDays,
  addWorkdays,
  dayNumber,
  instantAt,
  isHoliday,
  isWorkday,
  isYearKnown,
  localDay,
  weekdayOf,
} from "../time.ts";
import type { DayOverride } from "../time.ts";
import { readRepeatRule } from "./repeat-rule.ts";

/** How a group meets; tables.md §2 has the columns. */
export interface Cadence {
  frequency: "weekly" | "biweekly" | "monthly" | "custom";
  /** ISO weekdays; empty = that of the anchor. */
  weekdays: readonly number[];
  /** RRULE text for `custom`, with EXDATE and RDATE lines; its dates count, the time of day is `startTime`. */
  rrule?: string;
  /** Local date of the first meeting; nothing lies before it. */
  anchor: string;
  startTime: string;
  minutes: number;
  zone: string;
  /** Talks one after another at a meeting. */
  talks: number;
  onHoliday: "skip" | "next" | "keep";
}

export interface GroupSlot {
  group: string;
  /** Local date. */
  day: string;
  start: number;
  end: number;
  /** 0-based position among the talks of the meeting. */
  talk: number;
  /** Last workday before or first after a long holiday: to be avoided, not forbidden. */
  avoid: "before-holiday" | "after-holiday" | null;
  /** The year's holidays are not announced yet. */
  provisional: boolean;
  /** The holiday it was put off from, with `next`. */
  movedFrom: string | null;
}

export interface SlotsInput {
  group: string;
  cadence: Cadence;
  /** Instants, half-open. */
  from: number;
  to: number;
  companyDays?: readonly DayOverride[];
  /** Treat the last workday before and the first after a long holiday like the holiday itself. */
  avoidEdges?: boolean;
}

/** A long holiday has at least so many days without work in a row (a plain 3-day weekend is none). */
const longHoliday = 4;

/** The meetings of a group between two instants, at the group's wall-clock time whatever the clocks do. */
export function groupSlots(input: SlotsInput): GroupSlot[] {
  const { group, cadence, from, to, companyDays = [] } = input;
  // A meeting put off by a holiday may come into the span from before it.
  const first = addDays(localDay(from, cadence.zone), -15);
  const last = localDay(to, cadence.zone);
  const taken = new Set<string>();
  return meetingDays(cadence, first, last)
    .flatMap((day) => placeMeeting(day, { ...input, companyDays }))
    .filter(({ day }) => (taken.has(day) ? false : taken.add(day)))
    .flatMap(({ day, movedFrom }) => talksOf(group, cadence, day, movedFrom, companyDays))
    .filter((slot) => from <= slot.start && slot.start < to)
    .sort((a, b) => a.start - b.start);
}

function placeMeeting(
  day: string,
  { cadence, companyDays = [], group, avoidEdges = false }: SlotsInput,
): { day: string; movedFrom: string | null }[] {
  const out = (at: string) =>
    cadence.onHoliday !== "keep" &&
    (isHoliday(at, companyDays, group) || (avoidEdges && besideHoliday(at, companyDays, group) !== null));
  if (out(day) && cadence.onHoliday === "skip") return [];
  let held = day;
  while (out(held)) held = addWorkdays(held, 1, companyDays, group);
  return isBlocked(held, companyDays, group) ? [] : [{ day: held, movedFrom: held === day ? null : day }];
}

/** Whether a company day says that a group does not meet. */
export function isBlocked(day: string, companyDays: readonly DayOverride[], group: string): boolean {
  return companyDays.some(
    (entry) =>
      entry.kind === "blocked" &&
      entry.from <= day &&
      day <= entry.to &&
      (!entry.groups?.length || entry.groups.includes(group)),
  );
}

function talksOf(
  group: string,
  cadence: Cadence,
  day: string,
  movedFrom: string | null,
  companyDays: readonly DayOverride[],
): GroupSlot[] {
  const opening = instantAt(day, cadence.startTime, cadence.zone);
  const length = cadence.minutes * 60_000;
  return Array.from({ length: cadence.talks }, (_, talk) => ({
    group,
    day,
    start: opening + talk * length,
    end: opening + (talk + 1) * length,
    talk,
    avoid: besideHoliday(day, companyDays, group),
    provisional: !isYearKnown(Number(day.slice(0, 4)), companyDays),
    movedFrom,
  }));
}

function besideHoliday(day: string, companyDays: readonly DayOverride[], group: string): GroupSlot["avoid"] {
  if (!isWorkday(day, companyDays, group)) return null;
  if (isLongHoliday(day, 1, companyDays, group)) return "before-holiday";
  return isLongHoliday(day, -1, companyDays, group) ? "after-holiday" : null;
}

function isLongHoliday(
  day: string,
  step: 1 | -1,
  companyDays: readonly DayOverride[],
  group: string,
): boolean {
  let [length, named] = [0, false];
  for (
    let at = addDays(day, step);
    !isWorkday(at, companyDays, group) && length < 30;
    at = addDays(at, step)
  ) {
    length += 1;
    named ||= isHoliday(at, companyDays, group);
  }
  return named && length >= longHoliday;
}

/** Local dates on which a group would meet, holidays aside; both ends inclusive. */
export function meetingDays(cadence: Cadence, first: string, last: string): string[] {
  const from = first > cadence.anchor ? first : cadence.anchor;
  if (cadence.frequency === "custom") return customDays(cadence, from, last);
  const weekdays = cadence.weekdays.length > 0 ? cadence.weekdays : [weekdayOf(cadence.anchor)];
  const days: string[] = [];
  for (let day = from; day <= last; day = addDays(day, 1))
    if (weekdays.includes(weekdayOf(day)) && isDue(cadence, day)) days.push(day);
  return days;
}

function isDue(cadence: Cadence, day: string): boolean {
  switch (cadence.frequency) {
    case "weekly":
    case "custom":
      return true;
    case "biweekly":
      return (mondayOf(day) - mondayOf(cadence.anchor)) % 14 === 0;
    case "monthly":
      return isSameWeekOfMonth(cadence.anchor, day);
  }
}

function mondayOf(day: string): number {
  return dayNumber(day) - (weekdayOf(day) - 1);
}

/** "Every second Wednesday": the anchor's place in its month; a fifth one means the last. */
function isSameWeekOfMonth(anchor: string, day: string): boolean {
  const place = (date: string) => Math.ceil(Number(date.slice(8)) / 7);
  if (place(anchor) < 5) return place(day) === place(anchor);
  return addDays(day, 7).slice(0, 7) !== day.slice(0, 7);
}

function customDays(cadence: Cadence, first: string, last: string): string[] {
  const rule = readRepeatRule(cadence.rrule ?? "", cadence.anchor);
  if (!rule) throw new Error(`not a repeat rule (RRULE): ${JSON.stringify(cadence.rrule)}`);
  return rule.days(first, last);
}
