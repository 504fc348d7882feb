import { expect, test } from "vitest";
import { branchAndCut } from "#domain/schedule/branch.ts";
import { plan } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput } from "#domain/schedule/problem.ts";
import type { Mip, MipAnswer, Solver } from "#domain/schedule/solver.ts";
import { loadSolver } from "#server/engine/workers/solver.ts";
import { anyProblem, makeProblem, random, scarceProblem } from "./make-problem.ts";

const highs = await loadSolver();

function worth(mip: Mip, answer: MipAnswer): number {
  if (answer.status === "infeasible") return -Infinity;
  expect(answer.chosen).not.toBeNull();
  return answer.chosen!.reduce((total, column) => total + mip.cost[column]!, 0);
}

/** Everything the planner asks of the solver is asked of branch and cut too. */
function planWatched(input: PlanInput, compared: { count: number }): void {
  const watched: Solver = {
    ...highs,
    solve(mip, limits) {
      const answer = highs.solve(mip, limits);
      if (mip.fine || mip.cost.length > 400) return answer;
      const exact = { ...limits, gap: 1e-6 };
      const mine = branchAndCut(mip, highs.open, { ...exact, nodes: 100_000 });
      const judge = highs.solve(mip, { ...exact, nodes: 100_000 });
      expect(mine.status).toBe(judge.status);
      if (mine.status === "infeasible") return answer;
      const best = worth(mip, judge);
      expect(Math.abs(worth(mip, mine) - best)).toBeLessThan(1e-5);
      expect(mine.bound).toBeGreaterThan(best - 1e-5);
      expect(mine.bound).toBeLessThan(best + 1e-5);
      compared.count += 1;
      return answer;
    },
  };
  const parsed = parsePlanProblem(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  plan(parsed.value, { solver: watched });
}

test("on what the planner asks it agrees with HiGHS, plan and bound", { timeout: 300_000 }, () => {
  const compared = { count: 0 };
  for (let seed = 1; seed <= 60; seed += 1) planWatched(anyProblem(seed, 8, 25), compared);
  for (let seed = 1; seed <= 8; seed += 1) planWatched(scarceProblem(14, 60, seed, 21, 20), compared);
  for (let seed = 1; seed <= 4; seed += 1) planWatched(makeProblem(20, 60, seed, [28]), compared);
  expect(compared.count).toBeGreaterThan(20);
});

test("on random rows of all kinds it agrees with trying every choice", { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const next = random(seed);
    const size = 4 + Math.floor(next() * 9);
    const cost = Array.from({ length: size }, () => Math.round((next() - 0.3) * 20) / 4);
    const rows = Array.from({ length: 2 + Math.floor(next() * 6) }, () => {
      const columns = [...Array(size).keys()].filter(() => next() < 0.45);
      const values = next() < 0.6 ? undefined : columns.map(() => Math.floor(next() * 5) - 1);
      const upper = 1 + Math.floor(next() * 2);
      const lower = next() < 0.3 ? upper : next() < 0.2 ? 1 : -Infinity;
      return values ? { lower, upper, columns, values } : { lower, upper, columns };
    });
    let best = -Infinity;
    for (let set = 0; set < 1 << size; set += 1) {
      const has = (column: number) => (set >> column) & 1;
      const keeps = rows.every((row) => {
        const total = row.columns.reduce((sum, column, k) => sum + has(column) * (row.values?.[k] ?? 1), 0);
        return total >= row.lower && total <= row.upper;
      });
      if (keeps)
        best = Math.max(
          best,
          cost.reduce((sum, value, column) => sum + value * has(column), 0),
        );
    }
    const answer = branchAndCut({ cost, rows }, highs.open, { nodes: 10_000, gap: 1e-7 });
    expect(answer.status, `seed ${seed}`).toBe(best === -Infinity ? "infeasible" : "optimal");
    if (answer.status !== "optimal") continue;
    expect(worth({ cost, rows }, answer), `seed ${seed}`).toBeCloseTo(best, 6);
    expect(answer.bound, `seed ${seed}`).toBeCloseTo(best, 5);
  }
});
