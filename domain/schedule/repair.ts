import { solveCore } from "./core.ts";
import type { Level } from "./lagrange.ts";
import type { Means } from "./solution.ts";

/** Lecturers of one neighbourhood: as many as the solver takes in its stride, then more where few do not do. */
const sizes = [14, 24, 40];
/** Pairs a slot keeps in a neighbourhood, the least loss first. */
const share = 6;
/** What a slot filled or a turn for who is short is worth beside fit. */
const dear = 20;
/** Neighbourhoods dealt anew for improvement: a count, so that equal input gives equal output. */
const rounds = 40;

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

  /** True when every slot that must be is filled and nobody is short. */
  mend(): boolean {
    for (const size of sizes) {
      for (const slot of this.open())
        if (this.holder[slot]! < 0 && !this.means.expired?.()) this.dealAnew([slot], size);
      for (const lane of this.short())
        if (this.isShort(lane) && !this.means.expired?.()) this.dealAnew(this.slotsOf(lane), size);
    }
    return this.open().length === 0 && this.short().length === 0;
  }

  /** Deals anew around the pairs that lose most. */
  improve(): void {
    const { lanes } = this.level;
    const held: number[] = [];
    for (let pair = 0; pair < this.loss.length; pair += 1)
      if (this.holder[lanes.slotOf[pair]!] === lanes.laneOf[pair] && this.loss[pair]! > 0.01) held.push(pair);
    held.sort((a, b) => this.loss[b]! - this.loss[a]! || a - b);
    const dealt = new Set<number>();
    for (const pair of held) {
      const slot = lanes.slotOf[pair]!;
      if (dealt.has(slot)) continue;
      if (dealt.size >= rounds * share * sizes[0]! || this.means.expired?.()) return;
      for (const near of this.dealAnew([slot], sizes[0]!)) dealt.add(near);
    }
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
  private around(slots: readonly number[], size: number): number[] {
    const { laneOf } = this.level.lanes;
    const near = new Set<number>();
    const queue = [...slots];
    for (let at = 0; at < queue.length && near.size < size; at += 1)
      for (const pair of this.options[queue[at]!]!.slice(0, share)) {
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

  private keptOf(free: Uint8Array, near: Uint8Array): Uint8Array {
    const { lanes } = this.level;
    const kept = new Uint8Array(this.loss.length);
    for (const [slot, isFree] of free.entries()) {
      if (isFree === 0) continue;
      const list = this.options[slot]!.filter((pair) => near[lanes.laneOf[pair]!] === 1);
      for (const [at, pair] of list.entries())
        if (at < share || this.holder[slot] === lanes.laneOf[pair]) kept[pair] = 1;
    }
    return kept;
  }
}
