import { isRelaxable, solveCore } from "./core.ts";
import type { Level } from "./lagrange.ts";
import type { Means } from "./solution.ts";

/** Lecturers of one neighbourhood: as many as the solver takes in its stride, then more where few do not do. */
const sizes = [14, 24, 40];
/** Pairs a slot keeps in a neighbourhood, the least loss first. */
const share = 6;
/** Beyond so many pairs one relaxation of all would take hundreds of megabytes. */
const relaxablePairs = 40_000;
/** What a slot filled or a turn for who is short is worth beside fit. */
const dear = 20;
/** Neighbourhoods for improvement: how many lecturers, and pairs kept a slot. */
const hoods: readonly Hood[] = [
  { size: 14, share: 6 },
  { size: 24, share: 8 },
  { size: 32, share: 8 },
];

interface Hood {
  size: number;
  share: number;
}

/**
 * Makes a plan whole, then better, a neighbourhood at a time: lecturers who could help give back all they hold, and the solver
 * deals anew. `holder`: by slot the lecturer or −1; changed in place. `loss`: what a pair costs.
 */
export class Repair {
  private readonly level: Level;
  private readonly holder: Int32Array;
  private readonly loss: Float64Array;
  private readonly means: Means;
  private readonly turnWorth: readonly Float64Array[] | null;
  /** Neighbourhoods that were dealt anew as they stand. */
  private readonly known = new Set<string>();
  /** By slot: its pairs, the least loss first. */
  private readonly options: readonly (readonly number[])[];

  constructor(level: Level, holder: Int32Array, loss: Float64Array, means: Means) {
    this.level = level;
    this.holder = holder;
    this.loss = loss;
    this.means = means;
    this.options = level.lanes.bySlot.map((list) => [...list].sort((a, b) => loss[a]! - loss[b]! || a - b));
    const turns = level.totals.find((total) => total.turns !== null)?.turns;
    this.turnWorth = turns ? turns.map((costs) => costs.map((cost) => -100 * cost)) : null;
  }

  /** "whole" when every slot that must be is filled and nobody is short; "none" when no plan at all can be that. */
  mend(): "whole" | "short" | "none" {
    for (const [at, size] of sizes.entries()) {
      if (at === 1 && this.isImpossible()) return "none";
      for (const slot of this.open())
        if (this.holder[slot]! < 0 && !this.means.expired?.()) this.dealAnew([slot], size);
      for (const lane of this.short())
        if (this.isShort(lane) && !this.means.expired?.()) this.dealAnew(this.slotsOf(lane), size);
    }
    return this.isWhole() ? "whole" : "short";
  }

  private isWhole(): boolean {
    return this.open().length === 0 && this.short().length === 0;
  }

  /** Even in halves and thirds nobody could fill the slots: cheaper to know than to try on. */
  private isImpossible(): boolean {
    if (this.isWhole() || this.loss.length > relaxablePairs) return false;
    const all = new Uint8Array(this.loss.length).fill(1);
    return !isRelaxable(this.level, all, this.means.solver!);
  }

  /**
   * Deals anew around the pairs that lose most, in ever larger neighbourhoods, while that brings something. `grid` is how fine
   * values are; `limit` how many neighbourhoods at most.
   */
  improve(grid: number, limit: number): void {
    let left = limit;
    for (const hood of hoods) {
      for (let gained = true; gained && left > 0;) {
        const [dealt, gain] = this.pass(hood, grid, left);
        left -= dealt;
        gained = gain > 1e-9;
      }
    }
  }

  private pass({ size, share }: Hood, grid: number, limit: number): [dealt: number, gain: number] {
    const { laneOf, slotOf } = this.level.lanes;
    const held = [...this.loss.keys()]
      .filter((pair) => this.holder[slotOf[pair]!] === laneOf[pair] && this.loss[pair]! > grid)
      .sort((a, b) => this.loss[b]! - this.loss[a]! || a - b);
    const covered = new Set<number>();
    let [dealt, gain] = [0, 0];
    for (const pair of held) {
      const slot = slotOf[pair]!;
      if (covered.has(slot) || this.holder[slot] !== laneOf[pair]) continue;
      if (dealt >= limit || this.means.expired?.()) break;
      const near = this.around([slot], size, share);
      const key = near
        .map((lane) => `${lane}:${this.slotsHeld(lane).join()}`)
        .sort()
        .join(" ");
      if (this.known.has(key)) continue;
      this.known.add(key);
      dealt += 1;
      gain += this.dealBetter(near, grid, share);
      // The outer half of a neighbourhood had its own neighbours fixed: it gets a turn of its own.
      for (const lane of near.slice(0, size >> 1)) for (const one of this.slotsHeld(lane)) covered.add(one);
    }
    return [dealt, gain];
  }

