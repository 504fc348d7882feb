import { expect, test } from "vitest";
import { solveCore } from "#domain/schedule/core.ts";
import { relaxedFrame } from "#domain/schedule/frame.ts";
import { lagrangeBound } from "#domain/schedule/lagrange.ts";
import { buildLanes } from "#domain/schedule/lanes.ts";
import { buildModel } from "#domain/schedule/model.ts";
import { buildPairs } from "#domain/schedule/pairs.ts";
import { plan } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput, PlanProblem } from "#domain/schedule/problem.ts";
import { relax } from "#domain/schedule/relax.ts";
import { loadSolver } from "#server/engine/workers/solver.ts";
import { random } from "./make-problem.ts";

/** Small cases in which a certificate that trusts too much would call a wrong value proven; exhaustive search knows better. */
const solver = await loadSolver();

function parsed(input: PlanInput): PlanProblem {
  const result = parsePlanProblem(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function relaxedOf(problem: PlanProblem) {
  const lanes = buildLanes(buildPairs(buildModel(problem)));
  const relaxed = relax(lanes);
  return { relaxed, frame: relaxedFrame(lanes, relaxed) };
}

function expectTruth(problem: PlanProblem, best: readonly number[]): void {
  const { bound, objective, optimal } = plan(problem, { solver });
  expect(optimal).toBe(true);
  for (const values of [objective, bound])
    [values.filled, values.changed, values.unfairness, values.fit].forEach((value, at) =>
      expect(value).toBeCloseTo(best[at]!, 6),
    );
}

const tags = ["a", "b", "c"];

interface Someone {
  gap: number;
  credit?: number;
  weeks?: number[];
}

const skill = (lecturer: number, tag: number) => ((lecturer * 7 + tag * 3) % 10) / 10;

/** The best aims by trying every plan; one slot a week, so that a gap is a number of weeks. */
function exhaustive(weeks: number, lecturers: readonly Someone[]): number[] {
  let best = [-1, 0, Infinity, 0];
  const turns: number[][] = lecturers.map(() => []);
  const visit = (week: number, filled: number, fit: number): void => {
    if (week === weeks) {
      const unfair = lecturers.reduce(
        (sum, one, at) => sum + (turns[at]!.length + (one.credit ?? 0)) ** 2,
        0,
      );
      const order = best[0]! - filled || unfair - best[2]! || best[3]! - fit - 1e-9;
      if (order < 0) best = [filled, 0, unfair, fit];
      return;
    }
    visit(week + 1, filled, fit);
    for (const [at, { gap, weeks: can }] of lecturers.entries()) {
      const last = turns[at]!.at(-1) ?? -Infinity;
      if ((can && !can.includes(week)) || (week - last) * 7 < gap) continue;
      turns[at]!.push(week);
      visit(week + 1, filled + 1, fit + skill(at, week % 3));
      turns[at]!.pop();
    }
  };
  visit(0, 0, 0);
  return best;
}

/** Weekly slots from 4 November 2026; `lecturers` say their gap, credit and the weeks they can. */
function weekly(weeks: number, lecturers: readonly Someone[]): PlanInput {
  const day = (week: number) => new Date(Date.UTC(2026, 10, 4 + week * 7)).toISOString().slice(0, 10);
  return {
    timezone: "Asia/Shanghai",
    topics: tags.map((id) => ({ id, tags: { [id]: 1 } })),
    slots: Array.from({ length: weeks }, (_, week) => ({
      id: `s${week}`,
      group: "g",
      start: `${day(week)}T15:00:00+08:00`,
      minutes: 45,
      topics: [tags[week % 3]!],
    })),
    lecturers: lecturers.map(({ gap, credit = 0, weeks: can }, at) => ({
      id: `l${at}`,
      groups: ["g"],
      credit,
      minGapDays: gap,
      expertise: Object.fromEntries(tags.map((tag, k) => [tag, skill(at, k)])),
      busy: Array.from({ length: weeks }, (_, week) => week)
        .filter((week) => can && !can.includes(week))
        .map((week) => ({ from: `${day(week)}T00:00:00+08:00`, to: `${day(week)}T23:00:00+08:00` })),
    })),
  };
}

/** A few dozen pairs: beyond what the planner itself searches exhaustively. */
function anyCase(seed: number): { weeks: number; people: Someone[] } {
  const next = random(seed);
  const below = (count: number) => Math.floor(next() * count);
  const weeks = 7 + below(2);
  const people = Array.from({ length: 4 + below(3) }, (): Someone => {
    const from = below(4);
    return {
      gap: [7, 14, 21, 28, 35][below(5)]!,
      credit: below(3) === 0 ? below(6) : 0,
      weeks: Array.from({ length: weeks - from - below(3) }, (_, at) => from + at),
    };
  });
  return { weeks, people };
}
function caseOf(seed: number) {
  const { weeks, people } = anyCase(seed);
  const problem = parsed(weekly(weeks, people));
  const [filled, changed, unfairness, fit] = exhaustive(weeks, people) as [number, number, number, number];
  return {
    problem,
    ...relaxedOf(problem),
    people,
    filled,
    unfairness,
    fit,
    best: [filled, changed, unfairness, fit],
  };
}

test("trap 1: the dual of a restricted problem without a plan falls far below what can be had", () => {
  for (const seed of [180, 32, 112]) {
    const { problem, relaxed, frame, unfairness, fit, best } = caseOf(seed);
    const fallen = lagrangeBound(frame.level, { iterations: 2000, steps: [4, 0.1], enough: () => false });
    expect(relaxed.unfairness).toBeLessThan(unfairness);
    expect(fallen.value).toBeLessThan(fit - 1);
    expectTruth(problem, best);
  }
});

test("trap 2: a core without a plan says nothing about the plans outside it", () => {
  for (const seed of [180, 209, 42]) {
    const { problem, frame, best } = caseOf(seed);
    const all = new Uint8Array(frame.level.gain.length).fill(1);
    const core = solveCore(frame.level, all, solver, { nodes: 1000, gap: 1e-6 }, null);
    expect(core.status).toBe("infeasible");
    expectTruth(problem, best);
  }
});

test("trap 3: who has no turn is priced at nothing, not at a turn less than none, so that no good pair is cut away", () => {
  let attained = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const { problem, relaxed, frame, filled, unfairness, fit, best } = caseOf(seed);
    if (relaxed.filled !== filled || Math.abs(relaxed.unfairness - unfairness) > 1e-9) continue;
    attained += 1;
    const all = new Uint8Array(frame.level.gain.length).fill(1);
    const core = solveCore(frame.level, all, solver, { nodes: 1000, gap: 1e-6 }, null);
    expect(core.status, `seed ${seed}`).toBe("optimal");
    expect(core.status === "optimal" && core.bound, `seed ${seed}`).toBeCloseTo(fit, 6);
    expectTruth(problem, best);
  }
  expect(attained).toBeGreaterThan(20);
});

test("trap 4: as many as numbers of turns allow is not as many as gaps allow", () => {
  for (const seed of [42, 264, 37, 165]) {
    const { problem, relaxed, filled, best } = caseOf(seed);
    expect(relaxed.filled).toBeGreaterThan(filled);
    expectTruth(problem, best);
  }
});

test("whatever the case: what is called proven is what trying every plan finds", { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const { problem, best } = caseOf(seed);
    expectTruth(problem, best);
  }
});
