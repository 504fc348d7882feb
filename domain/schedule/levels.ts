import { sameValue } from "../numbers.ts";
import { objectiveOf } from "./check.ts";
import type { Assignment, Objective } from "./check.ts";
import { solveCore } from "./core.ts";
import { filledTotal, turnCosts } from "./frame.ts";
import { bestBelow, gridOf, slackOf } from "./grid.ts";
import { Lagrangian, lagrangeBound } from "./lagrange.ts";
import type { Bound, Level, Losses } from "./lagrange.ts";
import { buildLanes } from "./lanes.ts";
import type { Lanes } from "./lanes.ts";
import type { Relaxed } from "./relax.ts";
import { keepsRules, levelNames } from "./solution.ts";
import type { Means, Solution } from "./solution.ts";
import { withPins } from "./within.ts";

type Name = (typeof levelNames)[number];

/** Pairs beyond which no model goes to the solver. */
const corePairs = 9_000;
/** Entries of the dynamic programs of one round beyond which the bound is walked for few rounds only. */
const roundSize = 2_000_000;

/**
 * The general case, scarce capacity above all: the aims one after the other, each with a bound by Lagrange over sequences, then
 * with the solver over the pairs that a better plan could use. What an aim proves narrows the next.
 */
export function closeLevels(lanes: Lanes, relaxed: Relaxed, first: Assignment, means: Means): Solution {
  const run = new LevelRun(lanes, relaxed, first, means);
  const bound: Solution["bound"] = { filled: null, changed: null, unfairness: null, fit: null };
  for (const name of levelNames) {
    const best = run.close(name);
    bound[name] = best;
    if (!sameValue(best, run.value()[name])) return { assignment: run.assignment, bound, optimal: false };
    bound[name] = run.value()[name];
  }
  return { assignment: run.assignment, bound, optimal: true };
}

class LevelRun {
  assignment: Assignment;
  private lanes: Lanes;
  private least: Int32Array;
  private most: Int32Array;
  private readonly relaxed: Relaxed;
  private readonly means: Means;

  constructor(lanes: Lanes, relaxed: Relaxed, first: Assignment, means: Means) {
    this.lanes = lanes;
    this.relaxed = relaxed;
    this.assignment = first;
    this.means = means;
    this.least = new Int32Array(lanes.lanes.length);
    this.most = Int32Array.from(lanes.lanes, ({ most }) => most);
  }

  value(): Objective {
    return objectiveOf(this.lanes.pairs.model, this.assignment);
  }

  /** Improves the plan in this aim, earlier ones kept; returns what no plan can beat, in the aim's own terms. */
  close(name: Name): number {
    const known = this.knownBound(name);
    if (known !== null && sameValue(known, this.value()[name])) return known;
    const level = this.levelOf(name);
    const fixed = this.worth(name) - this.levelWorth(level);
    const bound = this.bound(name, level, this.levelWorth(level));
    const proven = this.solve(name, level, bound, fixed);
    this.narrow(level, bound, proven - fixed);
    const own = sign(name) * proven;
    return known === null ? own : better(name, known, own);
  }

  /** What costs nothing to know. */
  private knownBound(name: Name): number | null {
    const { model } = this.lanes.pairs;
    if (name === "filled") return model.pinned.size + this.relaxed.filled;
    if (name === "changed") return this.lanes.changed.some((one) => one === 1) ? null : this.value().changed;
    const full = this.value().filled === model.pinned.size + this.relaxed.filled;
    return name === "unfairness" && full ? this.relaxed.unfairness : null;
  }

  /** The aim as something to be made great. */
  private worth(name: Name): number {
    return sign(name) * this.value()[name];
  }

  private holder(): Int32Array {
    const { pinned } = this.lanes.pairs.model;
    return Int32Array.from(this.assignment, (lecturer, slot) => (pinned.has(slot) ? -1 : lecturer));
  }

  private levelWorth(level: Level): number {
    const [holder, load] = [this.holder(), new Int32Array(this.lanes.lanes.length)];
    let total = 0;
    for (const [slot, list] of level.lanes.bySlot.entries())
      for (const pair of list)
        if (level.lanes.laneOf[pair] === holder[slot]) {
          total += level.gain[pair]!;
          load[holder[slot]!]! += 1;
        }
    return level.bonus
      ? total + level.bonus.reduce((all, worth, lane) => all + worth[load[lane]!]!, 0)
      : total;
  }

  private levelOf(name: Name): Level {
    const { lanes } = this;
    const size = lanes.slotOf.length;
    const gains: Record<Name, () => Float64Array> = {
      filled: () => new Float64Array(size).fill(1),
      changed: () => Float64Array.from(lanes.changed, (one) => -one),
      unfairness: () => new Float64Array(size),
      fit: () => lanes.fit,
    };
    const filled = this.value().filled - lanes.pairs.model.pinned.size;
    const all = lanes.bySlot.filter((list) => list.length > 0).length === filled;
    const must = Uint8Array.from(lanes.bySlot, (list) =>
      name !== "filled" && all && list.length > 0 ? 1 : 0,
    );
    return {
      lanes,
      gain: gains[name](),
      bonus: name === "unfairness" ? turnCosts(lanes).map((costs) => costs.map((cost) => -cost)) : null,
      least: this.least,
      most: this.most,
      must,
      totals: name === "filled" ? [] : [...filledTotal(lanes, must, filled), ...this.laterTotals(name)],
    };
  }

