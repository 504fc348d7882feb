import { smallText } from "#base/defaults/small-texts.ts";
import { plan, type PlanResult } from "#domain/schedule/plan.ts";
import type { Effect } from "#domain/effects.ts";
import { dateWords } from "#domain/messages/dates.ts";
import { transaction, type Ctx } from "../../context.ts";
import { proposal } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { allRecords } from "../records/read.ts";
import { scheduleProblem, type PlannedSlotFacts } from "./problem.ts";

const WEEK = 7 * 86_400_000;

/** One slot of a proposal, as stored: who speaks, what about, and why. */
export interface ProposedSlot {
  slot: string;
  group: string;
  start: number;
  minutes: number;
  session?: string;
  lecturer: string | null;
  topic: string | null;
  why: string;
}

export interface Proposal {
  /** Of what was planned on: another digest means that the data changed since. */
  digest: string;
  slots: ProposedSlot[];
  filled: number;
  unfilled: number;
}

/** Plans the weeks that are to be published. Nothing is stored: publishing goes the same way. */
export async function planSchedule(ctx: Ctx): Promise<Proposal> {
  const from = ctx.now + 86_400_000;
  const { problem, slots } = await scheduleProblem(ctx, from, ctx.now + ctx.settings.publishedWeeks * WEEK);
  const result = plan(problem, { language: ctx.settings.language });
  return proposalOf(slots, result, fingerprint({ slots: problem.slots, lecturers: problem.lecturers, history: problem.history }));
}

function proposalOf(slots: Map<string, PlannedSlotFacts>, result: PlanResult, digest: string): Proposal {
  const given = new Map(result.assignments.map((assignment) => [assignment.slot, assignment]));
  const proposed = [...slots].map(([slot, { group, start, minutes, session }]): ProposedSlot => {
    const found = given.get(slot);
    return {
      slot,
      group: group.id,
      start,
      minutes,
      ...(session ? { session } : {}),
      lecturer: found?.lecturer ?? null,
      topic: found?.topic ?? null,
      why: (found?.why ?? []).join("；"),
    };
  });
  proposed.sort((a, b) => a.start - b.start || (a.slot < b.slot ? -1 : 1));
  return { digest, slots: proposed, filled: result.assignments.length, unfilled: result.unfilled.length };
}

/** Lays a new schedule before the admin, when there is anything new to publish. */
export async function proposeSchedule(ctx: Ctx): Promise<{ slots: number }> {
  if (ctx.workspace.admins.length === 0) return { slots: 0 };
  const proposed = await planSchedule(ctx);
  const fresh = proposed.slots.filter(({ session, lecturer }) => !session || lecturer);
  if (fresh.length === 0) return { slots: 0 };
  return transaction(ctx, async (tx) => {
    const id = fingerprint([tx.workspace.id, proposed.digest]);
    await tx.db
      .insert(proposal)
      .values({ id, workspace: tx.workspace.id, digest: proposed.digest, plan: proposed, at: tx.now })
      .onConflictDoNothing();
    await post(tx, [await readyCard(tx, id, proposed)]);
    return { slots: fresh.length };
  });
}

/** The admin's card: how much is filled, the first dates, and one button. */
export async function readyCard(ctx: Ctx, id: string, proposed: Proposal): Promise<Effect> {
  const { language } = ctx.settings;
  const reading = { now: ctx.now, zone: ctx.workspace.timezone, language };
  const names = new Map((await allRecords(ctx, "lecturers")).map((lecturer) => [lecturer.id, lecturer.name ?? ""]));
  const groups = new Map((await allRecords(ctx, "groups")).map((group) => [group.id, group.name ?? ""]));
  const first = proposed.slots
    .filter(({ lecturer }) => lecturer)
    .slice(0, 3)
    .map(({ start, group, lecturer }) => `${dateWords(start, reading)} ${groups.get(group)} · ${names.get(lecturer!)}`);
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
    data: { proposal: id, items: [made, ...first] },
    useUntil: ctx.now + 10 * 86_400_000,
  };
}
