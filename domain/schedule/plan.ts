import { fairnessOf, findViolations, objectiveOf } from "./check.ts";
import type { Assignment, Fairness, Objective, Violation } from "./check.ts";
import { Explainer } from "./explain.ts";
import type { Language, Names, Unfilled } from "./explain.ts";
import { buildModel, fitOf } from "./model.ts";
import type { Model } from "./model.ts";
import { buildPairs } from "./pairs.ts";
import type { PlanProblem } from "./problem.ts";
import type { Means } from "./solution.ts";
import { solve } from "./solve.ts";

/** Without `expired` and `remaining` equal input gives equal output. */
export interface PlanOptions extends Means {
  /** Language of the explanations; zh by default. */
  language?: Language | undefined;
  /** Lecturer id → name, for the explanations; ids stand where there is none. */
  names?: Names | undefined;
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

/** Assigns lecturers to slots by the hard rules and aims of design.md §8. The problem must have passed `parsePlanProblem`. */
export function plan(problem: PlanProblem, options: PlanOptions = {}): PlanResult {
  const model = buildModel(problem);
  const pairs = buildPairs(model);
  const found = solve(pairs, options);
  const violations = findViolations(model, found.assignment);
  refuseBrokenRules(violations, problem);
  return {
    ...describe(model, found.assignment, options),
    objective: objectiveOf(model, found.assignment),
    bound: found.bound,
    optimal: found.optimal,
    violations,
    fairness: fairnessOf(model, found.assignment),
  };
}

function describe(
  model: Model,
  assignment: Assignment,
  { language = "zh", names }: PlanOptions,
): Pick<PlanResult, "assignments" | "unfilled"> {
  const explainer = new Explainer(model, assignment, language, names);
  const assignments: PlannedSlot[] = [];
  const unfilled: Unfilled[] = [];
  for (const slot of model.slots) {
    const lecturer = model.lecturers[assignment[slot.index] ?? -1];
    if (!lecturer) {
      unfilled.push(explainer.unfilled(slot));
      continue;
    }
    const fit = fitOf(lecturer, slot);
    const next = explainer.next(slot, lecturer);
    assignments.push({
      slot: slot.id,
      lecturer: lecturer.id,
      topic: fit.topic,
      fit: fit.value,
      why: explainer.why(slot, lecturer, next),
      next,
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
