import { smallText } from "#base/defaults/small-texts.ts";
import type { PlanResult } from "#domain/schedule/plan.ts";
import type { Effect } from "#domain/effects.ts";
import { dateWords } from "#domain/messages/dates.ts";
import { addDays, instantAt, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { proposal } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { allRecords } from "../records/read.ts";
import type { Wishes } from "./wishes.ts";
import { scheduleProblem, type PlannedSlotFacts } from "./problem.ts";

/** One slot of a proposal, as stored: who speaks, what about, and why. */
export interface ProposedSlot {
  slot: string;
  group: string;
  start: number;
  minutes: number;
  session?: string;
  /** Who speaks there as published, where that is decided anew. */
  before?: string;
  beforeState?: "planned" | "confirmed";
  lecturer: string | null;
  topic: string | null;
  why: string;
  /** The year's holidays are not announced yet. */
  provisional: boolean;
  /** Too far ahead for Feishu to show leave. */
  leaveUnseen: boolean;
  /** Who else could, fairest first: record ids. */
  next?: string[];
  /** Of an open one: what is in the way, then what would help. */
  help?: string[];
}

export interface Proposal {
  /** Of who speaks when: another digest means that the data changed since. */
  digest: string;
  span: Span;
  slots: ProposedSlot[];
  filled: number;
  unfilled: number;
  /** Max − min of turns against what is due; and turns of this plan by lecturer. */
  spread?: number;
  loads?: Record<string, number>;
  /** What was wished of it beside the rules: publishing plans with the same. */
  wishes?: Wishes;
}

/** Half-open, whole local days: a proposal looked at an hour later is still the same. */
export interface Span {
  from: number;
  to: number;
}

/** From tomorrow on, as many weeks as are published. */
export function spanAhead(ctx: Ctx, weeks = ctx.settings.publishedWeeks): Span {
  const zone = ctx.workspace.timezone;
  const tomorrow = addDays(localDay(ctx.now, zone), 1);
  return {
    from: instantAt(tomorrow, "00:00", zone),
    to: instantAt(addDays(tomorrow, weeks * 7), "00:00", zone),
  };
}

/** Plans a span. Nothing is stored: publishing goes the same way. */
export async function planSchedule(
  ctx: Ctx,
  span: Span = spanAhead(ctx),
  options: { fresh?: boolean; wishes?: Wishes } = {},
): Promise<Proposal> {
  const { problem, slots } = await scheduleProblem(ctx, span.from, span.to, options);
  const lecturers = await allRecords(ctx, "lecturers");
  const names = Object.fromEntries(lecturers.flatMap(({ id, name }) => (name ? [[id, name]] : [])));
  const result = await ctx.planner(problem, { language: ctx.settings.language, names });
  return proposalOf(slots, result, span, options.wishes);
}

function proposalOf(
  slots: Map<string, PlannedSlotFacts>,
  result: PlanResult,
  span: Span,
  wishes?: Wishes,
): Proposal {
  const given = new Map(result.assignments.map((assignment) => [assignment.slot, assignment]));
  const proposed = [...slots].map(([slot, facts]): ProposedSlot => {
    const { group, start, minutes, session, before, beforeState, provisional, leaveUnseen } = facts;
    const found = given.get(slot);
    return {
      slot,
      group: group.id,
      start,
      minutes,
      ...(session ? { session } : {}),
      ...(before ? { before, beforeState } : {}),
      lecturer: found?.lecturer ?? null,
      topic: found?.topic ?? null,
      why: (found?.why ?? []).join("；"),
      provisional,
      leaveUnseen,
      next: found?.next ?? [],
      help: result.unfilled.find((one) => one.slot === slot)?.help ?? [],
    };
  });
  proposed.sort((a, b) => a.start - b.start || (a.slot < b.slot ? -1 : 1));
  // Who speaks when is what the admin agreed to; how it came about, and which topic is wanted most just now, may change.
  const digest = fingerprint(proposed.map(({ slot, lecturer }) => [slot, lecturer]));
  return {
    digest,
    span,
    slots: proposed,
    filled: result.assignments.length,
    unfilled: result.unfilled.length,
    spread: result.fairness.spread,
    loads: result.fairness.loads,
    ...(wishes ? { wishes } : {}),
  };
}

/** Lays a new schedule before the admin, when there is anything new to publish. */
export async function proposeSchedule(ctx: Ctx): Promise<{ slots: number }> {
  if (ctx.workspace.admins.length === 0) return { slots: 0 };
  const proposed = await planSchedule(ctx);
  const fresh = proposed.slots.filter(({ session, lecturer }) => !session || lecturer);
  if (fresh.length === 0) return { slots: 0 };
  return transaction(ctx, async (tx) => {
    const id = await keepPlan(tx, proposed);
    await post(tx, [await readyCard(tx, id, proposed)]);
    return { slots: fresh.length };
  });
}

/** Keeps a plan under the digest of who speaks when, so that what is published is what was looked at. Gives its id. */
export async function keepPlan(ctx: Ctx, plan: Proposal): Promise<string> {
  // The same plan under other wishes is another proposal: publishing plans it with its own.
  const id = fingerprint([ctx.workspace.id, plan.digest, ...(plan.wishes ? [plan.wishes] : [])]);
  await ctx.db
    .insert(proposal)
    .values({ id, workspace: ctx.workspace.id, digest: plan.digest, plan, at: ctx.now })
    .onConflictDoNothing();
  return id;
}

/** The admin's card: how much is filled, the first dates, and one button. */
export async function readyCard(ctx: Ctx, id: string, proposed: Proposal): Promise<Effect> {
  const { language } = ctx.settings;
  const reading = { now: ctx.now, zone: ctx.workspace.timezone, language };
  const names = new Map(
    (await allRecords(ctx, "lecturers")).map((lecturer) => [lecturer.id, lecturer.name ?? ""]),
  );
  const groups = new Map((await allRecords(ctx, "groups")).map((group) => [group.id, group.name ?? ""]));
  const first = proposed.slots
    .filter(({ lecturer }) => lecturer)
    .slice(0, 3)
    .map(
      ({ start, group, lecturer }) =>
        `${dateWords(start, reading)} ${groups.get(group)} · ${names.get(lecturer!)}`,
    );
  const made = smallText("scheduleMade", language, {
    filled: String(proposed.filled),
    unfilled: String(proposed.unfilled),
    changed: "0",
  });
  return {
    kind: "message",
    key: `schedule-ready:${id}`,
    to: { person: ctx.workspace.admins[0]! },
    audience: "admin",
    template: "schedule.ready",
    data: { proposal: id, items: [made, ...unsure(ctx, proposed), ...first] },
    useUntil: ctx.now + 10 * 86_400_000,
  };
}

/** What may still change by itself: holidays not announced, leave too far ahead to be seen. */
function unsure(ctx: Ctx, { slots }: Proposal): string[] {
  const { language } = ctx.settings;
  const zone = ctx.workspace.timezone;
  const years = [
    ...new Set(
      slots.filter(({ provisional }) => provisional).map(({ start }) => localDay(start, zone).slice(0, 4)),
    ),
  ];
  const unseen = slots.filter(({ leaveUnseen }) => leaveUnseen).length;
  return [
    ...years.map((year) => smallText("holidaysUnknown", language, { year })),
    ...(unseen > 0 ? [smallText("leaveUnseen", language, { n: String(unseen) })] : []),
  ];
}
