import { expertiseOf } from "#base/text/levels.ts";
import { dayNumber, instantAt, localDay, monthKey, weekdayOf } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { absences } from "../calendar/absences.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { windowsOf } from "../schedule/windows.ts";
import { minutesOf, type SessionView } from "../sessions/facts.ts";
import { meets } from "./free-dates.ts";

/** Lecturers who could take a session as things stand, fairest first: fewest turns for their weight, then the best fit. */
export async function candidatesFor(
  ctx: Ctx,
  view: SessionView,
  except: ReadonlySet<string>,
): Promise<Rec<"lecturers">[]> {
  const { session, group, topic } = view;
  if (!session.start || !group) return [];
  const zone = group.timezone ?? ctx.workspace.timezone;
  const start = session.start;
  const end = start + minutesOf(ctx, session) * 60_000;
  const others = (await allRecords(ctx, "sessions")).filter(
    (other) => other.id !== session.id && other.start && other.lecturer && other.state !== "cancelled",
  );
  const possible = (await allRecords(ctx, "lecturers")).filter(
    (lecturer) =>
      lecturer.state === "active" &&
      lecturer.person &&
      lecturer.groups?.includes(group.id) &&
      !except.has(lecturer.id) &&
      inWindows(ctx, lecturer, start, end, zone) &&
      keepsDistance(ctx, lecturer, start, zone, others),
  );
  const busy = await absences(ctx, possible, start, end);
  const free = possible.filter(({ id }) => !meets(busy.get(id) ?? [], start, end));
  const since = ctx.now - ctx.settings.fairnessMonths * 30 * 86_400_000;
  const profiles = new Map(
    (await allRecords(ctx, "profiles")).map((profile) => [profile.lecturerRecord, profile]),
  );
  const load = (lecturer: Rec<"lecturers">) =>
    others.filter((other) => other.lecturer === lecturer.id && other.start! >= since).length /
    (profiles.get(lecturer.id)?.weight ?? 1);
  const fit = (lecturer: Rec<"lecturers">) => {
    const levels = expertiseOf(lecturer.expertise, lecturer.levels);
    return (topic?.tags ?? []).reduce((sum, tag) => sum + (levels[tag] ?? 0), 0);
  };
  return free.sort((a, b) => load(a) - load(b) || fit(b) - fit(a) || (a.id < b.id ? -1 : 1));
}

/** Whether one lecturer could take a session if the sessions in `without` were not theirs: for swaps. */
export async function couldTake(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  view: SessionView,
  without: ReadonlySet<string>,
): Promise<boolean> {
  const { session, group } = view;
  if (!session.start || !group || lecturer.state !== "active" || !lecturer.groups?.includes(group.id))
    return false;
  const zone = group.timezone ?? ctx.workspace.timezone;
  const end = session.start + minutesOf(ctx, session) * 60_000;
  const others = (await allRecords(ctx, "sessions")).filter(
    (other) => !without.has(other.id) && other.start && other.lecturer && other.state !== "cancelled",
  );
  if (
    !inWindows(ctx, lecturer, session.start, end, zone) ||
    !keepsDistance(ctx, lecturer, session.start, zone, others)
  )
    return false;
  const busy = await absences(ctx, [lecturer], session.start, end);
  return !meets(busy.get(lecturer.id) ?? [], session.start, end);
}

function inWindows(ctx: Ctx, lecturer: Rec<"lecturers">, start: number, end: number, zone: string): boolean {
  const windows = windowsOf(ctx, lecturer);
  if (windows.length === 0) return true;
  const day = localDay(start, zone);
  return windows.some(
    (window) =>
      window.weekday === weekdayOf(day) &&
      instantAt(day, window.from, zone) <= start &&
      end <= instantAt(day, window.to, zone),
  );
}

function keepsDistance(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  start: number,
  zone: string,
  others: Rec<"sessions">[],
): boolean {
  const own = others.filter((other) => other.lecturer === lecturer.id);
  const day = dayNumber(localDay(start, zone));
  const gap = lecturer.minGapWeeks === undefined ? ctx.settings.minGapDays : lecturer.minGapWeeks * 7;
  const near = own.some(
    (other) => Math.abs(dayNumber(localDay(other.start!, zone)) - day) < Math.max(1, gap),
  );
  const month = own.filter((other) => monthKey(other.start!, zone) === monthKey(start, zone)).length;
  // Stepping in is an extra: it may go beyond the month's usual turns as far as volunteering may.
  const cap = (lecturer.maxPerMonth ?? ctx.settings.maxTurnsPerMonth) + ctx.settings.extraTurnsPerMonth;
  return !near && month < cap;
}
