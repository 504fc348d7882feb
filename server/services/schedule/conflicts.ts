import { expertiseOf } from "#base/text/levels.ts";
import { problemText } from "#domain/input.ts";
import { buildModel, fixedReasons, planReasons } from "#domain/schedule/model.ts";
import { parsePlanProblem, type PlanInput } from "#domain/schedule/problem.ts";
import { addDays, instantAt, isWorkday, localDay } from "#domain/time.ts";
import { InvalidInputError, MissingError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { absences, type Span } from "../calendar/absences.ts";
import { planningDays } from "../calendar/workdays.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { minutesOf, viewSession, type SessionView } from "../sessions/facts.ts";
import { meets } from "../turns/free-dates.ts";
import { requiredLevels } from "./requires.ts";
import { windowsOf } from "./windows.ts";

/** `past`, `taken` and `blocked` cannot be; all others an admin may overrule. */
export type ConflictKind =
  | "past"
  | "taken"
  | "blocked"
  | "holiday"
  | "frozen"
  | "pinned"
  | "group"
  | "window"
  | "leave"
  | "busy"
  | "requires"
  | "day"
  | "gap"
  | "month";

export interface Conflict {
  kind: ConflictKind;
  /** The other session in the way: its group or lecturer, and when. */
  other?: { name: string; start: number };
}

/** One place a session could be moved to. */
export interface MoveTarget {
  start: number;
  conflicts: Conflict[];
}

const FINAL: readonly ConflictKind[] = ["past", "taken", "blocked"];
/** Whether these leave no choice. */
export const isFinal = (conflicts: readonly Conflict[]) => conflicts.some(({ kind }) => FINAL.includes(kind));

const MOST_DAYS = 200;
const DAY = 86_400_000;

/**
 * What stands against moving a session to each local day between two instants, at `time` (HH:mm, else the session's own hour):
 * the rules of planning, asked of the planner's own code, and what only a calendar knows.
 */
export async function moveTargets(
  ctx: Ctx,
  input: { session: string; from: number; to: number; time?: string },
): Promise<{ targets: MoveTarget[]; own: number }> {
  const view = await viewSession(ctx, input.session);
  if (!view?.session.start) throw new MissingError("session_missing", `no session ${input.session}`);
  const zone = view.group?.timezone ?? ctx.workspace.timezone;
  const time = input.time ?? clockTime(view.session.start, zone);
  const last = localDay(input.to - 1, zone);
  const starts: number[] = [];
  for (let day = localDay(input.from, zone); day <= last && starts.length < MOST_DAYS; day = addDays(day, 1))
    starts.push(instantAt(day, time, zone));
  const against = await conflictsAt(ctx, view, starts);
  return {
    own: view.session.start,
    targets: starts.map((start) => ({ start, conflicts: against.get(start) ?? [] })),
  };
}

const clockTime = (instant: number, zone: string) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(instant);

/** Conflicts of a session at other starts; `fresh`: calendars are read again. Its present start is a start like any other, and has no conflict with itself. */
export async function conflictsAt(
  ctx: Ctx,
  view: SessionView,
  starts: readonly number[],
  options: { fresh?: boolean } = {},
): Promise<Map<number, Conflict[]>> {
  const others = (await allRecords(ctx, "sessions")).filter(
    ({ id, start, state }) => id !== view.session.id && start !== undefined && state !== "cancelled",
  );
  const days = await planningDays(ctx, Math.min(...starts), Math.max(...starts));
  const personal = await personalConflicts(ctx, view, starts, others, options);
  const found = new Map<number, Conflict[]>();
  for (const start of starts)
    found.set(start, [...placeConflicts(ctx, view, start, others, days), ...(personal.get(start) ?? [])]);
  return found;
}

function placeConflicts(
  ctx: Ctx,
  { session, group }: SessionView,
  start: number,
  others: Rec<"sessions">[],
  days: Awaited<ReturnType<typeof planningDays>>,
): Conflict[] {
  const found: Conflict[] = [];
  const zone = group?.timezone ?? ctx.workspace.timezone;
  const day = localDay(start, zone);
  const length = minutesOf(ctx, session) * 60_000;
  if (start <= ctx.now) found.push({ kind: "past" });
  const there = others.find(
    (other) =>
      other.group === session.group &&
      other.start! < start + length &&
      start < other.start! + minutesOf(ctx, other) * 60_000,
  );
  if (there) found.push({ kind: "taken", other: { name: group?.name ?? "", start: there.start! } });
  const off = days.some(
    (one) =>
      one.kind === "blocked" &&
      one.from <= day &&
      day <= one.to &&
      (!one.groups?.length || one.groups.includes(group?.id ?? "")),
  );
  if (off) found.push({ kind: "blocked" });
  if (!isWorkday(day, days, group?.id)) found.push({ kind: "holiday" });
  if (start === session.start) return found;
  if (session.pinned) found.push({ kind: "pinned" });
  if (session.start! > ctx.now && session.start! - ctx.now <= ctx.settings.frozenDays * DAY)
    found.push({ kind: "frozen" });
  return found;
}

/** Rules about the lecturer, by the planner's own code: every start is a slot of a problem with one lecturer. */
async function personalConflicts(
  ctx: Ctx,
  { session, group, lecturer }: SessionView,
  starts: readonly number[],
  others: Rec<"sessions">[],
  options: { fresh?: boolean },
): Promise<Map<number, Conflict[]>> {
  const found = new Map<number, Conflict[]>();
  const future = starts.filter((start) => start > ctx.now);
  if (!lecturer || !group || future.length === 0) return found;
  const zone = group.timezone ?? ctx.workspace.timezone;
  const minutes = minutesOf(ctx, session);
  const own = others.filter((other) => other.lecturer === lecturer.id);
  const last = Math.max(...future) + minutes * 60_000;
  const absent = await absences(ctx, [lecturer], Math.min(...future), last, options);
  const away = absent.get(lecturer.id) ?? [];
  const model = buildModel(problemOf(ctx, { group, lecturer, minutes, zone, own, starts: future }));
  const groups = new Map((await allRecords(ctx, "groups")).map(({ id, name }) => [id, name ?? ""]));
  const [one] = model.lecturers;
  for (const slot of model.slots) {
    const reasons = [...fixedReasons(one!, slot), ...planReasons(one!, slot, [])];
    found.set(slot.start, [
      ...awayAt(away, slot.start, slot.end),
      // A day's second talk is too near as well; the nearer fact is enough.
      ...reasons
        .filter((reason) => !(reason === "gap" && reasons.includes("day")))
        .map((reason) => named(reason as ConflictKind, slot.start, own, groups)),
    ]);
  }
  return found;
}

function problemOf(
  ctx: Ctx,
  about: {
    group: Rec<"groups">;
    lecturer: Rec<"lecturers">;
    minutes: number;
    zone: string;
    own: Rec<"sessions">[];
    starts: readonly number[];
  },
) {
  const { group, lecturer, own } = about;
  const iso = (at: number) => new Date(at).toISOString();
  const input: PlanInput = {
    timezone: about.zone,
    slots: about.starts.map((start) => ({
      id: String(start),
      group: group.id,
      start: iso(start),
      minutes: about.minutes,
      topics: [],
      requires: requiredLevels(group),
    })),
    lecturers: [
      {
        id: lecturer.id,
        groups: lecturer.groups ?? [],
        weight: 1,
        credit: 0,
        expertise: expertiseOf(lecturer.expertise, lecturer.levels),
        windows: windowsOf(ctx, lecturer),
        busy: [],
        maxPerMonth: lecturer.maxPerMonth ?? ctx.settings.maxTurnsPerMonth,
        minGapDays: lecturer.minGapWeeks === undefined ? ctx.settings.minGapDays : lecturer.minGapWeeks * 7,
      },
    ],
    topics: [],
    history: own.map(({ start }) => ({ lecturer: lecturer.id, start: iso(start!) })),
    pinned: [],
    previous: [],
  };
  const parsed = parsePlanProblem(input);
  if (!parsed.ok)
    throw new InvalidInputError("schedule_problem", parsed.problems.map(problemText).join("\n"));
  return parsed.value;
}

const awayAt = (spans: readonly Span[], from: number, to: number): Conflict[] => [
  ...(meets(
    spans.filter(({ why }) => why !== "busy"),
    from,
    to,
  )
    ? [{ kind: "leave" } as const]
    : []),
  ...(meets(
    spans.filter(({ why }) => why === "busy"),
    from,
    to,
  )
    ? [{ kind: "busy" } as const]
    : []),
];

/** With the lecturer's nearest other session, where that is the reason. */
function named(
  kind: ConflictKind,
  start: number,
  own: Rec<"sessions">[],
  groups: ReadonlyMap<string, string>,
): Conflict {
  if (!["day", "gap"].includes(kind)) return { kind };
  const [near] = [...own].sort((a, b) => Math.abs(a.start! - start) - Math.abs(b.start! - start));
  return near ? { kind, other: { name: groups.get(near.group ?? "") ?? "", start: near.start! } } : { kind };
}
