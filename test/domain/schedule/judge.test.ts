import loadHighs from "highs";
import { expect, test } from "vitest";
import { plan } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput, PlanProblem } from "#domain/schedule/problem.ts";
import { loadSolver } from "#server/engine/workers/solver.ts";
import { planPlainly } from "../../../bench/baselines/highs.ts";
import { random, scarceProblem } from "./make-problem.ts";
import { aims, bestAims, broken } from "./oracle.ts";

const long = process.env["LECTERN_LONG"] === "1";
const solver = await loadSolver();
const highs = await loadHighs();

/** Problems of every kind that people meet: pins, earlier plans, history, caps, gaps, long sessions, odd weights and credits. */
function anyProblem(seed: number, mostLecturers: number, mostSlots: number): PlanProblem {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const chance = (share: number) => next() < share;
  const count = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const decimal = () => Math.round(next() * 100) / 100;
  const day = 86_400_000;
  const from = Date.UTC(2026, 9, 26);
  const days = pick([5, 12, 30, 60]);
  const at = () =>
    new Date(from + count(0, days) * day + pick([1, 2, 7, 7.5, 15.5]) * 3_600_000).toISOString();
  const [lecturers, slots] = [count(1, mostLecturers), count(1, mostSlots)];
  const groups = pick([["g0"], ["g0", "g1"]]);
  const [weights, credits] = [
    pick([[1], [0.5, 1, 2], [0.7, 1, 1.3]]),
    pick([[0], [0, 1, 2, 5], [-1.5, 0.25, 0.37]]),
  ];
  const gaps = pick([[undefined], [0, 1, 2], [7, 14], [14, 21, 28]]);
  const caps = pick([[undefined], [undefined, 1, 2], [1, 2]]);
  const pairs = (most: number) =>
    [...Array(slots).keys()]
      .filter(() => chance(most / Math.max(1, slots)))
      .map((slot) => ({ slot: `s${slot}`, lecturer: `l${count(0, lecturers - 1)}` }));
  const input: PlanInput = {
    timezone: pick(["Asia/Shanghai", "America/New_York"]),
    topics: ["t0", "t1", "t2"].map((id) => ({ id, tags: { a: decimal(), [pick(["b", "c"])]: decimal() } })),
    slots: Array.from({ length: slots }, (_, index) => ({
      id: `s${index}`,
      group: pick(groups),
      start: at(),
      minutes: chance(0.05) ? 2000 : pick([30, 45, 90]),
      topics: ["t0", "t1", "t2"].filter(() => chance(0.5)),
      requires: (chance(0.1) ? { a: 0.5 } : {}) as Record<string, number>,
    })),
    lecturers: Array.from({ length: lecturers }, (_, index) => {
      const cap = pick(caps);
      const gap = pick(gaps);
      return {
        id: `l${index}`,
        groups: groups.filter(() => chance(0.8)),
        weight: pick(weights),
        credit: pick(credits),
        expertise: { a: decimal(), b: decimal(), c: chance(0.1) ? -1 : next() },
        windows: chance(0.7)
          ? []
          : [1, 2, 3, 4, 5, 6, 7]
              .filter(() => chance(0.6))
              .map((weekday) => ({ weekday, from: "00:00", to: pick(["16:00", "24:00"]) })),
        busy: chance(0.2)
          ? [{ from: new Date(from).toISOString(), to: new Date(from + count(0, 9) * day).toISOString() }]
          : [],
        ...(cap === undefined ? {} : { maxPerMonth: cap }),
        ...(gap === undefined ? {} : { minGapDays: gap }),
      };
    }),
    history: Array.from({ length: chance(0.5) ? count(0, lecturers) : 0 }, () => ({
      lecturer: `l${count(0, lecturers)}`,
      start: new Date(from - count(-3, 20) * day).toISOString(),
    })),
    pinned: chance(0.3) ? pairs(2) : [],
    previous: chance(0.4)
      ? pairs(pick([3, slots])).map((one) => (chance(0.1) ? { ...one, lecturer: "gone" } : one))
      : [],
  };
  return parsed(input);
}

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
      const problem = anyProblem(seed, 3, 6);
      judged(problem, bestAims(problem), seed);
    }
  },
);

test(
  "HiGHS over cliques on random problems of up to 25 slots agrees in all four aims",
  { timeout: 1_200_000 },
  () => {
    for (let seed = 1001; seed <= 1000 + (long ? 300 : 60); seed += 1) {
      const problem = anyProblem(seed, 8, 25);
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
