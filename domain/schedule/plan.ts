import { sameValue } from "../numbers.ts";
import { relaxedBounds } from "./bounds.ts";
import { compareObjectives, fairnessOf, findViolations, objectiveOf } from "./check.ts";
import type { Assignment, Fairness, Objective, Violation } from "./check.ts";
import { searchExactly } from "./exact.ts";
import { Explainer } from "./explain.ts";
import type { Language, Unfilled } from "./explain.ts";
import { buildModel, fitOf } from "./model.ts";
import type { Model } from "./model.ts";
import { buildPairs } from "./pairs.ts";
import type { Pairs } from "./pairs.ts";
import type { PlanProblem } from "./problem.ts";
import { searchPlan } from "./search.ts";

export interface PlanOptions {
  /** Language of the explanations; zh by default. */
  language?: Language;
  /** True once the time given is over; the plan so far is returned. Without it equal input gives equal output. */
  expired?: () => boolean;
}

export interface PlannedSlot {
  slot: string;
  lecturer: string;
  topic: string | null;
  fit: number;
  why: string[];
  next: string[];
}

export interface PlanResult {
  assignments: PlannedSlot[];
  unfilled: Unfilled[];
  objective: Objective;
  /** Proven values; null after the first level that is not proven. */
  bound: { [level in keyof Objective]: number | null };
  optimal: boolean;
  violations: Violation[];
  fairness: Fairness;
}

/** Moves a search looks at before it settles: about two seconds at 300 lecturers and 1000 slots. */
const searchEffort = 4_000_000;
/** Nodes of the exact search: a fraction of a second. */
const exactEffort = 200_000;
/** Beyond so many pairs that effort never rules out everything. */
const exactPairs = 400;
const levels = ["filled", "changed", "unfairness", "fit"] as const;

/** Assigns lecturers to slots by the hard rules and aims of design.md §8. The problem must have passed `parsePlanProblem`. */
export function plan(problem: PlanProblem, options: PlanOptions = {}): PlanResult {
  const model = buildModel(problem);
  const pairs = buildPairs(model);
  const found = solve(pairs, options);
  const violations = findViolations(model, found.assignment);
  refuseBrokenRules(violations, problem);
  return {
    ...describe(model, found.assignment, options.language ?? "zh"),
    objective: objectiveOf(model, found.assignment),
    ...proof(found.bounds, objectiveOf(model, found.assignment)),
    violations,
    fairness: fairnessOf(model, found.assignment),
  };
}

function solve(pairs: Pairs, options: PlanOptions): { assignment: Assignment; bounds: Objective } {
  const first = searchPlan(pairs, { effort: searchEffort, expired: options.expired });
  const value = objectiveOf(pairs.model, first);
  const bounds = relaxedBounds(pairs, value);
  if (levels.every((level) => sameValue(bounds[level], value[level]))) return { assignment: first, bounds };
  const size = pairs.candidates.reduce((total, list) => total + list.length, 0);
  if (size > exactPairs || options.expired?.()) return { assignment: first, bounds };
  const exact = searchExactly(pairs, first, exactEffort);
  const better = objectiveOf(pairs.model, exact.assignment);
  if (exact.complete) return { assignment: exact.assignment, bounds: better };
  // Bounds of later levels hold only beside the earlier levels' values, which a better plan may have moved.
  const moved = compareObjectives(better, value) !== 0;
  return { assignment: exact.assignment, bounds: moved ? relaxedBounds(pairs, better) : bounds };
}

/** Levels up to and including the first unproven one carry their bound. */
function proof(bounds: Objective, reached: Objective): Pick<PlanResult, "bound" | "optimal"> {
  const bound: PlanResult["bound"] = { filled: null, changed: null, unfairness: null, fit: null };
  for (const level of levels) {
    const proven = sameValue(bounds[level], reached[level]);
    // A proven level says the plan's own figure, free of the last bits of another order of adding up.
    bound[level] = proven ? reached[level] : bounds[level];
    if (!proven) return { bound, optimal: false };
  }
  return { bound, optimal: true };
}

function describe(
  model: Model,
  assignment: Assignment,
  language: Language,
): Pick<PlanResult, "assignments" | "unfilled"> {
  const explainer = new Explainer(model, assignment, language);
  const assignments: PlannedSlot[] = [];
  const unfilled: Unfilled[] = [];
  for (const slot of model.slots) {
    const lecturer = model.lecturers[assignment[slot.index] ?? -1];
    if (!lecturer) {
      unfilled.push(explainer.unfilled(slot));
      continue;
    }
    const fit = fitOf(lecturer, slot);
    assignments.push({
      slot: slot.id,
      lecturer: lecturer.id,
      topic: fit.topic,
      fit: fit.value,
      why: explainer.why(slot, lecturer),
      next: explainer.next(slot, lecturer),
    });
  }
  return { assignments, unfilled };
}

/** A pin may break a rule, nothing else may: a plan that does is a mistake of ours and never leaves here. */
function refuseBrokenRules(violations: readonly Violation[], problem: PlanProblem): void {
  const pinned = new Set(problem.pinned.map((pin) => pin.slot));
  const broken = violations.find((violation) => !pinned.has(violation.slot));
  if (broken)
    throw new Error(
      `the planner broke rule (${broken.rule}) for slot ${broken.slot}, lecturer ${broken.lecturer}`,
    );
}
