import { sameValue } from "../numbers.ts";
import { buildChains, hugePairs, unfair } from "./chains.ts";
import { objectiveOf } from "./check.ts";
import { solveCore } from "./core.ts";
import { fairBound, fairFrame, relaxedFrame } from "./frame.ts";
import type { Frame } from "./frame.ts";
import { bestBelow, gridOf, slackOf } from "./grid.ts";
import { Lagrangian, lagrangeBound } from "./lagrange.ts";
import type { Bound, Level } from "./lagrange.ts";
import type { Lanes } from "./lanes.ts";
import type { Relaxed } from "./relax.ts";
import { keepsRules } from "./solution.ts";
import type { Means, Solution } from "./solution.ts";

/** Pairs beyond which no model goes to the solver: it would take minutes and gigabytes for hundredths of a percent. */
const corePairs = 40_000;
/** Up to so many pairs fewer rounds bring the bound as close. */
const smallPairs = 5_000;
/** Values of unfairness tried above the bound, one grid step each. */
const fairTries = 3;

/**
 * The usual case, capacity not scarce: all that the relaxed problem fills can be filled. Looks only among the plans that reach
 * the best fairness there can be: first the relaxed value, then, where single calendars forbid that, what sequences allow. A
 * plan found there is best in both, and what is left is fit. Null where none was found: then nothing may be concluded.
 */
export function solveWithin(lanes: Lanes, relaxed: Relaxed, means: Means): Solution | null {
  if (!previousIsSettled(lanes, relaxed)) return null;
  const first = solveFrame(lanes, relaxed, relaxedFrame(lanes, relaxed), means);
  if (typeof first !== "string") return first;
  const fair = fairBound(lanes, relaxed, means);
  for (let tried = 0; tried < fairTries; tried += 1) {
    const aim = fair.unfairness + tried * fair.grid;
    // The relaxed value was tried already; a search that merely failed may still succeed with other prices.
    const found = solveFrame(lanes, relaxed, fairFrame(lanes, fair, aim), means);
    if (typeof found !== "string") return found;
    if (found === "not found" || fair.grid === 0) return null;
  }
  return null;
}

/** Whether the number of changes is the same for every plan that fills as much: then it is no aim here. */
function previousIsSettled(lanes: Lanes, relaxed: Relaxed): boolean {
  if (lanes.changed.every((one) => one === 0)) return true;
  const constant = lanes.bySlot.every((list) => new Set(list.map((pair) => lanes.changed[pair])).size <= 1);
  return constant && relaxed.filled === lanes.bySlot.filter((list) => list.length > 0).length;
}

/** A plan of the frame with what is proven about its fit; "none" = proven that there is no plan in it. */
function solveFrame(
  lanes: Lanes,
  relaxed: Relaxed,
  frame: Frame,
  means: Means,
): Solution | "none" | "not found" {
  const run = new FrameRun(frame, means);
  const holder = run.search();
  if (typeof holder === "string") return holder;
  const assignment = withPins(lanes, holder);
  const value = objectiveOf(lanes.pairs.model, assignment);
  const attained =
    value.filled === lanes.pairs.model.pinned.size + relaxed.filled &&
    sameValue(value.unfairness, frame.unfairness);
  if (!attained || !keepsRules(lanes.pairs, assignment)) return "not found";
  const pinnedFit = value.fit - fitBesidePins(frame.level, holder);
  const optimal = sameValue(run.bound.value + pinnedFit, value.fit);
  return { assignment, bound: { ...value, fit: optimal ? value.fit : run.bound.value + pinnedFit }, optimal };
}

class FrameRun {
  bound: Bound;
  private readonly frame: Frame;
  private readonly level: Level;
  private readonly means: Means;
  /** The bound that the losses of pairs are counted from; `bound` may become better than it. */
  private priced = Infinity;
  private readonly grid: number;
  private readonly size: number;
  private holder: Int32Array | null = null;

  constructor(frame: Frame, means: Means) {
    this.frame = frame;
    this.level = frame.level;
    this.means = means;
    this.grid = gridOf(this.level.gain);
    this.size = this.level.lanes.slotOf.length;
    this.bound = { value: Infinity, price: new Float64Array(0), weight: [] };
  }

  search(): Int32Array | "none" | "not found" {
    const { least, most, lanes, must } = this.level;
    if (least.some((turns, lane) => turns > most[lane]!)) return "none";
    if (lanes.bySlot.some((list, slot) => must[slot] === 1 && list.length === 0)) return "none";
    const hopeless = this.leastWorth();
    this.bound = lagrangeBound(this.level, {
      iterations: this.size > hugePairs ? 300 : this.size > smallPairs ? 1_000 : 400,
      steps: [0.12, 2e-4],
      enough: (bound) => bound < hopeless,
      expired: this.means.expired,
    });
    this.priced = this.bound.value;
    // A bound below the worst conceivable plan means that there is none at all here.
    if (this.bound.value < hopeless) return "none";
    const built = buildChains(this.level, this.chainPrices(), this.means);
    if (built === "none") return "none";
    if (built !== null && this.isFair(built)) this.holder = built;
    const empty = this.close();
    return this.holder ?? (empty ? "none" : "not found");
  }

  private chainPrices(): Float64Array {
    const { slotCost } = this.frame;
    if (slotCost === null) return this.bound.price;
    return this.bound.price.map((price, slot) => price - unfair * slotCost[slot]!);
  }

