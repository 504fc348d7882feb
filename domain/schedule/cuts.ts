import type { MipRow } from "./solver.ts";

/** How close to a bound counts as at it. */
const tolerance = 1e-7;
/** A cut the relaxed values do not break by so much is not worth its row. */
const leastBroken = 0.05;

/**
 * Zero-half cuts (Caprara & Fischetti 1996): half the sum of rows that hold with equality, rounded down, where all columns that
 * are neither 0 nor 1 come out whole and the right side does not. Every whole plan keeps them; `values`, the relaxed plan, breaks
 * them. The best first.
 */
export function findCuts(rows: readonly MipRow[], values: Float64Array): MipRow[] {
  const system = new ParitySystem(rows, values);
  return system
    .oddSums()
    .map((sum) => halved(rows, values, sum))
    .filter((cut) => cut !== null)
    .sort((a, b) => b.depth - a.depth)
    .map((cut) => cut.row);
}

/** A row of the system: which fractional columns it has an odd share in, its right side, and the rows it is the sum of. */
interface Parity {
  columns: Uint32Array;
  odd: number;
  from: Set<number>;
}

class ParitySystem {
  private readonly parities: Parity[] = [];
  /** By fractional column: the parities that have it. */
  private readonly having: Set<number>[];

  constructor(rows: readonly MipRow[], values: Float64Array) {
    const place = new Int32Array(values.length).fill(-1);
    let count = 0;
    values.forEach((value, column) => {
      if (value > tolerance && value < 1 - tolerance) place[column] = count++;
    });
    this.having = Array.from({ length: count }, () => new Set());
    for (const [at, row] of rows.entries()) this.add(at, row, values, place);
  }

  private add(at: number, row: MipRow, values: Float64Array, place: Int32Array): void {
    const side = tightSide(row, values);
    if (side === 0) return;
    const columns = new Uint32Array((this.having.length + 31) >> 5);
    let right = side > 0 ? row.upper : row.lower;
    let free = false;
    for (const [k, column] of row.columns.entries()) {
      const share = row.values?.[k] ?? 1;
      if (share % 2 === 0) continue;
      const to = place[column]!;
      if (to >= 0) {
        columns[to >> 5]! ^= 1 << (to & 31);
        free = true;
      } else if (values[column]! > 0.5) right -= share;
    }
    if (!free) return;
    const index = this.parities.length;
    eachBit(columns, (column) => this.having[column]!.add(index));
    this.parities.push({ columns, odd: Math.abs(right % 2), from: new Set([at]) });
  }

  /** Elimination, the rarest column and the shortest row first: sums without fractional columns and an odd right side. */
  oddSums(): ReadonlySet<number>[] {
    const found: ReadonlySet<number>[] = [];
    const alive = new Set(this.having.keys());
    while (alive.size > 0) {
      const column = this.rarest(alive);
      if (column < 0) break;
      const pivot = this.shortest(this.having[column]!);
      // Each one that the pivot is added to leaves this set while it is gone through, which a Set allows.
      for (const at of this.having[column]!)
        if (at !== pivot && this.addTo(at, pivot)) found.push(this.parities[at]!.from);
      eachBit(this.parities[pivot]!.columns, (one) => this.having[one]!.delete(pivot));
      alive.delete(column);
    }
    return found;
  }

  private rarest(alive: Set<number>): number {
    let [best, least] = [-1, Infinity];
    for (const column of alive) {
      const { size } = this.having[column]!;
      if (size === 0) alive.delete(column);
      else if (size < least) [best, least] = [column, size];
    }
    return best;
  }

  private shortest(candidates: ReadonlySet<number>): number {
    let [best, least] = [-1, Infinity];
    for (const at of candidates) {
      const { columns, from } = this.parities[at]!;
      const size = countBits(columns) * 1000 + from.size;
      if (size < least) [best, least] = [at, size];
    }
    return best;
  }

  /** Adds the pivot to a parity; true when nothing fractional is left of it and its right side is odd. */
  private addTo(at: number, pivot: number): boolean {
    const [to, other] = [this.parities[at]!, this.parities[pivot]!];
    eachBit(other.columns, (column) => {
      const had = (to.columns[column >> 5]! & (1 << (column & 31))) !== 0;
      if (had) this.having[column]!.delete(at);
      else this.having[column]!.add(at);
    });
    to.columns.forEach((word, k) => (to.columns[k] = word ^ other.columns[k]!));
    to.odd ^= other.odd;
    for (const row of other.from) if (!to.from.delete(row)) to.from.add(row);
    return to.odd === 1 && to.columns.every((word) => word === 0);
  }
}

/** 1 or −1 for the side the row holds with equality, whole numbers throughout; 0 otherwise. */
function tightSide(row: MipRow, values: Float64Array): -1 | 0 | 1 {
  let total = 0;
  for (const [k, column] of row.columns.entries()) {
    const share = row.values?.[k] ?? 1;
    if (!Number.isInteger(share)) return 0;
    total += share * values[column]!;
  }
  if (Number.isInteger(row.upper) && row.upper - total < tolerance) return 1;
  return Number.isInteger(row.lower) && total - row.lower < tolerance ? -1 : 0;
}

function halved(
  rows: readonly MipRow[],
  values: Float64Array,
  sum: ReadonlySet<number>,
): { row: MipRow; depth: number } | null {
  const shares = new Map<number, number>();
  let right = 0;
  for (const at of sum) {
    const row = rows[at]!;
    const side = tightSide(row, values);
    right += side > 0 ? row.upper : -row.lower;
    for (const [k, column] of row.columns.entries())
      shares.set(column, (shares.get(column) ?? 0) + side * (row.values?.[k] ?? 1));
  }
  const [columns, kept]: [number[], number[]] = [[], []];
  let [reached, length] = [0, 0];
  for (const [column, share] of shares) {
    // A column at 1 is rounded up, with "at most 1" added to the sum.
    const up = share % 2 !== 0 && values[column]! > 1 - tolerance ? 1 : 0;
    right += up;
    const half = Math.floor((share + up) / 2);
    if (half === 0) continue;
    columns.push(column);
    kept.push(half);
    reached += half * values[column]!;
    length += half * half;
  }
  const upper = Math.floor(right / 2);
  if (reached - upper < leastBroken) return null;
  return {
    row: { lower: -Infinity, upper, columns, values: kept },
    depth: (reached - upper) / Math.sqrt(length),
  };
}

function eachBit(words: Uint32Array, visit: (at: number) => void): void {
  for (let k = 0; k < words.length; k += 1)
    for (let word = words[k]!; word !== 0; word &= word - 1) visit((k << 5) + 31 - Math.clz32(word & -word));
}

function countBits(words: Uint32Array): number {
  let count = 0;
  for (let k = 0; k < words.length; k += 1)
    for (let word = words[k]!; word !== 0; word &= word - 1) count += 1;
  return count;
}
