import { bidSequences } from "./auction.ts";
import { gridOf } from "./grid.ts";
import { Lagrangian } from "./lagrange.ts";
import type { Level } from "./lagrange.ts";
import { Repair } from "./repair.ts";
import type { Means } from "./solution.ts";

/** Places looked at, in all per slot, for one open slot, and for one improvement: counts, so that equal input gives equal output. */
const effort = { all: 500, open: 20_000, polish: 400 };
/** Beyond so many pairs no model covers the whole, so the neighbourhoods are gone through once more. */
export const hugePairs = 40_000;
/** Neighbourhoods dealt anew for a better plan. */
const improvements = { usual: 300, huge: 300 };
/** What filling a slot, or a lecturer short of turns, is worth beside any fit. */
const dear = 1e6;
/** What a unit of unfairness costs beside any fit. */
export const unfair = 1e3;

/** A step of a chain: `pair` is taken, `out` leave, the slots of `pending` still need someone. */
interface Step {
  before: Step | null;
  pair: number;
  out: readonly number[];
  pending: readonly number[];
  /** 1 while somebody short is still to be fed. */
  owed: number;
  worth: number;
  hope: number;
}

/**
 * A plan within the level: whole sequences by auction, the rest by chains in which a slot pushes others
 * on, best hope first, judged by gain less `price` of the slot. By slot: the lecturer, or −1. Null if some slot or lecturer
 * stays short; "none" where that is so in every plan.
 */
export function buildChains(level: Level, price: Float64Array, means: Means): Int32Array | null | "none" {
  const builder = new ChainBuilder(level, price, means);
  builder.takeSequences();
  if (means.solver) return repaired(level, builder.holders(), price, means);
  builder.fillOpen();
  builder.feedShort();
  if (!builder.isWhole()) return null;
  builder.polish();
  return builder.holders();
}

/** With a solver what the auction leaves open is dealt anew around it: surer than chains where everyone is packed tightly. */
function repaired(
  level: Level,
  holder: Int32Array,
  price: Float64Array,
  means: Means,
): Int32Array | null | "none" {
  const loss = new Lagrangian(level).losses(
    { value: 0, price, weight: level.totals.map(() => 0) },
    Infinity,
  ).pair;
  const repair = new Repair(level, holder, loss, means);
  const filled = () => holder.reduce((count, lecturer) => count + (lecturer >= 0 ? 1 : 0), 0);
  const state = repair.mend();
  if (state === "none") return "none";
  if (state === "short" || !level.totals.every((total) => total.pair === null || total.value === filled()))
    return null;
  const limit = loss.length > hugePairs ? improvements.huge : improvements.usual;
  repair.improve(gridOf(level.gain), limit);
  return holder;
}

class ChainBuilder {
  private readonly level: Level;
  private readonly means: Means;
  private readonly worth: Float64Array;
  private readonly bestOf: Float64Array;
  /** By slot: its pairs by falling worth. */
  private readonly options: readonly (readonly number[])[];
  /** By slot: the pair that holds it, or −1. */
  private readonly heldBy: Int32Array;
  private readonly held: number[][];
  /** By lane, by number of turns: their worth; null if turns are worth the same to all. */
  private readonly turns: readonly Float64Array[] | null;
  private left: number;

  constructor(level: Level, price: Float64Array, means: Means) {
    this.level = level;
    this.means = means;
    const { lanes, gain } = level;
    this.worth = Float64Array.from(gain, (value, pair) => value - price[lanes.slotOf[pair]!]!);
    this.options = lanes.bySlot.map((list) =>
      [...list].sort((a, b) => this.worth[b]! - this.worth[a]! || a - b),
    );
    this.bestOf = Float64Array.from(this.options, (list) => (list.length > 0 ? this.worth[list[0]!]! : 0));
    this.heldBy = new Int32Array(lanes.bySlot.length).fill(-1);
    this.held = lanes.lanes.map(() => []);
    this.left = effort.all * lanes.bySlot.length;
    this.turns = level.totals.find((total) => total.turns !== null)?.turns ?? null;
  }

  private turnWorth(lane: number, turns: number): number {
    return this.turns === null ? 0 : -unfair * this.turns[lane]![Math.max(0, turns)]!;
  }

  holders(): Int32Array {
    return this.heldBy.map((pair) => (pair < 0 ? -1 : this.level.lanes.laneOf[pair]!));
  }

  isWhole(): boolean {
    const { must, least, totals } = this.level;
    const filled = this.heldBy.reduce((count, pair) => count + (pair >= 0 ? 1 : 0), 0);
    return (
      this.heldBy.every((pair, slot) => pair >= 0 || must[slot] === 0) &&
      this.held.every((list, lane) => list.length >= least[lane]!) &&
      totals.every((total) => total.pair === null || total.value === filled)
    );
  }

