import { DateTime } from "luxon";
import { localDay } from "#domain/time.ts";
import { PermissionError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { allRecords, type Rec } from "../records/read.ts";

/** Half-open, ms. */
export interface Span {
  from: number;
  to: number;
  why: "leave" | "busy" | "away";
}

/** How far approved leave can be asked for: from tomorrow at the latest, 30 days on (decisions.md 14). */
const LEAVE_DAYS = 30;
const DAY = 86_400_000;

/**
 * When lecturers cannot speak between two instants, by lecturer record id: their own 暂停至, approved leave as far as Feishu
 * lets one see it, and busy times of their primary calendars without our own sessions. Leave is a fact, busy a wish.
 */
export async function absences(
  ctx: Ctx,
  lecturers: Rec<"lecturers">[],
  from: number,
  to: number,
): Promise<Map<string, Span[]>> {
  const spans = new Map<string, Span[]>(lecturers.map(({ id }) => [id, []]));
  const byPerson = new Map(
    lecturers.flatMap((lecturer) => (lecturer.person ? [[lecturer.person, lecturer.id] as const] : [])),
  );
  for (const lecturer of lecturers)
    if (lecturer.awayUntil && lecturer.awayUntil + DAY > from)
      spans.get(lecturer.id)!.push({ from: 0, to: lecturer.awayUntil + DAY, why: "away" });
  const people = [...byPerson.keys()];
  if (people.length === 0 || to <= from) return spans;
  for (const [person, span] of [
    ...(await approvedLeave(ctx, people, to)),
    ...(await busyTimes(ctx, people, from, to)),
  ])
    spans.get(byPerson.get(person)!)?.push(span);
  return spans;
}

async function approvedLeave(ctx: Ctx, people: string[], to: number): Promise<[string, Span][]> {
  const zone = ctx.workspace.timezone;
  const first = ctx.now;
  const last = Math.min(to, first + LEAVE_DAYS * DAY);
  const day = (at: number) => Number(localDay(at, zone).replaceAll("-", ""));
  try {
    const found = await ctx.feishu.attendance.approvals(people, day(first), day(Math.max(first, last)));
    return found.map((leave) => {
      const at = (text: string) => DateTime.fromSQL(text, { zone: leave.timeZone ?? zone }).toMillis();
      return [leave.openId, { from: at(leave.start), to: at(leave.end), why: "leave" }];
    });
  } catch (error) {
    // A tenant without the attendance app is no reason not to plan; doctor says so.
    if (!(error instanceof PermissionError)) throw error;
    ctx.log.warn({ error: error.message }, "leave cannot be read");
    return [];
  }
}

async function busyTimes(ctx: Ctx, people: string[], from: number, to: number): Promise<[string, Span][]> {
  if (!ctx.settings.avoidBusyCalendar) return [];
  const own = new Set(
    (await allRecords(ctx, "sessions")).flatMap(({ account, start }) =>
      account && start ? [`${account}\n${start}`] : [],
    ),
  );
  const found = await ctx.feishu.calendar.freebusyBatch(people, from, to);
  return [...found].flatMap(([person, busy]) =>
    busy
      .filter(({ start, rsvp }) => !own.has(`${person}\n${start}`) && rsvp !== "decline")
      .map(({ start, end }): [string, Span] => [person, { from: start, to: end, why: "busy" }]),
  );
}
