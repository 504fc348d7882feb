import type { Lanes } from "./lanes.ts";
import { Sequences } from "./sequences.ts";

/** One aim to be made great, over pairs and numbers of turns; everything of other aims is a row or a restriction. */
export interface Level {
  lanes: Lanes;
  /** Worth of each pair. */
  gain: Float64Array;
  /** By lane, by number of turns: worth of so many turns; null where counts do not matter. */
  bonus: readonly Float64Array[] | null;
  /** By lane: fewest and most turns. */
  least: Int32Array;
  most: Int32Array;
  /** By slot: 1 = must be filled. */
  must: Uint8Array;
  /** Totals that hold for every plan compared: Σ pair + Σ turns = value. */
  totals: readonly Total[];
}

export interface Total {
  pair: Float64Array | null;
  /** By lane, by number of turns. */
  turns: readonly Float64Array[] | null;
  value: number;
}

export interface Bound {
  /** No plan within the level is worth more. */
  value: number;
  /** By slot: what being covered costs. */
  price: Float64Array;
  /** By total: what one more of it is worth. */
  weight: number[];
}

export interface LagrangeOptions {
  iterations: number;
  start?: Bound | undefined;
  /** Largest and smallest step, in units of gain. */
  steps: [number, number];
  /** Asked after every better bound: true ends the search. */
  enough: (bound: number) => boolean;
  expired?: (() => boolean) | undefined;
}

/**
 * Upper bound by Lagrange: slots are covered at a price instead of at most once, so that each lecturer is on their own and
 * solved exactly. Valid for every price (≥ 0 where a slot may stay open); a subgradient walk with momentum looks for good ones.
 */
export function lagrangeBound(level: Level, options: LagrangeOptions): Bound {
  const walk = new Walk(level, options.start);
  const [largest, smallest] = options.steps;
  const shrink = (smallest / largest) ** (1 / Math.max(1, options.iterations - 1));
  let step = largest;
  for (let at = 0; at < options.iterations; at += 1, step *= shrink) {
    const better = walk.evaluate();
    if (better && options.enough(walk.best.value)) break;
    if ((at & 7) === 7 && options.expired?.()) break;
    walk.move(step);
  }
  return walk.best;
}

class Walk {
  best: Bound;
  private readonly level: Level;
  private readonly lagrangian: Lagrangian;
  private readonly price: Float64Array;
  private readonly weight: number[];
  private readonly pull: Float64Array;
  private readonly weightPull: number[];

  constructor(level: Level, start?: Bound) {
    this.level = level;
    this.lagrangian = new Lagrangian(level);
    this.price = start ? Float64Array.from(start.price) : firstPrices(level);
    this.weight = start ? [...start.weight] : level.totals.map(() => 0);
    this.pull = new Float64Array(this.price.length);
    this.weightPull = level.totals.map(() => 0);
    this.best = { value: Infinity, price: this.price.slice(), weight: [...this.weight] };
  }

  evaluate(): boolean {
    const value = this.lagrangian.evaluate(this.price, this.weight);
    if (!(value < this.best.value)) return false;
    this.best = { value, price: this.price.slice(), weight: [...this.weight] };
    return true;
  }

  move(step: number): void {
    const { cover, reached } = this.lagrangian;
    const { must, totals, lanes } = this.level;
    for (let slot = 0; slot < this.price.length; slot += 1) {
      if (lanes.bySlot[slot]!.length === 0) continue;
      this.pull[slot] = 0.9 * this.pull[slot]! + 0.1 * (cover[slot]! - 1);
      const moved = this.price[slot]! + step * this.pull[slot]! * 2;
      this.price[slot] = must[slot] === 0 && moved < 0 ? 0 : moved;
    }
    for (const [at, total] of totals.entries()) {
      // A total gathers the pull of everyone: it moves as far as the average lecturer asks.
      const off = (total.value - reached[at]!) / Math.max(1, Math.sqrt(Math.abs(total.value)));
      this.weightPull[at] = 0.9 * this.weightPull[at]! + 0.1 * off;
      this.weight[at] = this.weight[at]! + step * this.weightPull[at]!;
    }
  }
}

/** A slot is worth about what its third best lecturer brings. */
function firstPrices({ lanes, gain, must }: Level): Float64Array {
  return Float64Array.from(lanes.bySlot, (list, slot) => {
    const gains = list.map((pair) => gain[pair]!).sort((a, b) => b - a);
    const price = gains[Math.min(2, gains.length - 1)] ?? 0;
    return must[slot] === 1 ? price : Math.max(0, price);
  });
}

export interface Losses {
  pair: Float64Array;
  least: Int32Array;
  most: Int32Array;
}

