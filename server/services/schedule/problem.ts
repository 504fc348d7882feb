import { expertiseOf } from "#base/text/levels.ts";
import { parsePlanProblem, type PlanInput, type PlanProblem } from "#domain/schedule/problem.ts";
import { readRepeatRule } from "#domain/schedule/repeat-rule.ts";
import { groupSlots, type Cadence } from "#domain/schedule/slots.ts";
import { problemText } from "#domain/input.ts";
import { localDay } from "#domain/time.ts";
import { InvalidInputError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { absences } from "../calendar/absences.ts";
import { leaveUnseenFrom } from "../calendar/leave.ts";
import { planningDays } from "../calendar/workdays.ts";
import { suggestedTopics } from "../demand/suggest.ts";
import { planningCredit } from "../fairness/accounts.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { minutesOf } from "../sessions/facts.ts";
import { requiredLevels } from "./requires.ts";
import { slotKey, slotsMet } from "./slots-met.ts";
import { windowsIn } from "./windows.ts";
import { isReopened, keptOutSpans, type Wishes } from "./wishes.ts";

const DAY = 86_400_000;
const WEEKDAYS = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;

export interface PlannedSlotFacts {
  group: Rec<"groups">;
  start: number;
  minutes: number;
  /** The year's holidays are not announced yet. */
  provisional: boolean;
  /** Too far ahead for Feishu to show leave. */
  leaveUnseen: boolean;
  /** The session that stands for this slot already. */
  session?: string;
  /** Who speaks there as published, when the plan decides it anew. */
  before?: string;
  beforeState?: "planned" | "confirmed";
}

export interface ScheduleProblem {
  problem: PlanProblem;
  slots: Map<string, PlannedSlotFacts>;
}

/**
 * What there is to plan between two instants: meetings of active groups that have no lecturer yet. What is published stays as
 * it is and counts as history; lecturers come with windows, leave, busy times, caps, gaps and what fairness owes them.
 */
export async function scheduleProblem(
  ctx: Ctx,
  from: number,
  to: number,
  options: { fresh?: boolean; wishes?: Wishes } = {},
): Promise<ScheduleProblem> {
  const wishes = options.wishes ?? {};
  const [groups, lecturers, topics, sessions, overrides] = await Promise.all([
    allRecords(ctx, "groups"),
    allRecords(ctx, "lecturers"),
    allRecords(ctx, "topics"),
    allRecords(ctx, "sessions"),
    planningDays(ctx, from, to),
  ]);
  const live = sessions.filter(({ start, state }) => start && state !== "cancelled");
  const met = await slotsMet(ctx, sessions);
  const unseen = leaveUnseenFrom(ctx);
  const slots = new Map<string, PlannedSlotFacts>();
  for (const group of groups.filter(
    ({ state, id }) => state === "active" && !ctx.workspace.paused.includes(id),
  )) {
    const cadence = cadenceOf(ctx, group);
    if (!cadence) continue;
    const avoidEdges = ctx.settings.avoidLongHolidayEdges;
    for (const slot of groupSlots({
      group: group.id,
      cadence,
      from,
      to,
      companyDays: overrides,
      avoidEdges,
    })) {
      const there = live.find((session) => session.group === group.id && session.start === slot.start);
      if (there?.lecturer || (!there && met.has(slotKey(group.id, slot.start)))) continue;
      slots.set(slotKey(group.id, slot.start), {
        group,
        start: slot.start,
        minutes: cadence.minutes,
        provisional: slot.provisional,
        leaveUnseen: slot.start >= unseen,
        ...(there ? { session: there.id } : {}),
      });
    }
  }
  if (wishes.only) slots.clear();
  const reopened = live.filter((session) => isReopened(ctx, wishes, session));
  // Moved, or set up by hand: an open session is there to be filled whatever the cadence says.
  const open = wishes.only
    ? []
    : live.filter(({ state, lecturer }) => !lecturer && (state ?? "open") === "open");
  for (const session of [...open, ...reopened]) {
    const group = groups.find(({ id }) => id === session.group);
    const meets = group?.state === "active" && !ctx.workspace.paused.includes(group.id);
    const start = session.start!;
    if (!meets || start < from || start >= to || slots.has(slotKey(group.id, start))) continue;
    slots.set(slotKey(group.id, start), {
      group,
      start,
      minutes: minutesOf(ctx, session),
      provisional: session.provisional ?? false,
      leaveUnseen: start >= unseen,
      session: session.id,
      ...(session.lecturer
        ? { before: session.lecturer, beforeState: session.state === "confirmed" ? "confirmed" : "planned" }
        : {}),
    });
  }
  const active = lecturers.filter(({ state, person }) => state === "active" && person);
  const away = await absences(ctx, active, from, to, options);
  const anew = new Set(reopened.map(({ id }) => id));
  const credit = await planningCredit(
    ctx,
    [...slots.values()].map(({ group, start }) => ({
      group: group.id,
      day: localDay(start, ctx.workspace.timezone),
    })),
    // What is decided anew is nobody's turn yet.
    anew,
  );
  const profiles = new Map(
    (await allRecords(ctx, "profiles")).map((profile) => [profile.lecturerRecord, profile]),
  );
  const best = await suggestedTopics(ctx, topics);
  const iso = (at: number) => new Date(at).toISOString();
  const input: PlanInput = {
    timezone: ctx.workspace.timezone,
    slots: [...slots].map(([id, { group, start, minutes }]) => ({
      id,
      group: group.id,
      start: iso(start),
      minutes,
      topics: best(group),
      requires: requiredLevels(group),
    })),
    lecturers: active.map((lecturer) => {
      const { windows, outside } = windowsIn(ctx, lecturer, slots.values());
      const limits = wishes.limits?.find((one) => one.lecturer === lecturer.id);
      const kept = keptOutSpans(wishes, lecturer.id, slots, { from, to });
      return {
        id: lecturer.id,
        groups: lecturer.groups ?? [],
        weight: profiles.get(lecturer.id)?.weight ?? 1,
        credit: credit.get(lecturer.id) ?? 0,
        expertise: expertiseOf(lecturer.expertise, lecturer.levels),
        windows,
        busy: [...(away.get(lecturer.id) ?? []), ...newcomer(ctx, lecturer), ...outside, ...kept].map(
          (span) => ({
            from: iso(Math.max(span.from, 0)),
            to: iso(span.to),
          }),
        ),
        maxPerMonth: limits?.maxPerMonth ?? lecturer.maxPerMonth ?? ctx.settings.maxTurnsPerMonth,
        minGapDays:
          limits?.minGapDays ??
          (lecturer.minGapWeeks === undefined ? ctx.settings.minGapDays : lecturer.minGapWeeks * 7),
      };
    }),
    topics: topics.map(({ id, tags }) => ({
      id,
      tags: Object.fromEntries((tags ?? []).map((tag) => [tag, 1 / tags!.length])),
    })),
    history: live.flatMap(({ id, lecturer, start }) =>
      lecturer && !anew.has(id) && start! > ctx.now - 400 * DAY ? [{ lecturer, start: iso(start!) }] : [],
    ),
    pinned: (wishes.pinned ?? []).filter(
      ({ slot, lecturer }) => slots.has(slot) && active.some(({ id }) => id === lecturer),
    ),
    previous: [...slots].flatMap(([slot, { before }]) => (before ? [{ slot, lecturer: before }] : [])),
  };
  const parsed = parsePlanProblem(input);
  if (!parsed.ok)
    throw new InvalidInputError("schedule_problem", parsed.problems.map(problemText).join("\n"));
  return { problem: parsed.value, slots };
}

/** Null while a group is not described well enough to meet; the checks automation says so. */
export function cadenceOf(ctx: Ctx, group: Rec<"groups">): Cadence | null {
  const zone = group.timezone ?? ctx.workspace.timezone;
  if (!group.startTime || !group.anchor) return null;
  const anchor = localDay(group.anchor, zone);
  if (group.frequency === "custom" && !readRepeatRule(group.rrule ?? "", anchor)) return null;
  return {
    frequency: group.frequency ?? "weekly",
    weekdays: (group.weekdays ?? []).map((day) => WEEKDAYS[day]),
    ...(group.rrule ? { rrule: group.rrule } : {}),
    anchor,
    startTime: group.startTime,
    minutes: group.minutes ?? ctx.settings.sessionMinutes,
    zone,
    talks: ctx.settings.talksPerMeeting,
    onHoliday: group.skipHolidays ?? "skip",
  };
}

function newcomer(ctx: Ctx, { joined }: Rec<"lecturers">): { from: number; to: number }[] {
  const until = (joined ?? 0) + ctx.settings.newcomerWeeks * 7 * DAY;
  return joined && until > ctx.now ? [{ from: 0, to: until }] : [];
}
