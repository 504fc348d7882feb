import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { showPlan, type PlanPreview } from "./preview.ts";
import { keepPlan, planSchedule, spanAhead, type Proposal, type Span } from "./propose.ts";
import type { Wishes } from "./wishes.ts";

/** How a plan leaves the span: what it fills, what stays open, and how evenly turns then lie. */
export interface Outlook {
  filled: number;
  open: number;
  /** Turns in the span by lecturer's record id, published ones included. */
  turns: Record<string, number>;
  /** Difference between who has most and who has least against what is due. */
  spread: number;
}

/** One meeting that would be someone else's; null = nobody's. */
export interface Difference {
  slot: string;
  start: number;
  group: string;
  before: string | null;
  after: string | null;
}

export interface WhatIf {
  /** As planned without the wishes; `wished` with them. */
  present: Outlook;
  wished: Outlook;
  differences: Difference[];
  preview: PlanPreview;
}

/**
 * What if: a plan under an admin's wishes (pins, keeping someone out, other limits, published sessions decided anew) beside the
 * plan as it is. Nobody is told and nothing changes; `preview.proposal` can be published like any other, with the same wishes.
 */
export async function whatIf(
  ctx: Ctx,
  input: { wishes: Wishes; weeks?: number; span?: Span },
): Promise<WhatIf> {
  const span = input.span ?? spanAhead(ctx, input.weeks);
  const { only } = input.wishes;
  const plain = await planSchedule(ctx, span, only ? { wishes: { only: true, reopen: [] } } : {});
  const made = await planSchedule(ctx, span, { wishes: input.wishes });
  const id = await keepPlan(ctx, made);
  const published = (await upcomingSessions(ctx)).filter(
    ({ start }) => span.from <= start! && start! < span.to,
  );
  const anew = new Set(made.slots.flatMap(({ session }) => session ?? []));
  const given = (plan: Proposal, without: ReadonlySet<string>) => [
    ...plan.slots.map(({ lecturer }) => lecturer),
    ...published
      .filter(({ id: one, lecturer }) => lecturer && !without.has(one))
      .map(({ lecturer }) => lecturer!),
  ];
  return {
    present: outlook(plain, given(plain, new Set())),
    wished: outlook(made, given(made, anew)),
    differences: await differences(ctx, plain, made),
    preview: await showPlan(ctx, id, made),
  };
}

function outlook({ spread = 0 }: Proposal, speakers: readonly (string | null)[]): Outlook {
  const turns: Record<string, number> = {};
  for (const one of speakers) if (one) turns[one] = (turns[one] ?? 0) + 1;
  const filled = speakers.filter(Boolean).length;
  return { filled, open: speakers.length - filled, turns, spread };
}

async function differences(ctx: Ctx, plain: Proposal, wished: Proposal): Promise<Difference[]> {
  const before = new Map(plain.slots.map(({ slot, lecturer }) => [slot, lecturer]));
  const speakers = new Map(
    (await allRecords(ctx, "sessions")).map(({ id, lecturer }) => [id, lecturer ?? null]),
  );
  return wished.slots.flatMap(({ slot, start, group, session, lecturer }): Difference[] => {
    const was = before.get(slot) ?? (session ? (speakers.get(session) ?? null) : null);
    return was === lecturer ? [] : [{ slot, start, group, before: was, after: lecturer }];
  });
}
