import { objectiveOf } from "./check.ts";
import type { Assignment } from "./check.ts";
import { searchExactly } from "./exact.ts";
import { keepPrevious } from "./keep.ts";
import { buildLanes } from "./lanes.ts";
import { closeLevels } from "./levels.ts";
import type { Pairs } from "./pairs.ts";
import { relax } from "./relax.ts";
import { searchPlan } from "./search.ts";
import type { Means, Solution } from "./solution.ts";
import { solveWithin } from "./within.ts";

/** Moves the chain search looks at before it settles: about two seconds at 300 lecturers and 1000 slots. */
const searchEffort = 4_000_000;
/** Nodes of the exhaustive search: a fraction of a second. */
const exactEffort = 200_000;
/** Beyond so many pairs that effort rarely rules out everything; without a solver it is worth a longer try. */
const exactPairs = { withSolver: 24, alone: 400 };

/** The best plan for the aims of design.md §8 in their order, with what is proven about it. */
export function solve(pairs: Pairs, means: Means): Solution {
  const kept = keepPrevious(pairs);
  if (kept !== null) {
    // All that can be filled is, and nobody moves who need not: every plan as good keeps the same pairs.
    const rest = solveFresh(kept.pairs, means);
    if (objectiveOf(pairs.model, rest.assignment).filled === kept.fillable) return rest;
  }
  return solveFresh(pairs, means);
}

function solveFresh(pairs: Pairs, means: Means): Solution {
  const size = pairs.candidates.reduce((total, list) => total + list.length, 0);
  if (size <= (means.solver ? exactPairs.withSolver : exactPairs.alone)) {
    const exact = searchExactly(pairs, searchPlan(pairs, { effort: 20_000 }), exactEffort);
    if (exact.complete) return proven(pairs, exact.assignment);
  }
  const lanes = buildLanes(pairs);
  const relaxed = relax(lanes);
  const within = solveWithin(lanes, relaxed, means);
  if (within !== null) return within;
  const first = searchPlan(pairs, { effort: searchEffort, expired: means.expired });
  return closeLevels(lanes, relaxed, first, means);
}

function proven(pairs: Pairs, assignment: Assignment): Solution {
  return { assignment, bound: objectiveOf(pairs.model, assignment), optimal: true };
}