  /** The best way to deal what these lecturers hold among them; what it gained. */
  private dealBetter(lanes: readonly number[], grid: number, share: number): number {
    const { level } = this;
    const near = new Uint8Array(level.lanes.lanes.length);
    for (const lane of lanes) near[lane] = 1;
    const free = Uint8Array.from(this.holder, (lecturer) => (lecturer >= 0 ? near[lecturer]! : 0));
    const load = (lane: number) => this.slotsHeld(lane).length;
    // Where numbers of turns are an aim, everybody keeps theirs.
    const range = (side: Int32Array) =>
      side.map((turns, lane) => (near[lane] === 0 ? 0 : this.turnWorth ? load(lane) : turns));
    const part: Level = {
      lanes: level.lanes,
      gain: level.gain,
      bonus: null,
      least: range(level.least),
      most: range(level.most),
      must: free,
      totals: [],
    };
    const limits = { nodes: 12, gap: Math.max(grid * 0.9, 1e-6) };
    const answer = solveCore(part, this.keptOf(free, near, share), this.means.solver!, limits, this.holder);
    if (answer.status === "infeasible" || answer.holder === null) return 0;
    let gain = 0;
    for (const [slot, isFree] of free.entries()) {
      if (isFree === 0) continue;
      gain += this.gainOf(slot, answer.holder[slot]!) - this.gainOf(slot, this.holder[slot]!);
    }
    if (gain <= 1e-9) return 0;
    for (const [slot, isFree] of free.entries()) if (isFree === 1) this.holder[slot] = answer.holder[slot]!;
    return gain;
  }

  private gainOf(slot: number, lane: number): number {
    const pair = this.options[slot]!.find((one) => this.level.lanes.laneOf[one] === lane);
    return pair === undefined ? -Infinity : this.level.gain[pair]!;
  }

  private open(): number[] {
    const { must } = this.level;
    return [...this.holder.keys()].filter((slot) => must[slot] === 1 && this.holder[slot]! < 0);
  }

  private short(): number[] {
    return this.level.lanes.lanes.map((lane) => lane.lecturer).filter((lane) => this.isShort(lane));
  }

  private isShort(lane: number): boolean {
    return this.slotsHeld(lane).length < this.level.least[lane]!;
  }

  private slotsHeld(lane: number): number[] {
    return this.slotsOf(lane).filter((slot) => this.holder[slot] === lane);
  }

  private slotsOf(lane: number): number[] {
    const { slotOf, lanes } = this.level.lanes;
    const { first, length } = lanes[lane]!;
    return [...slotOf.subarray(first, first + length)];
  }

  /** Lecturers around some slots: who suits them best, then who suits best what those hold, and so on. */
  private around(slots: readonly number[], size: number, kept = share): number[] {
    const { laneOf } = this.level.lanes;
    const near = new Set<number>();
    const queue = [...slots];
    for (let at = 0; at < queue.length && near.size < size; at += 1)
      for (const pair of this.options[queue[at]!]!.slice(0, kept)) {
        const lane = laneOf[pair]!;
        if (near.has(lane) || near.size >= size) continue;
        near.add(lane);
        queue.push(...this.slotsHeld(lane));
      }
    return [...near];
  }

  /** The slots that were dealt, or none if the solver found no way. */
  private dealAnew(slots: readonly number[], size: number): number[] {
    const { lanes, must, least, most, gain } = this.level;
    const near = new Uint8Array(lanes.lanes.length);
    for (const lane of this.around(slots, size)) near[lane] = 1;
    const wanted = new Set(slots);
    const free = Uint8Array.from(this.holder, (lecturer, slot) =>
      lecturer >= 0 ? near[lecturer]! : wanted.has(slot) ? 1 : 0,
    );
    const only = (turns: Int32Array) => turns.map((count, lane) => (near[lane] === 1 ? count : 0));
    const part: Level = {
      lanes,
      // A slot filled and a turn for who is short are worth more than any fit, so that every deal is a step forward.
      gain: gain.map((value, pair) => value + (must[lanes.slotOf[pair]!] === 1 ? dear : 0)),
      bonus: lanes.lanes.map(({ lecturer }) => this.turnsWorth(lecturer, least[lecturer]!, most[lecturer]!)),
      least: new Int32Array(least.length),
      most: only(most),
      must: new Uint8Array(must.length),
      totals: [],
    };
    const limits = { nodes: 5, gap: 0.5 };
    const answer = solveCore(part, this.keptOf(free, near), this.means.solver!, limits, this.holder);
    const dealt = [...free.keys()].filter((slot) => free[slot] === 1);
    if (answer.status === "infeasible" || answer.holder === null) return slots.slice();
    for (const slot of dealt) this.holder[slot] = answer.holder[slot]!;
    return dealt;
  }

  private turnsWorth(lane: number, least: number, most: number): Float64Array {
    return Float64Array.from(
      { length: most + 1 },
      (_, turns) => dear * Math.min(turns, least) + (this.turnWorth?.[lane]?.[turns] ?? 0),
    );
  }

  private keptOf(free: Uint8Array, near: Uint8Array, most = share): Uint8Array {
    const { lanes } = this.level;
    const kept = new Uint8Array(this.loss.length);
    for (const [slot, isFree] of free.entries()) {
      if (isFree === 0) continue;
      const list = this.options[slot]!.filter((pair) => near[lanes.laneOf[pair]!] === 1);
      for (const [at, pair] of list.entries())
        if (at < most || this.holder[slot] === lanes.laneOf[pair]) kept[pair] = 1;
    }
    return kept;
  }
}