  private isFair(holder: Int32Array): boolean {
    if (this.frame.slotCost === null) return true;
    const { lanes } = this.level;
    return sameValue(
      objectiveOf(lanes.pairs.model, withPins(lanes, holder)).unfairness,
      this.frame.unfairness,
    );
  }

  private leastWorth(): number {
    const { lanes, gain, must } = this.level;
    let worth = -1e-6;
    for (const [slot, list] of lanes.bySlot.entries()) {
      const least = list.reduce((low, pair) => Math.min(low, gain[pair]!), Infinity);
      if (list.length > 0) worth += must[slot] === 1 ? least : Math.min(0, least);
    }
    return worth - 1e-6 * Math.abs(worth);
  }

  private reached(): number {
    return this.holder === null ? -Infinity : fitBesidePins(this.level, this.holder);
  }

  private isClosed(): boolean {
    if (this.holder === null) return false;
    const reached = this.reached();
    const value = bestBelow(this.bound.value, reached, this.grid);
    // Only a bound at or above the plan in hand says anything.
    if (value < reached - 1e-9 * Math.max(1, Math.abs(reached))) return false;
    this.bound = { ...this.bound, value };
    return sameValue(value, reached);
  }

  /** Core models: few pairs to lift the plan, then all that a better plan could use. True: proven that there is no plan. */
  private close(): boolean {
    if (this.isClosed() || !this.means.solver || this.size > hugePairs) return false;
    const losses = new Lagrangian(this.level).losses(this.bound, Infinity).pair;
    const sorted = losses.filter((loss) => loss < Infinity).sort();
    const last = sorted.at(-1) ?? 0;
    const slots = this.level.lanes.bySlot.filter((list) => list.length > 0).length;
    for (let share = 4; share <= 1 << 20; share *= 2) {
      if (this.means.expired?.()) return false;
      const few = sorted[share * slots] ?? last;
      const proof = Math.min(last, Math.max(0, this.proofLimit()));
      // Nearly as many pairs as the proof needs: then the proof at once.
      const lifting =
        few < proof &&
        (this.holder === null || share === 4) &&
        countBelow(sorted, few) * 1.3 < countBelow(sorted, proof);
      const state = this.solveBelow(losses, lifting ? few : proof, lifting, last);
      if (state !== "on") return state === "none";
    }
    return false;
  }

  /** Solves over the pairs of at most `limit` loss; to lift, a plan close to the bound is enough. */
  private solveBelow(
    losses: Float64Array,
    limit: number,
    lifting: boolean,
    last: number,
  ): "on" | "done" | "none" {
    const kept = Uint8Array.from(losses, (loss) => (loss <= limit ? 1 : 0));
    if (this.holder) keepHeld(this.level, this.holder, kept);
    if (kept.reduce((total, one) => total + one, 0) > corePairs) return "done";
    const limits = this.limits(lifting);
    // Where an exact unfairness is a row the solver's own heuristics find a plan sooner; branches prove it sooner.
    const branching = !lifting || this.frame.slotCost === null;
    const { solver, expired } = this.means;
    const answer = solveCore(this.level, kept, solver!, limits, this.holder, expired, branching);
    if (answer.status === "infeasible") {
      // With a plan in hand the solver errs, whatever the reason: then nothing more is claimed.
      if (this.holder) return "done";
      return limit < last ? "on" : "none";
    }
    if (
      answer.holder &&
      this.isFair(answer.holder) &&
      fitBesidePins(this.level, answer.holder) > this.reached() + 1e-12
    )
      this.holder = answer.holder;
    if (answer.status === "stopped" && !lifting) return "done";
    if (answer.status === "stopped") return this.isClosed() ? "done" : "on";
    // Everything outside the core is worth at most the bound less the limit.
    const outside = limit >= last ? -Infinity : this.priced - limit;
    const value = Math.max(answer.bound, outside, this.reached());
    if (value < this.bound.value) this.bound = { ...this.bound, value };
    if (this.isClosed()) return "done";
    return lifting ? "on" : "done";
  }

  /** A plan that uses a pair of greater loss is worth less than one grid step above the plan in hand. */
  private proofLimit(): number {
    if (this.holder === null) return Infinity;
    return this.priced - this.reached() - this.grid + 4 * slackOf(this.priced);
  }

  private limits(lifting: boolean) {
    const seconds = this.means.remaining?.();
    const close = lifting ? 1e-4 * Math.abs(this.bound.value) : 0;
    const gap = Math.max(close, this.grid * 0.9);
    const fair = this.frame.slotCost !== null;
    const nodes = lifting ? (fair ? 20_000 : 60) : fair ? 60 : 600;
    return { nodes, gap, ...(seconds === undefined ? {} : { seconds }) };
  }
}

function countBelow(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keepHeld({ lanes }: Level, holder: Int32Array, kept: Uint8Array): void {
  for (let pair = 0; pair < kept.length; pair += 1)
    if (holder[lanes.slotOf[pair]!] === lanes.laneOf[pair]) kept[pair] = 1;
}

function fitBesidePins({ lanes, gain }: Level, holder: Int32Array): number {
  let total = 0;
  for (let pair = 0; pair < gain.length; pair += 1)
    if (holder[lanes.slotOf[pair]!] === lanes.laneOf[pair]) total += gain[pair]!;
  return total;
}

export function withPins(lanes: Lanes, holder: Int32Array): number[] {
  return lanes.pairs.model.slots.map(
    (slot) => lanes.pairs.model.pinned.get(slot.index) ?? holder[slot.index]!,
  );
}
