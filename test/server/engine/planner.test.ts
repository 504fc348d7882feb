import { afterEach, expect, test } from "vitest";
import { plan } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput } from "#domain/schedule/problem.ts";
import { createPlanner } from "#server/engine/workers/planner.ts";
import { makeProblem, scarceProblem } from "../../domain/schedule/make-problem.ts";

const planner = createPlanner();
afterEach(() => planner.close());

function parsed(input: PlanInput) {
  const result = parsePlanProblem(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

test("plans in a thread of its own while the event loop goes on, and counts as work until answered", async () => {
  const problem = parsed(scarceProblem(14, 60, 1, 21, 20));
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  const answer = planner.plan(problem, { language: "en", names: { l0: "Li Lei" } });
  expect(planner.inFlight()).toBe(1);
  const result = await answer;
  clearInterval(timer);
  expect(planner.inFlight()).toBe(0);
  expect(ticks).toBeGreaterThan(10);
  expect(result).toMatchObject({ optimal: true, objective: { filled: 52 } });
});

test("the same plan as in this thread, one after the other, byte for byte", async () => {
  const problems = [3, 5].map((seed) => parsed(makeProblem(6, 12, seed)));
  const results = await Promise.all(problems.map((problem) => planner.plan(problem)));
  expect(results.map((one) => JSON.stringify(one))).toEqual(problems.map((one) => JSON.stringify(plan(one))));
});

test("an abort ends the search at once, and the next plan is not harmed", async () => {
  const abort = new AbortController();
  const long = planner.plan(parsed(makeProblem(300, 1000, 1)), {}, abort.signal);
  setTimeout(() => abort.abort(new Error("not wanted any more")), 300);
  const began = performance.now();
  await expect(long).rejects.toThrow("not wanted any more");
  expect(performance.now() - began).toBeLessThan(3_000);
  expect((await planner.plan(parsed(makeProblem(6, 12, 3)))).optimal).toBe(true);
});
