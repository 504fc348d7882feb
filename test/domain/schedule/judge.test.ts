import loadHighs from "highs";
import { expect, test } from "vitest";
import { plan } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput, PlanProblem } from "#domain/schedule/problem.ts";
import { loadSolver } from "#server/engine/workers/solver.ts";
import { planPlainly } from "../../../bench/baselines/highs.ts";
import { anyProblem, scarceProblem } from "./make-problem.ts";
import { aims, bestAims, broken } from "./oracle.ts";

const long = process.env["LECTERN_LONG"] === "1";
const solver = await loadSolver();
const highs = await loadHighs();

function parsed(input: PlanInput): PlanProblem {
  const result = parsePlanProblem(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function judged(problem: PlanProblem, expected: readonly number[], seed: number): void {
  const result = plan(problem, { solver });
  const chosen = Object.fromEntries(result.assignments.map((one) => [one.slot, one.lecturer]));
  const pinned = new Set(problem.pinned.map((pin) => pin.slot));
  expect(
    broken(problem, chosen).filter((one) => !pinned.has(one.slot)),
    `seed ${seed}`,
  ).toEqual([]);
  const mine = aims(problem, chosen);
  const { filled, changed, unfairness, fit } = result.bound;
  expect(result.optimal, `seed ${seed}`).toBe(true);
  const close = (values: readonly (number | null)[]) =>
    values.every(
      (value, at) => Math.abs((value ?? NaN) - expected[at]!) <= 1e-6 * Math.max(1, Math.abs(expected[at]!)),
    );
  expect(close(mine), `seed ${seed}: ${mine.join(" ")} against ${expected.join(" ")}`).toBe(true);
  expect(close([filled, changed, unfairness, fit]), `seed ${seed}: bound`).toBe(true);
}

test(
  "exhaustive search on random problems of up to 6 slots finds nothing better, and all is proven",
  { timeout: 600_000 },
  () => {
    for (let seed = 1; seed <= (long ? 300 : 60); seed += 1) {
      const problem = parsed(anyProblem(seed, 3, 6));
      judged(problem, bestAims(problem), seed);
    }
  },
);

test(
  "HiGHS over cliques on random problems of up to 25 slots agrees in all four aims",
  { timeout: 1_200_000 },
  () => {
    for (let seed = 1001; seed <= 1000 + (long ? 300 : 60); seed += 1) {
      const problem = parsed(anyProblem(seed, 8, 25));
      const judge = planPlainly(highs, problem);
      expect(judge.proven, `seed ${seed}`).toBe(4);
      judged(problem, judge.aims, seed);
    }
  },
);

test(
  "scarce capacity, where a relaxed bound cannot be reached, is proven with the judge's values",
  { timeout: 1_200_000 },
  () => {
    for (const [gap, weeks] of [
      [28, 52],
      [21, 20],
      [28, 16],
      [14, 8],
    ] as const)
      for (let seed = 1; seed <= (long ? 10 : 3); seed += 1) {
        const problem = parsed(scarceProblem(14, 60, seed, gap, weeks));
        const judge = planPlainly(highs, problem);
        expect(judge.proven).toBe(4);
        judged(problem, judge.aims, seed);
      }
  },
);

test(
  "a scarce plan made over stays as it can: an earlier plan, a lecturer who drops out, pins",
  { timeout: 1_200_000 },
  () => {
    for (let seed = 1; seed <= (long ? 10 : 4); seed += 1) {
      const input = scarceProblem(10, 40, seed, 21, 20);
      const first = plan(parsed(input), { solver });
      const previous = first.assignments.map(({ slot, lecturer }) => ({ slot, lecturer }));
      const pinned = [previous[seed]!, { slot: input.slots[seed * 3]!.id, lecturer: "l1" }];
      const lecturers = input.lecturers.map((one, at) =>
        at === seed % 10 ? { ...one, groups: ["elsewhere"] } : one,
      );
      const problem = parsed({ ...input, lecturers, previous, pinned });
      const judge = planPlainly(highs, problem);
      expect(judge.proven).toBe(4);
      judged(problem, judge.aims, seed);
    }
  },
);