  takeSequences(): void {
    const held = bidSequences(this.level, this.worth, (lane, turns) => this.turnWorth(lane, turns));
    for (const pair of held) if (pair >= 0) this.put(pair);
  }

  /** A short look for each open slot, then a long one for those still open. */
  fillOpen(): void {
    const { must } = this.level;
    for (const budget of [effort.open, effort.open * 20])
      for (const needed of [1, 0])
        for (const [slot, list] of this.options.entries())
          if (this.heldBy[slot]! < 0 && list.length > 0 && must[slot] === needed)
            this.apply(this.search([slot], -1, budget));
  }

  feedShort(): void {
    const { least } = this.level;
    for (let moved = true; moved && this.left > 0;) {
      moved = false;
      const short = this.held.some((list, lane) => list.length < least[lane]!);
      if (!short) return;
      for (const [lane, list] of this.held.entries()) {
        if (list.length <= least[lane]!) continue;
        for (const pair of list.slice()) {
          const found = this.search([this.level.lanes.slotOf[pair]!], pair, effort.open / 4, dear / 2, 1);
          if (this.apply(found, pair)) {
            moved = true;
            break;
          }
        }
      }
    }
  }

  polish(): void {
    for (let moved = true; moved && this.left > 0;) {
      moved = false;
      for (const pair of this.byRegret()) {
        if (this.left <= 0 || this.means.expired?.()) return;
        const slot = this.level.lanes.slotOf[pair]!;
        if (this.heldBy[slot] !== pair) continue;
        if (this.apply(this.search([slot], pair, effort.polish, 1e-7), pair)) moved = true;
      }
    }
  }

  /** Held pairs, the one furthest below its slot's best first. */
  private byRegret(): number[] {
    const regret = (pair: number) => this.bestOf[this.level.lanes.slotOf[pair]!]! - this.worth[pair]!;
    return [...this.heldBy]
      .filter((pair) => pair >= 0 && regret(pair) > 1e-9)
      .sort((a, b) => regret(b) - regret(a) || a - b);
  }

  private put(pair: number): void {
    const { lanes } = this.level;
    this.heldBy[lanes.slotOf[pair]!] = pair;
    this.held[lanes.laneOf[pair]!]!.push(pair);
  }

  private take(pair: number): void {
    const { lanes } = this.level;
    this.heldBy[lanes.slotOf[pair]!] = -1;
    const list = this.held[lanes.laneOf[pair]!]!;
    list.splice(list.indexOf(pair), 1);
  }

  private apply(chain: Step | null, origin = -1): boolean {
    if (chain === null) return false;
    if (origin >= 0) this.take(origin);
    const steps: Step[] = [];
    for (let step: Step | null = chain; step !== null && step.pair >= 0; step = step.before)
      steps.unshift(step);
    for (const step of steps) for (const pair of step.out) this.take(pair);
    for (const step of steps) this.put(step.pair);
    return true;
  }

  /**
   * Best hope first over "these slots need someone". `origin` is the pair given away at the start; `owed`: the chain is to feed
   * somebody who is short. Each set of waiting slots is looked at once, from its best chain. Ends with the first chain that
   * places all slots and gains at least `least`.
   */
  private search(
    slots: readonly number[],
    origin: number,
    budget: number,
    least = -Infinity,
    owed = 0,
  ): Step | null {
    const heap = new Heap();
    const seen = new Set<number>();
    const worth = origin < 0 ? 0 : this.givenAway(origin);
    const debt = owed === 1 || (origin >= 0 && this.isShortWithout(origin)) ? 1 : 0;
    heap.push({
      before: null,
      pair: -1,
      out: [],
      pending: slots,
      owed: debt,
      worth,
      hope: worth + this.hopeOf(slots, debt),
    });
    for (let looked = 0; looked < budget && this.left > 0;) {
      const step = heap.pop();
      if (step === null || step.hope < least) return null;
      if (step.pending.length === 0) {
        if (step.owed === 0) return step;
        continue;
      }
      const key = this.keyOf(step);
      if (seen.has(key)) continue;
      seen.add(key);
      looked += this.expand(step, origin, heap);
    }
    return null;
  }

  private keyOf({ pending: [first = 0, second = -1], owed }: Step): number {
    const { length } = this.heldBy;
    return (Math.min(first, second) + 1 + (Math.max(first, second) + 1) * (length + 1)) * 2 + owed;
  }

  private isShortWithout(origin: number): boolean {
    const lane = this.level.lanes.laneOf[origin]!;
    return this.held[lane]!.length <= this.level.least[lane]!;
  }

  /** Giving this pair away may leave its lecturer one turn short, to be made good by the chain. */
  private givenAway(origin: number): number {
    const lane = this.level.lanes.laneOf[origin]!;
    const turns = this.held[lane]!.length;
    const short = this.isShortWithout(origin) ? dear : 0;
    return this.turnWorth(lane, turns - 1) - this.turnWorth(lane, turns) - this.worth[origin]! - short - dear;
  }

