import { objectiveOf } from "#domain/schedule/check.ts";
import type { Objective } from "#domain/schedule/check.ts";
import { buildModel } from "#domain/schedule/model.ts";
import { buildPairs } from "#domain/schedule/pairs.ts";
import type { PlanProblem } from "#domain/schedule/problem.ts";
import { PlanState } from "#domain/schedule/state.ts";

/** How people assign by hand: slot by slot in time, whoever may and comes first by `rank` (least first), then by order. */
function pick(
  problem: PlanProblem,
  rank: (lecturer: number, state: PlanState, day: number, last: ReadonlyMap<number, number>) => number,
): Objective {
  const pairs = buildPairs(buildModel(problem));
  const state = new PlanState(pairs);
  const last = new Map<number, number>();
  for (const { index, history } of pairs.model.lecturers)
    for (const { day } of history) last.set(index, Math.max(day, last.get(index) ?? -Infinity));
  for (const slot of [...pairs.model.slots].sort((a, b) => a.start - b.start)) {
    const free = (pairs.candidates[slot.index] ?? [])
      .map((one) => one.lecturer)
      .filter((lecturer) => state.blockers(slot.index, lecturer)?.length === 0)
      .map((lecturer) => ({ lecturer, rank: rank(lecturer, state, slot.day, last) }))
      .sort((a, b) => a.rank - b.rank || a.lecturer - b.lecturer);
    const [first] = free;
    if (!first) continue;
    state.put(slot.index, first.lecturer);
    last.set(first.lecturer, slot.day);
  }
  return objectiveOf(pairs.model, state.assigned);
}

/** Whose last turn lies longest ago. */
export function leastRecentlyUsed(problem: PlanProblem): Objective {
  return pick(problem, (lecturer, _state, _day, last) => last.get(lecturer) ?? -Infinity);
}

/** Whose turns, credit included, are fewest for their weight. */
export function weightedRoundRobin(problem: PlanProblem): Objective {
  return pick(problem, (lecturer, state) => {
    const { credit, weight } = state.lecturer(lecturer);
    return ((state.load[lecturer] ?? 0) + 1 + credit) / weight;
  });
}
