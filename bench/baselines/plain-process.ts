import { fork } from "node:child_process";
import { once } from "node:events";
import loadHighs from "highs";
import type { PlanProblem } from "#domain/schedule/problem.ts";
import { planPlainly } from "./highs.ts";

/** What came of the plain way; `error` where the model needed more memory than WebAssembly has. */
export type PlainRun = { ms: number } & ({ proven: number; aims: number[] } | { error: string });

/** One solve of the plain way in a process of its own: the solver's memory never shrinks, so that one after the other would run out. */
export async function planInOwnProcess(problem: PlanProblem, seconds: number): Promise<PlainRun> {
  const child = fork(import.meta.filename, { execArgv: ["--import", "tsx"] });
  child.send({ problem, seconds });
  const [answer] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => [{ ms: 0, error: "the process ended" }]),
  ])) as [PlainRun];
  child.kill();
  return answer;
}

async function answer({ problem, seconds }: { problem: PlanProblem; seconds: number }): Promise<PlainRun> {
  const highs = await loadHighs();
  const began = performance.now();
  try {
    const { proven, aims } = planPlainly(highs, problem, seconds);
    return { ms: performance.now() - began, proven, aims };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { ms: performance.now() - began, error: message.slice(0, 80) };
  }
}

process.on("message", (request: { problem: PlanProblem; seconds: number }) => {
  if (process.argv[1] === import.meta.filename) void answer(request).then((reply) => process.send?.(reply));
});
