import loadHighs from "highs";
import { plan } from "#domain/schedule/plan.ts";
import type { PlanResult } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput, PlanProblem } from "#domain/schedule/problem.ts";
import type { Solver } from "#domain/schedule/solver.ts";
import { loadSolver } from "#server/engine/workers/solver.ts";
import { planPlainly } from "./baselines/highs.ts";
import { planInOwnProcess } from "./baselines/plain-process.ts";
import { leastRecentlyUsed, weightedRoundRobin } from "./baselines/pickers.ts";
import { companyYear, scarceYear } from "./plan-data.ts";
import { compare, median } from "./ratio.ts";
import type { Bench } from "./run.ts";

/** Short: the plain way gets just the time after which the goal is proven met. Long: until it has finished. */
const long = process.env["LECTERN_LONG"] === "1";
const seeds = [1, 2, 3, 4, 5, 6];

function parsed(input: PlanInput): PlanProblem {
  const result = parsePlanProblem(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

async function timed<T>(work: () => T): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  const value = work();
  return { value, ms: performance.now() - began };
}

export const bench: Bench = {
  about: "30 lecturers, 104 slots: the planner against plain HiGHS over cliques, all four aims proven",
  sides: ["planner", "plain HiGHS"],
  unit: "plans",
  async measure(rounds) {
    const [solver, highs] = await Promise.all([loadSolver(), loadHighs()]);
    const problems = seeds.map((seed) => parsed(companyYear(30, 104, seed)));
    const run = async (work: (problem: PlanProblem) => unknown) => {
      const { ms } = await timed(() => problems.forEach((problem) => work(problem)));
      return { units: problems.length, ms };
    };
    return compare(
      [
        { name: "planner", run: () => run((problem) => plan(problem, { solver })) },
        { name: "plain HiGHS", run: () => run((problem) => planPlainly(highs, problem)) },
      ],
      rounds,
    );
  },
  async table() {
    const solver = await loadSolver();
    const lines: string[] = [];
    const say = (line: string) => lines.push(line);
    // First of all: the plain way's models would make this process large.
    const large = await timed(() => plan(parsed(companyYear(1000, 5000, 1)), { solver }));
    say(`1000 × 5000: ${seconds(large.ms)}, ${inWords(large.value)}, ${megabytes()} MB in this process`);
    for (const seed of seeds)
      await inFull(`30 × 104, seed ${seed}`, companyYear(30, 104, seed), 2, solver, say);
    await inFull("300 × 1000, seed 1", companyYear(300, 1000, 1), 4, solver, say);
    await inFull("300 × 1000, seed 2", companyYear(300, 1000, 2), 4, solver, say);
    await inFull("300 × 1000 tight", companyYear(300, 1000, 1, true), 10, solver, say);
    await scarce(solver, say);
    await pickers("300 × 1000, seed 1", parsed(companyYear(300, 1000, 1)), say);
    await replans(solver, say);
    await growth(solver, say);
    return lines;
  },
};

/** One instance both ways; the plain way stops after `times` the planner's time, unless the run is a long one. */
async function inFull(
  name: string,
  input: PlanInput,
  times: number,
  solver: Solver,
  say: (line: string) => void,
): Promise<void> {
  const problem = parsed(input);
  const mine = await timed(() => plan(problem, { solver }));
  say(`${name}: planner ${seconds(mine.ms)}, ${inWords(mine.value)}`);
  const limit = long ? 3_600 : (mine.ms / 1000) * times;
  const plain = await planInOwnProcess(problem, limit);
  const ratio = (mine.ms / plain.ms).toFixed(2);
  if ("error" in plain) {
    // On the largest the plain model needs more memory than WebAssembly has.
    say(`  plain HiGHS gave up after ${seconds(plain.ms)} (${plain.error}); ratio below ${ratio}`);
    return;
  }
  const state = plain.proven === 4 ? "all proven" : `${plain.proven} of 4 aims proven`;
  say(`  plain HiGHS ${seconds(plain.ms)}, ${state}; ratio ${plain.proven === 4 ? ratio : `below ${ratio}`}`);
}

/** More slots than turns: our plan and bounds, and what the plain way has after the same time. */
async function scarce(solver: Solver, say: (line: string) => void): Promise<void> {
  const problem = parsed(scarceYear(100, 1000, 1));
  const mine = await timed(() => plan(problem, { solver }));
  say(`100 × 1000 scarce: planner ${seconds(mine.ms)}, ${inWords(mine.value)}`);
  const plain = await planInOwnProcess(problem, mine.ms / 1000);
  say(
    "error" in plain
      ? `  plain HiGHS gave up after ${seconds(plain.ms)} (${plain.error})`
      : `  plain HiGHS ${seconds(plain.ms)}: filled ${plain.aims[0]}, unfairness ${plain.aims[2]}, ${plain.proven} of 4 aims proven`,
  );
}

async function pickers(name: string, problem: PlanProblem, say: (line: string) => void): Promise<void> {
  for (const [how, picker] of [
    ["least recently used", leastRecentlyUsed],
    ["weighted round robin", weightedRoundRobin],
  ] as const) {
    const { value, ms } = await timed(() => picker(problem));
    say(
      `${name}, ${how}: ${seconds(ms)}, filled ${value.filled}, unfairness ${value.unfairness}, fit ${value.fit.toFixed(1)}`,
    );
  }
}

/** One lecturer of a published year declines one turn; the rest is to stay as it is. */
async function replans(solver: Solver, say: (line: string) => void): Promise<void> {
  const input = companyYear(300, 1000, 2);
  const previous = plan(parsed(input), { solver }).assignments.map(({ slot, lecturer }) => ({
    slot,
    lecturer,
  }));
  const starts = new Map(input.slots.map((slot) => [slot.id, Date.parse(slot.start)]));
  const times: number[] = [];
  for (let at = 0; at < 20; at += 1) {
    const gone = previous[(at * 83) % previous.length]!;
    const start = starts.get(gone.slot)!;
    const away = { from: new Date(start).toISOString(), to: new Date(start + 60_000).toISOString() };
    const lecturers = input.lecturers.map((one) =>
      one.id === gone.lecturer ? { ...one, busy: [...(one.busy ?? []), away] } : one,
    );
    times.push((await timed(() => plan(parsed({ ...input, lecturers, previous }), { solver }))).ms);
  }
  say(
    `300 × 1000, one decline: ${seconds(median(times))} in the median, ${seconds(Math.max(...times))} at most`,
  );
}

async function growth(solver: Solver, say: (line: string) => void): Promise<void> {
  for (const [lecturers, slots] of [
    [30, 104],
    [75, 250],
    [150, 500],
    [300, 1000],
  ] as const) {
    const { value, ms } = await timed(() => plan(parsed(companyYear(lecturers, slots, 2)), { solver }));
    say(`growth, ${lecturers} × ${slots}: ${seconds(ms)}, ${value.optimal ? "proven" : "not proven"}`);
  }
}

function inWords({ objective, bound, optimal }: PlanResult): string {
  const { filled, unfairness, fit } = objective;
  if (optimal) return `proven: filled ${filled}, unfairness ${unfairness}, fit ${fit.toFixed(4)}`;
  const gap = bound.fit === null ? "" : ` (${((bound.fit / fit - 1) * 100).toFixed(2)} % below its bound)`;
  const fair = bound.unfairness === null ? "" : ` of ${bound.unfairness}`;
  return `filled ${filled} of ${bound.filled}, unfairness ${unfairness}${fair}, fit ${fit.toFixed(2)}${gap}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function megabytes(): number {
  return Math.round(process.memoryUsage().rss / 1e6);
}
