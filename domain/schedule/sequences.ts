import { monthAfter } from "./lanes.ts";
import type { Lane } from "./lanes.ts";

/**
 * The best turns of one lecturer for given values of each: a dynamic program over (candidate, turns in its month, count).
 * One instance serves all lanes in turn; its table is valid until the next `fill`.
 */
export class Sequences {
  private table: Float64Array = new Float64Array(1024);
  private values: Float64Array = new Float64Array(64);
  private lane!: Lane;
  /** Columns of the table: counts 0 … count, or one if counts do not matter. */
  private columns = 1;
  private counting = false;

  /**
   * Works out, from each candidate on, the best value of taking exactly k turns (k ≤ `count`), or of any number (`count` null).
   * `valueOf` has the value of each candidate of the lane, by its place.
   */
  fill(lane: Lane, valueOf: Float64Array, count: number | null): void {
    this.lane = lane;
    this.values = valueOf;
    this.counting = count !== null;
    this.columns = count === null ? 1 : count + 1;
    const { length, width } = lane;
    const row = width * this.columns;
    const size = (length + 1) * row;
    if (this.table.length < size) this.table = new Float64Array(size * 2);
    const { table, columns } = this;
    table.fill(-Infinity, length * row, size);
    for (let taken = 0; taken < width; taken += 1) table[length * row + taken * columns] = 0;
    if (lane.month === null) this.fillPlain(lane, valueOf);
    else this.fillCapped(lane, valueOf);
  }

  private fillPlain(lane: Lane, valueOf: Float64Array): void {
    const { table, columns } = this;
    const shift = this.counting ? 1 : 0;
    const { next } = lane;
    for (let at = lane.length - 1; at >= 0; at -= 1) {
      const [here, skip, take] = [at * columns, (at + 1) * columns, next[at]! * columns - shift];
      const value = valueOf[at]!;
      if (shift === 1) table[here] = table[skip]!;
      for (let k = shift; k < columns; k += 1) {
        const with_ = value + table[take + k]!;
        const without = table[skip + k]!;
        table[here + k] = with_ > without ? with_ : without;
      }
    }
  }

  private fillCapped(lane: Lane, valueOf: Float64Array): void {
    const { table, columns } = this;
    const shift = this.counting ? 1 : 0;
    const row = lane.width * columns;
    for (let at = lane.length - 1; at >= 0; at -= 1) {
      const [value, to, room] = [valueOf[at]!, lane.next[at]!, lane.room[at]!];
      for (let taken = 0; taken < lane.width; taken += 1) {
        const here = at * row + taken * columns;
        const skip = (at + 1) * row + monthAfter(lane, at, at + 1, taken) * columns;
        const take = to * row + monthAfter(lane, at, to, taken + 1) * columns - shift;
        if (shift === 1) table[here] = table[skip]!;
        for (let k = shift; k < columns; k += 1) {
          const with_ = taken < room ? value + table[take + k]! : -Infinity;
          const without = table[skip + k]!;
          table[here + k] = with_ > without ? with_ : without;
        }
      }
    }
  }

  /** The best value of exactly k turns (any number if counts do not matter). */
  best(k: number): number {
    return this.table[k]!;
  }

  /** Calls `visit` with the place of every turn of the best choice of k turns, in time order. */
  trace(k: number, visit: (at: number) => void): void {
    const { lane, table, columns } = this;
    const row = lane.width * columns;
    const shift = this.counting ? 1 : 0;
    let [at, taken, left] = [0, 0, this.counting ? k : 0];
    while (at < lane.length) {
      const skipped = monthAfter(lane, at, at + 1, taken);
      if (table[at * row + taken * columns + left] === table[(at + 1) * row + skipped * columns + left]) {
        [at, taken] = [at + 1, skipped];
        continue;
      }
      visit(at);
      const to = lane.next[at]!;
      [at, taken, left] = [to, monthAfter(lane, at, to, taken + 1), left - shift];
    }
  }

  /**
   * For every candidate the best value of all choices that include it, with `bonus[k]` added for k turns in all
   * (lo ≤ k ≤ hi; null = any number, no bonus).
   */
  through(range: { lo: number; hi: number; bonus: Float64Array } | null): Float64Array {
    const { lane, table, columns, values } = this;
    const { width, length } = lane;
    const row = width * columns;
    const shift = this.counting ? 1 : 0;
    const ahead = new Float64Array((length + 1) * row).fill(-Infinity);
    const found = new Float64Array(length).fill(-Infinity);
    ahead[0] = 0;
    const raise = (place: number, value: number) => {
      if (value > ahead[place]!) ahead[place] = value;
    };
    for (let at = 0; at < length; at += 1) {
      const to = lane.next[at]!;
      for (let taken = 0; taken < width; taken += 1) {
        const here = at * row + taken * columns;
        const skip = (at + 1) * row + monthAfter(lane, at, at + 1, taken) * columns;
        for (let k = 0; k < columns; k += 1) raise(skip + k, ahead[here + k]!);
        if (lane.month !== null && taken >= lane.room[at]!) continue;
        const take = to * row + monthAfter(lane, at, to, taken + 1) * columns;
        for (let k = 0; k + shift < columns; k += 1) {
          const before = ahead[here + k]! + values[at]!;
          if (before === -Infinity) continue;
          raise(take + k + shift, before);
          if (range === null) found[at] = Math.max(found[at]!, before + table[take]!);
          else
            for (let rest = Math.max(0, range.lo - k - 1); rest + k + 1 <= range.hi; rest += 1)
              found[at] = Math.max(found[at]!, before + table[take + rest]! + range.bonus[k + 1 + rest]!);
        }
      }
    }
    return found;
  }
}
