import { Worker } from "node:worker_threads";
import type { PlanOptions, PlanResult } from "#domain/schedule/plan.ts";
import type { PlanProblem } from "#domain/schedule/problem.ts";

/** What crosses to the worker: data only. */
export interface PlanRequest {
  problem: PlanProblem;
  options: Pick<PlanOptions, "language" | "names">;
}

export type PlanReply = { result: PlanResult; spent: boolean } | { error: string };

export interface Planner {
  /** Plans in a thread of its own: nobody waits but who asked. Aborting ends the search at once. */
  plan: (problem: PlanProblem, options?: PlanRequest["options"], signal?: AbortSignal) => Promise<PlanResult>;
  /** Plans asked for and not yet answered. */
  inFlight(): number;
  close(): Promise<void>;
}

/** One plan after the other: the machine has other work to do. */
export function createPlanner(): Planner {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let underWay = 0;

  function ready(): Worker {
    worker ??= startWorker();
    worker.ref();
    return worker;
  }

  async function drop(): Promise<void> {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  }

  async function run(request: PlanRequest, signal?: AbortSignal): Promise<PlanResult> {
    signal?.throwIfAborted();
    const reply = await ask(ready(), request, signal).catch(async (error: unknown) => {
      await drop();
      throw error;
    });
    if ("error" in reply) throw new Error(`planning failed: ${reply.error}`);
    // The solver's memory never shrinks: a worker that needed it is not used again.
    if (reply.spent) await drop();
    else worker?.unref();
    return reply.result;
  }

  return {
    plan(problem, options = {}, signal) {
      underWay += 1;
      const answer = last.then(() => run({ problem, options }, signal));
      last = answer.catch(() => undefined);
      return answer.finally(() => (underWay -= 1));
    },
    inFlight: () => underWay,
    async close() {
      await drop();
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL("./start-plan-worker.mjs", import.meta.url), { execArgv: [] });
}

function ask(worker: Worker, request: PlanRequest, signal?: AbortSignal): Promise<PlanReply> {
  return new Promise((resolve, reject) => {
    const abort = () => end(() => reject(signal?.reason as Error));
    const failed = (error: Error) => end(() => reject(error));
    const exited = (code: number) =>
      end(() => reject(new Error(`the planning thread ended (${code}) before it answered`)));
    const answered = (reply: PlanReply) => end(() => resolve(reply));
    const end = (then: () => void) => {
      signal?.removeEventListener("abort", abort);
      worker.off("message", answered).off("error", failed).off("exit", exited);
      then();
    };
    worker.on("message", answered).on("error", failed).on("exit", exited);
    signal?.addEventListener("abort", abort);
    worker.postMessage(request);
  });
}
