import { fromHundredths, toHundredths } from "../numbers.ts";
import { closePeriod } from "./close.ts";
import type { Award, CloseResult } from "./close.ts";
import type { SimulateInput } from "./input.ts";
import type { Rule } from "./rules.ts";

interface Side {
  points: number;
  awards: number;
}

export interface Change {
  before: Side;
  after: Side;
  difference: Side;
}

export interface SimulateResult {
  lecturers: ({ lecturer: string } & Change)[];
  total: Change;
  /** Ids of lecturers with more, or fewer, points (with equal points: awards). */
  gain: string[];
  lose: string[];
  /** What the change costs over all periods: points, and awards by kind. */
  cost: { points: number; awards: Record<Award["kind"], number> };
  periods: { period: string; before: Side; after: Side }[];
}

/** What other rules would have given: both sets over the same past, from an empty ledger. */
export function simulate(input: SimulateInput): SimulateResult {
  const before = input.periods.map((period) => closePeriod({ ...input, period, ledger: [] }));
  const proposed = asAlwaysInForce(input.proposed);
  const after = input.periods.map((period) => closePeriod({ ...input, rules: proposed, period, ledger: [] }));
  const lecturers = input.lecturers.map(({ id }) => ({
    lecturer: id,
    ...change(side(before, id), side(after, id)),
  }));
  const order = ({ difference }: Change) => Math.sign(difference.points) || Math.sign(difference.awards);
  return {
    lecturers,
    total: change(side(before), side(after)),
    gain: lecturers.filter((one) => order(one) > 0).map((one) => one.lecturer),
    lose: lecturers.filter((one) => order(one) < 0).map((one) => one.lecturer),
    cost: {
      points: change(side(before), side(after)).difference.points,
      awards: awardCost(before, after),
    },
    periods: input.periods.map((period, at) => ({
      period,
      before: side(before.slice(at, at + 1)),
      after: side(after.slice(at, at + 1)),
    })),
  };
}

/** Proposed rules start in the future; for the question "what if" the newest version of each holds throughout. */
function asAlwaysInForce(rules: readonly Rule[]): Rule[] {
  const newest = new Map<string, Rule>();
  for (const one of rules) if (one.version >= (newest.get(one.id)?.version ?? 0)) newest.set(one.id, one);
  return [...newest.values()].map((one) => ({
    ...one,
    from: undefined,
    to: undefined,
    status: one.status === "off" ? "off" : "active",
  }));
}

function side(results: readonly CloseResult[], lecturer?: string): Side {
  const mine = <T extends { lecturer: string }>(list: readonly T[]) =>
    lecturer === undefined ? list : list.filter((one) => one.lecturer === lecturer);
  return {
    points: fromHundredths(
      results
        .flatMap((one) => mine(one.entries))
        .reduce((total, entry) => total + toHundredths(entry.points), 0),
    ),
    awards: results.flatMap((one) => mine(one.awards)).length,
  };
}

function change(before: Side, after: Side): Change {
  const points = fromHundredths(toHundredths(after.points) - toHundredths(before.points));
  return { before, after, difference: { points, awards: after.awards - before.awards } };
}

function awardCost(
  before: readonly CloseResult[],
  after: readonly CloseResult[],
): Record<Award["kind"], number> {
  const count = (results: readonly CloseResult[], kind: Award["kind"]) =>
    results.flatMap((one) => one.awards).filter((award) => award.kind === kind).length;
  const cost = (kind: Award["kind"]) => count(after, kind) - count(before, kind);
  return { honour: cost("honour"), material: cost("material"), growth: cost("growth"), none: cost("none") };
}
