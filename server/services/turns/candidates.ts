import { expertiseOf } from "#base/text/levels.ts";
import { dayNumber, instantAt, localDay, monthKey, weekdayOf } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { absences } from "../calendar/absences.ts";
import { planningCredit } from "../fairness/accounts.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { requiredLevels } from "../schedule/requires.ts";
import { windowsOf } from "../schedule/windows.ts";
import { minutesOf, type SessionView } from "../sessions/facts.ts";
import { meets } from "./free-dates.ts";

const DAY = 86_400_000;

/**
 * Lecturers who could take a session as things stand, by what `plan` goes by too: who owes most for their weight, then the best
 * fit. Newcomers are left alone until they are planned for.
 */
export async function candidatesFor(
  ctx: Ctx,
  view: SessionView,
  except: ReadonlySet<string>,
): Promise<Rec<"lecturers">[]> {
  const { session, group, topic } = view;
  if (!session.start || !group) return [];
  const start = session.start;
  const others = await otherTurns(ctx, new Set([session.id]));
  const possible = (await allRecords(ctx, "lecturers")).filter(
    (lecturer) =>
      !except.has(lecturer.id) &&
      start >= (lecturer.joined ?? 0) + ctx.settings.newcomerWeeks * 7 * DAY &&
      mayTake(ctx, lecturer, view, others),
  );
  const free = await whoIsFree(ctx, possible, view);
  const credit = await planningCredit(ctx, [], new Set([session.id]));
  const profiles = new Map(
    (await allRecords(ctx, "profiles")).map((profile) => [profile.lecturerRecord, profile]),
  );
  const standing = ({ id }: Rec<"lecturers">) => (credit.get(id) ?? 0) / (profiles.get(id)?.weight ?? 1);
  const fit = (lecturer: Rec<"lecturers">) => {
    const levels = expertiseOf(lecturer.expertise, lecturer.levels);
    return (topic?.tags ?? []).reduce((sum, tag) => sum + (levels[tag] ?? 0), 0);
  };
  return free.sort((a, b) => {
    const owed = standing(a) - standing(b);
    // Shares are fractions: equal but for rounding is equal.
    return (Math.abs(owed) > 1e-9 ? owed : 0) || fit(b) - fit(a) || (a.id < b.id ? -1 : 1);
  });
}

/** Whether one lecturer could take a session if the sessions in `without` were not theirs. `fresh`: calendars are read again. */
export async function couldTake(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  view: SessionView,
  without: ReadonlySet<string>,
  options: { fresh?: boolean } = {},
): Promise<boolean> {
  if (!mayTake(ctx, lecturer, view, await otherTurns(ctx, without))) return false;
  return (await whoIsFree(ctx, [lecturer], view, options)).length > 0;
}

async function otherTurns(ctx: Ctx, without: ReadonlySet<string>): Promise<Rec<"sessions">[]> {
  return (await allRecords(ctx, "sessions")).filter(
    ({ id, start, lecturer, state }) => !without.has(id) && start && lecturer && state !== "cancelled",
  );
}

/** By the rules of planning that need no calendar: group, expertise, windows, gap, month. */
function mayTake(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  { session, group }: SessionView,
  others: Rec<"sessions">[],
): boolean {
  if (!session.start || !group || lecturer.state !== "active" || !lecturer.person) return false;
  if (!lecturer.groups?.includes(group.id)) return false;
  const levels = expertiseOf(lecturer.expertise, lecturer.levels);
  const required = Object.entries(requiredLevels(group));
  if (required.some(([tag, level]) => (levels[tag] ?? 0) < level)) return false;
  const zone = group.timezone ?? ctx.workspace.timezone;
  const end = session.start + minutesOf(ctx, session) * 60_000;
  return (
    inWindows(ctx, lecturer, session.start, end, zone) &&
    keepsDistance(ctx, lecturer, session.start, zone, others)
  );
}

async function whoIsFree(
  ctx: Ctx,
  lecturers: Rec<"lecturers">[],
  { session }: SessionView,
  options: { fresh?: boolean } = {},
): Promise<Rec<"lecturers">[]> {
  const start = session.start!;
  const end = start + minutesOf(ctx, session) * 60_000;
  const away = await absences(ctx, lecturers, start, end, options);
  return lecturers.filter(({ id }) => !meets(away.get(id) ?? [], start, end));
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
