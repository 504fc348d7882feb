import { findViolations } from "./check.ts";
import type { Assignment, Objective } from "./check.ts";
import type { Pairs } from "./pairs.ts";
import type { Solver } from "./solver.ts";

/** What a search may use. */
export interface Means {
  solver?: Solver | undefined;
  /** True once the time given is over. */
  expired?: (() => boolean) | undefined;
  /** Seconds left of the time given. */
  remaining?: (() => number) | undefined;
}

/** A plan and, level by level, what no plan can beat; null after the first level that is not proven. */
export interface Solution {
  assignment: Assignment;
  bound: { [level in keyof Objective]: number | null };
  optimal: boolean;
}

export const levelNames = ["filled", "changed", "unfairness", "fit"] as const;

/** Whether only pins break a rule. */
export function keepsRules(pairs: Pairs, assignment: Assignment): boolean {
  const pinned = new Set([...pairs.model.pinned.keys()].map((slot) => pairs.model.slots[slot]?.id));
  return findViolations(pairs.model, assignment).every((violation) => pinned.has(violation.slot));
}