/** The priced problem: evaluates it, and says what each pair loses. */
export class Lagrangian {
  /** By slot: how many lecturers take it at these prices. */
  readonly cover: Int32Array;
  /** By total: what these choices add up to. */
  readonly reached: number[];
  private readonly level: Level;
  private readonly sequences = new Sequences();
  private readonly values: Float64Array;
  private readonly bonus: Float64Array;

  constructor(level: Level) {
    this.level = level;
    this.cover = new Int32Array(level.lanes.bySlot.length);
    this.reached = level.totals.map(() => 0);
    this.values = new Float64Array(level.lanes.lanes.reduce((most, lane) => Math.max(most, lane.length), 0));
    this.bonus = new Float64Array(level.most.reduce((a, b) => Math.max(a, b), 0) + 2);
  }

  /** The bound at these prices; −Infinity if some lecturer cannot have as few or as many turns as they must. */
  evaluate(price: Float64Array, weight: readonly number[]): number {
    this.cover.fill(0);
    this.reached.fill(0);
    let value = 0;
    for (let slot = 0; slot < price.length; slot += 1) value += price[slot]!;
    for (const [at, total] of this.level.totals.entries()) value -= weight[at]! * total.value;
    for (let lane = 0; lane < this.level.lanes.lanes.length; lane += 1)
      value += this.solve(lane, price, weight, true);
    return value;
  }

  private fill(lane: number, price: Float64Array, weight: readonly number[]): boolean {
    const { lanes, gain, totals, most, least, bonus } = this.level;
    const { first, length } = lanes.lanes[lane]!;
    for (let at = 0; at < length; at += 1) {
      const pair = first + at;
      let value = gain[pair]! - price[lanes.slotOf[pair]!]!;
      for (let row = 0; row < totals.length; row += 1) {
        const { pair: share } = totals[row]!;
        if (share) value += weight[row]! * share[pair]!;
      }
      this.values[at] = value;
    }
    const counting =
      bonus !== null ||
      least[lane]! > 0 ||
      most[lane]! < lanes.lanes[lane]!.most ||
      totals.some((one) => one.turns);
    if (counting)
      for (let turns = 0; turns <= most[lane]!; turns += 1) {
        let worth = bonus ? bonus[lane]![turns]! : 0;
        for (let row = 0; row < totals.length; row += 1) {
          const share = totals[row]!.turns;
          if (share) worth += weight[row]! * share[lane]![turns]!;
        }
        this.bonus[turns] = worth;
      }
    this.sequences.fill(lanes.lanes[lane]!, this.values, counting ? most[lane]! : null);
    return counting;
  }

  private solve(lane: number, price: Float64Array, weight: readonly number[], count: boolean): number {
    const counting = this.fill(lane, price, weight);
    const { lanes, least, most, totals } = this.level;
    let [turns, best] = [0, counting ? -Infinity : this.sequences.best(0)];
    if (counting)
      for (let k = least[lane]!; k <= most[lane]!; k += 1) {
        const value = this.sequences.best(k) + this.bonus[k]!;
        if (value > best) [turns, best] = [k, value];
      }
    if (!count || best === -Infinity) return best;
    const { first } = lanes.lanes[lane]!;
    this.sequences.trace(turns, (at) => {
      const pair = first + at;
      const slot = lanes.slotOf[pair]!;
      this.cover[slot] = this.cover[slot]! + 1;
      for (let row = 0; row < totals.length; row += 1) {
        const share = totals[row]!.pair;
        if (share) this.reached[row] = this.reached[row]! + share[pair]!;
      }
    });
    for (let row = 0; row < totals.length; row += 1) {
      const share = totals[row]!.turns;
      if (share) this.reached[row] = this.reached[row]! + share[lane]![turns]!;
    }
    return best;
  }

  /**
   * By pair: every plan that uses it is worth at most the bound less this. Also the numbers of turns, by lane, that cost at
   * most `slack`.
   */
  losses({ price, weight }: Bound, slack: number): Losses {
    const { lanes, least, most } = this.level;
    const loss = new Float64Array(lanes.slotOf.length);
    const range = { least: Int32Array.from(least), most: Int32Array.from(most) };
    for (let lane = 0; lane < lanes.lanes.length; lane += 1) {
      const best = this.solve(lane, price, weight, false);
      const counting = this.fill(lane, price, weight);
      const found = this.sequences.through(
        counting ? { lo: least[lane]!, hi: most[lane]!, bonus: this.bonus } : null,
      );
      const { first } = lanes.lanes[lane]!;
      for (let at = 0; at < found.length; at += 1) loss[first + at] = best - found[at]!;
      if (!counting) continue;
      const dear = (turns: number) => best - this.sequences.best(turns) - this.bonus[turns]! > slack;
      while (range.least[lane]! < range.most[lane]! && dear(range.least[lane]!)) range.least[lane]! += 1;
      while (range.most[lane]! > range.least[lane]! && dear(range.most[lane]!)) range.most[lane]! -= 1;
    }
    return { pair: loss, ...range };
  }
}