  private laterTotals(name: Name): Level["totals"] {
    const { lanes } = this;
    if (name === "changed") return [];
    const pinned = lanes.pairs.model.slots.map(({ index }) => lanes.pairs.model.pinned.get(index) ?? -1);
    const changed = this.value().changed - objectiveOf(lanes.pairs.model, pinned).changed;
    const kept = lanes.changed.some((one) => one === 1)
      ? [{ pair: Float64Array.from(lanes.changed), turns: null, value: changed }]
      : [];
    const fair = { pair: null, turns: turnCosts(lanes), value: this.value().unfairness };
    return name === "fit" ? [...kept, fair] : kept;
  }

  private bound(name: Name, level: Level, reached: number): Bound {
    const entries = level.lanes.lanes.reduce(
      (total, lane, at) =>
        total + lane.length * lane.width * (level.bonus || name === "fit" ? level.most[at]! + 1 : 1),
      0,
    );
    const grid = gridOf(gridValues(level));
    const start = name === "unfairness" ? { price: this.relaxed.slotCost.map((cost) => -cost) } : undefined;
    const from = start && { ...start, value: Infinity, weight: level.totals.map(() => 0) };
    if (from)
      from.price = from.price.map((price, slot) => (level.must[slot] === 1 ? price : Math.max(0, price)));
    return lagrangeBound(level, {
      iterations: entries > roundSize ? 60 : 600,
      steps: name === "fit" ? [0.12, 2e-4] : [0.4, 1e-3],
      start: from,
      enough: (bound) => bestBelow(bound, reached, grid) <= reached,
      expired: this.means.expired,
    });
  }

  /** The aim's proven worth; adopts a better plan if the solver finds one. */
  private solve(name: Name, level: Level, bound: Bound, fixed: number): number {
    const reached = this.levelWorth(level);
    const grid = gridOf(gridValues(level));
    const rounded = bestBelow(bound.value, reached, grid);
    // A bound below a plan in hand would be a mistake of ours: then nothing is claimed.
    if (rounded < reached - 1e-7 * Math.max(1, Math.abs(reached))) return Infinity;
    if (sameValue(rounded, reached)) return reached + fixed;
    const { solver } = this.means;
    if (!solver || this.means.expired?.()) return rounded + fixed;
    const limit = bound.value - reached - grid + 4 * slackOf(bound.value);
    const losses = new Lagrangian(level).losses(bound, limit);
    const holder = this.holder();
    const kept = Uint8Array.from(losses.pair, (loss, pair) =>
      loss <= limit || holder[level.lanes.slotOf[pair]!] === level.lanes.laneOf[pair] ? 1 : 0,
    );
    if (kept.reduce((total, one) => total + one, 0) > corePairs) return rounded + fixed;
    const seconds = this.means.remaining?.();
    const limits = { nodes: 50_000, gap: grid * 0.9, ...(seconds === undefined ? {} : { seconds }) };
    const answer = solveCore(level, kept, solver, limits, holder, this.means.expired, false);
    if (answer.status === "infeasible") return rounded + fixed;
    if (answer.holder) this.adopt(name, answer.holder);
    const now = this.levelWorth(level);
    const core = bestBelow(Math.max(answer.bound, now), now, grid);
    const claimed = answer.bound >= reached - 1e-6 * Math.max(1, Math.abs(reached));
    return (claimed ? Math.min(rounded, Math.max(core, now)) : rounded) + fixed;
  }

  /** Takes a plan that keeps every rule and every earlier aim, and is better in this one. */
  private adopt(name: Name, holder: Int32Array): void {
    const assignment = withPins(this.lanes, holder);
    const [mine, value] = [this.value(), objectiveOf(this.lanes.pairs.model, assignment)];
    const earlier = levelNames.slice(0, levelNames.indexOf(name));
    if (!earlier.every((one) => sameValue(mine[one], value[one]))) return;
    if (sign(name) * (value[name] - mine[name]) > 0 && keepsRules(this.lanes.pairs, assignment))
      this.assignment = assignment;
  }

  /** Every plan as good as this one in the aim just closed uses only pairs and turns whose loss the bound leaves room for. */
  private narrow(level: Level, bound: Bound, proven: number): void {
    const reached = this.levelWorth(level);
    if (!sameValue(proven, reached)) return;
    const slack = Math.max(0, bound.value - reached) + 4 * slackOf(bound.value);
    const losses: Losses = new Lagrangian(level).losses(bound, slack);
    const kept = new Set<number>();
    const { slotOf, laneOf } = this.lanes;
    const key = (slot: number, lecturer: number) => slot * this.lanes.lanes.length + lecturer;
    losses.pair.forEach((loss, pair) => {
      if (loss <= slack) kept.add(key(slotOf[pair]!, laneOf[pair]!));
    });
    const before = this.lanes;
    this.lanes = buildLanes(before.pairs, (slot, lecturer) => kept.has(key(slot, lecturer)));
    this.least = losses.least;
    this.most = Int32Array.from(this.lanes.lanes, ({ most }, lane) => Math.min(most, losses.most[lane]!));
  }
}

/** All that a level's worth is added up from. */
function gridValues({ gain, bonus }: Level): number[] {
  const steps = (bonus ?? []).flatMap((worth) =>
    [...worth.subarray(1)].map((value, at) => value - worth[at]!),
  );
  return [...new Set(gain), ...steps];
}

function sign(name: Name): 1 | -1 {
  return name === "filled" || name === "fit" ? 1 : -1;
}

function better(name: Name, a: number, b: number): number {
  return sign(name) === 1 ? Math.min(a, b) : Math.max(a, b);
}
