import { parseDatesOff, type DatesOff } from "#base/text/dates-off.ts";
import type { TimeSpan } from "#domain/spans.ts";
import { addDays, addMonths, instantAt, localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { busyTimes } from "./busy.ts";
import { approvedLeave } from "./leave.ts";

/** Half-open, ms. `away`: the lecturer's own word; `leave`: approved; `busy`: the calendar. */
export interface Span extends TimeSpan {
  why: "leave" | "busy" | "away";
}

const DAY = 86_400_000;

/**
 * When lecturers cannot speak between two instants, by lecturer record id: firm absences, and busy times of their primary
 * calendars without our own sessions. `fresh`: calendars are read again.
 */
export async function absences(
  ctx: Ctx,
  lecturers: readonly Rec<"lecturers">[],
  from: number,
  to: number,
  options: { fresh?: boolean } = {},
): Promise<Map<string, Span[]>> {
  const firm = await firmAbsences(ctx, lecturers, from, to);
  const people = lecturers.flatMap(({ person }) => person ?? []);
  if (!ctx.settings.avoidBusyCalendar || people.length === 0 || to <= from) return firm;
  const busy = await busyTimes(ctx, people, from, to, options);
  return withSpans(firm, lecturers, busy, "busy");
}

/** Their own 暂停至 and 不排日期, and approved leave as far as Feishu lets one see it. */
export async function firmAbsences(
  ctx: Ctx,
  lecturers: readonly Rec<"lecturers">[],
  from: number,
  to: number,
): Promise<Map<string, Span[]>> {
  const own = new Map(lecturers.map((lecturer) => [lecturer.id, ownAbsences(ctx, lecturer, from, to)]));
  const people = lecturers.flatMap(({ person }) => person ?? []);
  if (people.length === 0 || to <= from) return own;
  return withSpans(own, lecturers, await approvedLeave(ctx, people, from, to), "leave");
}

function withSpans(
  known: ReadonlyMap<string, Span[]>,
  lecturers: readonly Rec<"lecturers">[],
  more: ReadonlyMap<string, TimeSpan[]>,
  why: Span["why"],
): Map<string, Span[]> {
  return new Map(
    lecturers.map(({ id, person }) => [
      id,
      [...(known.get(id) ?? []), ...(more.get(person ?? "") ?? []).map((span): Span => ({ ...span, why }))],
    ]),
  );
}

/** What the lecturer has said: 暂停至, and trips and months off of 不排日期. */
function ownAbsences(ctx: Ctx, lecturer: Rec<"lecturers">, from: number, to: number): Span[] {
  const zone = ctx.workspace.timezone;
  const { awayUntil } = lecturer;
  const paused: Span[] =
    awayUntil !== undefined && awayUntil + DAY > from
      ? [{ from: 0, to: instantAt(addDays(localDay(awayUntil, zone), 1), "00:00", zone), why: "away" }]
      : [];
  const off = parseDatesOff(lecturer.datesOff ?? "").off.flatMap((one) => daysOff(one, ctx, from, to));
  const spans = off.map((one): Span => ({
    from: instantAt(one.from, "00:00", zone),
    to: instantAt(addDays(one.to, 1), "00:00", zone),
    why: "away",
  }));
  return [...paused, ...spans.filter((span) => span.from < to && from < span.to)];
}

/** A month of every year, in the years the span touches. */
function daysOff(off: DatesOff, ctx: Ctx, from: number, to: number): { from: string; to: string }[] {
  if ("from" in off) return [off];
  const year = (at: number) => Number(localDay(at, ctx.workspace.timezone).slice(0, 4));
  return Array.from({ length: year(to) - year(from) + 1 }, (_, n) => {
    const month = `${year(from) + n}-${String(off.month).padStart(2, "0")}`;
    return { from: `${month}-01`, to: addDays(`${addMonths(month, 1)}-01`, -1) };
  });
}
