import { parentPort } from "node:worker_threads";
import { plan } from "#domain/schedule/plan.ts";
import type { Solver } from "#domain/schedule/solver.ts";
import type { PlanReply, PlanRequest } from "./planner.ts";
import { loadSolver } from "./solver.ts";

/** The thread of planner.ts: takes a problem, answers with a plan. */
const { solve, open } = await loadSolver();
let spent = false;
const solver: Solver = {
  solve(mip, limits) {
    spent = true;
    return solve(mip, limits);
  },
  open(mip) {
    spent = true;
    return open(mip);
  },
};

parentPort?.on("message", ({ problem, options }: PlanRequest) => {
  parentPort?.postMessage(replyTo({ problem, options }));
});

function replyTo({ problem, options }: PlanRequest): PlanReply {
  try {
    return { result: plan(problem, { ...options, solver }), spent };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