  private hopeOf(slots: readonly number[], owed: number): number {
    let hope = owed * dear;
    for (const slot of slots) hope += this.bestOf[slot]! + dear;
    return hope;
  }

  private expand(step: Step, origin: number, heap: Heap): number {
    const { lanes } = this.level;
    const [slot = -1, ...rest] = step.pending;
    const options = this.options[slot]!;
    for (const pair of options) {
      const lane = lanes.laneOf[pair]!;
      if (pair !== origin && !this.isUsed(step, lane)) this.place(step, origin, pair, lane, rest, heap);
    }
    this.left -= options.length;
    return options.length;
  }

  private isUsed(step: Step, lane: number): boolean {
    for (let at: Step | null = step; at !== null && at.pair >= 0; at = at.before)
      if (this.level.lanes.laneOf[at.pair] === lane) return true;
    return false;
  }

  /** All ways in which a lecturer takes the pair: beside what they hold, or with one or two turns leaving. */
  private place(
    step: Step,
    origin: number,
    pair: number,
    lane: number,
    rest: readonly number[],
    heap: Heap,
  ): void {
    const { least, most } = this.level;
    const held = this.held[lane]!.filter((other) => other !== origin);
    const clash = this.clashes(lane, pair, held);
    if (clash.length > 2) return;
    const add = (out: readonly number[]) => {
      const next = this.stepTo(step, pair, lane, held, out, rest);
      if (next) heap.push(next);
    };
    const left = clash.length === 0 ? held : held.filter((other) => !clash.includes(other));
    const full = this.fullMonth(lane, pair, left);
    if (full !== null) return full.forEach((other) => add([...clash, other]));
    if (clash.length > 0) return add(clash);
    if (held.length + 1 > most[lane]!) return held.forEach((other) => add([other]));
    add([]);
    if (held.length + 1 > least[lane]!) for (const other of held) add([other]);
  }

  private stepTo(
    step: Step,
    pair: number,
    lane: number,
    held: readonly number[],
    out: readonly number[],
    rest: readonly number[],
  ): Step | null {
    const { lanes, least, most } = this.level;
    const turns = held.length - out.length + 1;
    if (turns > most[lane]! || (out.length > 1 && turns < least[lane]!)) return null;
    const pending = [...rest, ...out.map((other) => lanes.slotOf[other]!)];
    if (pending.length > 2) return null;
    // A turn that makes good what was short is as dear as a slot filled.
    const fed = held.length < least[lane]! && turns > held.length ? 1 : 0;
    let worth = step.worth + this.worth[pair]! + dear * (1 + fed - out.length);
    for (const other of out) worth -= this.worth[other]!;
    worth += this.turnWorth(lane, turns) - this.turnWorth(lane, held.length);
    const owed = Math.max(0, step.owed - fed);
    return { before: step, pair, out, pending, owed, worth, hope: worth + this.hopeOf(pending, owed) };
  }

  private clashes(index: number, pair: number, held: readonly number[]): number[] {
    const lane = this.level.lanes.lanes[index]!;
    const at = pair - lane.first;
    return held.filter((other) => {
      const place = other - lane.first;
      return place < at ? lane.next[place]! > at : lane.next[at]! > place;
    });
  }

  /** The pairs of the month if it has no room; clashes were looked at before. */
  private fullMonth(index: number, pair: number, held: readonly number[]): readonly number[] | null {
    const lane = this.level.lanes.lanes[index]!;
    if (lane.month === null) return null;
    const at = pair - lane.first;
    const same = held.filter((other) => lane.month![other - lane.first] === lane.month![at]);
    return same.length >= lane.room[at]! ? same : null;
  }
}

/** A binary heap by hope, greatest first; the earlier pushed first among equals. */
class Heap {
  private readonly items: { step: Step; order: number }[] = [];
  private pushed = 0;

  push(step: Step): void {
    const item = { step, order: this.pushed++ };
    this.items.push(item);
    let at = this.items.length - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!isAhead(item, this.items[up]!)) break;
      this.items[at] = this.items[up]!;
      at = up;
    }
    this.items[at] = item;
  }

  pop(): Step | null {
    const top = this.items[0];
    const last = this.items.pop();
    if (top === undefined || last === undefined) return null;
    if (this.items.length > 0) this.sink(last);
    return top.step;
  }

  private sink(item: { step: Step; order: number }): void {
    const { length } = this.items;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && isAhead(this.items[child + 1]!, this.items[child]!)) child += 1;
      if (!isAhead(this.items[child]!, item)) break;
      this.items[at] = this.items[child]!;
      at = child;
    }
    this.items[at] = item;
  }
}

function isAhead(a: { step: Step; order: number }, b: { step: Step; order: number }): boolean {
  return a.step.hope > b.step.hope || (a.step.hope === b.step.hope && a.order < b.order);
}
