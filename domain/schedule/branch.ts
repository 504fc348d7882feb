import { findCuts } from "./cuts.ts";
import type { Mip, MipAnswer, MipLimits, MipRow, OpenRelaxation, Relaxation } from "./solver.ts";

/** Rounds of cuts at the root and elsewhere, cuts a round, rounds with little progress: counts, so that equal input gives equal output. */
const cutting = { root: 24, later: 4, every: 8, perRound: 40, idle: 3, little: 0.02 };
/** A dive for a better plan at the root and every so many nodes, and how many columns are rounded in a row. */
const diving = { every: 16, steps: 60, high: 0.8 };
/** Choices of which both sides are looked at before one is branched on. */
const tried = 12;
/** Values closer to 0 or 1 than this count as such. */
const whole = 1e-6;

type Settled = readonly { column: number; value: 0 | 1 }[];
/** Every plan is on one side at least. */
type Sides = readonly [Settled, Settled];

/** The plans with some columns settled; none of them is worth more than `bound`. */
interface Node {
  settled: Settled;
  bound: number;
}

/** A relaxed plan, the bound it gives, and what each column gains beside the duals. */
interface State {
  values: Float64Array;
  duals: Float64Array;
  bound: number;
  gains: Float64Array;
}

/**
 * Branch and cut over yes-or-no columns. Branches halve who may take a slot: setting one column to 0 changes next to nothing
 * where many others are as good. What is ruled out is ruled out by a bound worked out anew from the duals (Neumaier &
 * Shcherbina 2004), right whatever the solver rounds.
 */
export function branchAndCut(mip: Mip, open: OpenRelaxation, limits: MipLimits, aids: Aids = {}): MipAnswer {
  const search = new BranchAndCut(mip, open(mip), limits, aids);
  let smaller: Smaller | null;
  try {
    smaller = aids.losses ? search.shrink(aids.losses) : null;
    if (smaller === null) return search.run();
  } finally {
    search.relaxation.end();
  }
  return smaller.read(branchAndCut(smaller.mip, open, limits, { expired: aids.expired }));
}

/** What a caller may know or want beside the model. */
export interface Aids {
  expired?: (() => boolean) | undefined;
  /** A bound by other means from the duals of the model's rows and of cuts, and what a plan loses by each column beside it. */
  losses?:
    | ((duals: Float64Array, cuts: readonly MipRow[]) => { bound: number; loss: Float64Array } | null)
    | undefined;
}

class BranchAndCut {
  readonly relaxation: Relaxation;
  private readonly mip: Mip;
  private readonly limits: MipLimits;
  private readonly aids: Aids;
  private readonly rows: MipRow[];
  /** Rows of which exactly one column is 1. */
  private readonly choices: readonly (readonly number[])[];
  /** What the relaxation knows of the columns now. */
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  /** 0 or 1 where every better plan has that; −1 elsewhere. */
  private readonly fixed: Int8Array;
  private best = -Infinity;
  private chosen: number[] | null = null;
  /** No plan that was ruled out is worth more. */
  private ruledOut = -Infinity;
  private nodes = 0;

  constructor(mip: Mip, relaxation: Relaxation, limits: MipLimits, aids: Aids) {
    this.mip = mip;
    this.relaxation = relaxation;
    this.limits = limits;
    this.aids = aids;
    this.rows = [...mip.rows];
    this.choices = mip.rows
      .filter(({ lower, upper, values }) => lower === 1 && upper === 1 && !values)
      .map(({ columns }) => columns);
    this.lower = new Float64Array(mip.cost.length);
    this.upper = new Float64Array(mip.cost.length).fill(1);
    this.fixed = new Int8Array(mip.cost.length).fill(-1);
    if (mip.start) this.offer(mip.start);
  }

  /** The model without the columns that no better plan has, with all cuts found; null where that is not much smaller. */
  shrink(losses: NonNullable<Aids["losses"]>): Smaller | null {
    const first = this.solveWith([]);
    const state = first && this.cut(first, cutting.root);
    if (!state) return null;
    this.dive(state, []);
    const found = losses(state.duals, this.rows.slice(this.mip.rows.length));
    if (found === null) return null;
    const { bound, loss } = found;
    const dropped = Uint8Array.from(loss, (one) => (bound - one > this.best + this.limits.gap ? 0 : 1));
    const count = dropped.reduce((total, one) => total + one, 0);
    if (count < 0.1 * dropped.length || this.chosen === null) return null;
    return new Smaller(this.mip, this.rows, dropped, this.chosen, this.best + this.limits.gap);
  }

  run(): MipAnswer {
    const stack: Node[] = [{ settled: [], bound: Infinity }];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (this.isHopeless(node.bound)) continue;
      if (this.nodes >= this.limits.nodes || this.aids.expired?.()) {
        const bound = [node, ...stack].reduce((most, one) => Math.max(most, one.bound), this.ruledOut);
        return { status: "stopped", chosen: this.chosen, bound: Math.max(bound, this.best) };
      }
      this.nodes += 1;
      stack.push(...this.visit(node));
    }
    if (this.chosen !== null)
      return { status: "optimal", chosen: this.chosen, bound: Math.max(this.best, this.ruledOut) };
    return this.ruledOut === -Infinity
      ? { status: "infeasible" }
      : { status: "stopped", chosen: null, bound: this.ruledOut };
  }

  /** Whether no plan worth while is below this bound: then it is noted as ruled out. */
  private isHopeless(bound: number): boolean {
    if (bound > this.best + this.limits.gap) return false;
    this.ruledOut = Math.max(this.ruledOut, bound);
    return true;
  }

  /** What is left of a node, none if it is done with; the more hopeful part last. */
  private visit(node: Node): Node[] {
    const isRoot = this.nodes === 1;
    let settled = node.settled;
    let state = this.solveWith(settled);
    if (state && (isRoot || this.nodes % cutting.every === 0))
      state = this.cut(state, isRoot ? cutting.root : cutting.later);
    if (state && (isRoot || this.nodes % diving.every === 0)) {
      this.dive(state, settled);
      state = this.solveWith(settled);
    }
    while (state) {
      if (isRoot) this.fixForGood(state);
      const choice = this.choose(state, settled);
      if (choice === null) return [];
      if ("sides" in choice) return this.children(settled, choice);
      settled = [...settled, ...choice.only];
      state = this.solveWith(settled);
    }
    return [];
  }

  private children(settled: Settled, { sides, bounds }: { sides: Sides; bounds: number[] }): Node[] {
    return [0, 1]
      .map((at) => ({ settled: [...settled, ...sides[at]!], bound: bounds[at]! }))
      .sort((a, b) => a.bound - b.bound);
  }

  /** The relaxed plan of a node; null where it is hopeless. */
  private solveWith(settled: Settled): State | null {
    this.settle(settled);
    const state = this.relax();
    return state === null || this.isHopeless(state.bound) ? null : state;
  }

  /** Both sides of some choices: a hopeless one leaves only the other, otherwise the best is branched on. */
  private choose(
    state: State,
    settled: Settled,
  ): { only: Settled } | { sides: Sides; bounds: number[] } | null {
    const fractional = fractionalOf(state.values);
    if (fractional.length === 0) {
      this.offerValues(state.values);
      this.ruledOut = Math.max(this.ruledOut, state.bound);
      return null;
    }
    let best: { sides: Sides; bounds: number[] } | null = null;
    let bestScore = -1;
    for (const sides of this.sidesOf(state.values, fractional)) {
      const bounds = sides.map((side) => Math.min(state.bound, this.boundWith([...settled, ...side])));
      const [first, second] = bounds.map((bound) => this.isHopeless(bound));
      if (first && second) return null;
      if (first || second) return { only: sides[first ? 1 : 0] };
      const score = bounds.reduce((product, bound) => product * Math.max(1e-6, state.bound - bound), 1);
      if (score > bestScore) [best, bestScore] = [{ sides, bounds }, score];
    }
    return best;
  }

  private boundWith(settled: Settled): number {
    this.settle(settled);
    const state = this.relax();
    if (state === null) return -Infinity;
    if (fractionalOf(state.values).length === 0) this.offerValues(state.values);
    return state.bound;
  }

  /** Rows of which one column is 1, dealt into halves; where no such row is undecided, single columns. */
  private sidesOf(values: Float64Array, fractional: readonly number[]): Sides[] {
    const isFractional = new Set(fractional);
    const rows = this.choices
      .map((row) => ({ row, parts: row.filter((column) => isFractional.has(column)).length }))
      .filter(({ parts }) => parts >= 2)
      .map(({ row, parts }) => ({ ...halvesOf(row, values), parts }))
      .sort((a, b) => b.evenness + 0.05 * b.parts - (a.evenness + 0.05 * a.parts))
      .slice(0, tried);
    if (rows.length > 0) return rows.map(({ sides }) => sides);
    const off = (column: number) => Math.abs(values[column]! - 0.5);
    return [...fractional]
      .sort((a, b) => off(a) - off(b) || a - b)
      .slice(0, tried)
      .map((column) => [[{ column, value: 0 }], [{ column, value: 1 }]]);
  }

  /** Makes exactly these columns settled, beside those fixed for good. */
  private settle(settled: Settled): void {
    const want = Int8Array.from(this.fixed);
    for (const { column, value } of settled) want[column] = value;
    const columns: number[] = [];
    for (let column = 0; column < want.length; column += 1) {
      const [lower, upper] = [want[column] === 1 ? 1 : 0, want[column] === 0 ? 0 : 1];
      if (this.lower[column] === lower && this.upper[column] === upper) continue;
      this.lower[column] = lower;
      this.upper[column] = upper;
      columns.push(column);
    }
    const [lower, upper] = [this.lower, this.upper].map((side) => columns.map((column) => side[column]!));
    if (columns.length > 0) this.relaxation.setBounds(columns, lower!, upper!);
  }

  private relax(): State | null {
    const answer = this.relaxation.solve();
    return answer && { ...answer, ...this.boundBy(answer.duals) };
  }

  private boundBy(duals: Float64Array): Pick<State, "bound" | "gains"> {
    const gains = Float64Array.from(this.mip.cost);
    let bound = 0;
    for (let at = 0; at < this.rows.length; at += 1) {
      const { lower, upper, columns, values } = this.rows[at]!;
      const side = duals[at]! > 0 ? upper : lower;
      const dual = Number.isFinite(side) ? duals[at]! : 0;
      if (dual === 0) continue;
      bound += dual * side;
      for (let k = 0; k < columns.length; k += 1)
        gains[columns[k]!] = gains[columns[k]!]! - dual * (values ? values[k]! : 1);
    }
    for (let column = 0; column < gains.length; column += 1) {
      const gain = gains[column]!;
      bound += gain * (gain > 0 ? this.upper[column]! : this.lower[column]!);
    }
    return { bound, gains };
  }

  /** Cuts until they bring little; null where the node turns out hopeless. */
  private cut(first: State, rounds: number): State | null {
    let state = first;
    let idle = 0;
    for (let round = 0; round < rounds && idle < cutting.idle; round += 1) {
      const cuts = findCuts(this.rows, state.values).slice(0, cutting.perRound);
      if (cuts.length === 0) break;
      this.rows.push(...cuts);
      this.relaxation.addRows(cuts);
      const next = this.relax();
      if (next === null || this.isHopeless(next.bound)) return null;
      const room = this.chosen === null ? Math.abs(state.bound) * 1e-3 : state.bound - this.best;
      idle = state.bound - next.bound > cutting.little * room ? 0 : idle + 1;
      state = next;
    }
    return state;
  }

  /** Columns that no better plan can have otherwise. */
  private fixForGood({ bound, gains }: State): void {
    for (let column = 0; column < gains.length; column += 1) {
      if (this.lower[column] === this.upper[column]) continue;
      const gain = gains[column]!;
      if (this.isHopeless(bound - Math.abs(gain))) this.fixed[column] = gain > 0 ? 1 : 0;
    }
  }

  /** Looks for a better plan by rounding up what is nearly 1, again and again. */
  private dive(from: State, settled: Settled): void {
    let path = settled;
    let state: State | null = from;
    for (let step = 0; step < diving.steps && state; step += 1) {
      const { values }: State = state;
      const fractional = fractionalOf(values);
      if (fractional.length === 0) return this.offerValues(values);
      const greatest = fractional.reduce((a, b) => (values[b]! > values[a]! ? b : a));
      const high = fractional.filter((column) => values[column]! > diving.high);
      const up = (high.length > 0 ? high : [greatest]).map((column) => ({ column, value: 1 as const }));
      state = this.lookAt([...path, ...up]);
      if (state) path = [...path, ...up];
      else {
        path = [...path, { column: greatest, value: 0 }];
        state = this.lookAt(path);
      }
    }
  }

  /** As `solveWith`, but nothing is concluded: a dive rules nothing out. */
  private lookAt(settled: Settled): State | null {
    this.settle(settled);
    const state = this.relax();
    return state !== null && state.bound > this.best + this.limits.gap ? state : null;
  }

  private offerValues(values: Float64Array): void {
    this.offer([...values.keys()].filter((column) => values[column]! > 0.5));
  }

  /** Takes a plan that keeps every row and is better than the best. */
  private offer(columns: readonly number[]): void {
    const value = columns.reduce((total, column) => total + this.mip.cost[column]!, 0);
    if (value <= this.best) return;
    const has = new Uint8Array(this.mip.cost.length);
    for (const column of columns) has[column] = 1;
    if (!this.mip.rows.every((row) => keepsRow(row, has))) return;
    this.best = value;
    this.chosen = [...columns];
  }
}

/** A model with some columns at 0 left out; what uses them is worth `outside` at most. */
class Smaller {
  readonly mip: Mip;
  private readonly kept: readonly number[];
  private readonly outside: number;

  constructor(
    mip: Mip,
    rows: readonly MipRow[],
    dropped: Uint8Array,
    chosen: readonly number[],
    outside: number,
  ) {
    const held = new Set(chosen);
    this.kept = [...dropped.keys()].filter((column) => dropped[column] === 0 || held.has(column));
    this.outside = outside;
    const place = new Map(this.kept.map((column, at) => [column, at]));
    const within = (row: MipRow): MipRow => {
      const shares = [...row.columns.entries()].filter(([, column]) => place.has(column));
      const columns = shares.map(([, column]) => place.get(column)!);
      const { lower, upper, values } = row;
      return values
        ? { lower, upper, columns, values: shares.map(([k]) => values[k]!) }
        : { lower, upper, columns };
    };
    this.mip = {
      cost: this.kept.map((column) => mip.cost[column]!),
      // A row left with one column of an upper side of 1 says nothing.
      rows: rows
        .map(within)
        .filter(
          ({ lower, upper, columns, values }) => values || columns.length > 1 || lower > 0 || upper < 1,
        ),
      start: chosen.map((column) => place.get(column)!),
      ...(mip.fine ? { fine: true } : {}),
    };
  }

  read(answer: MipAnswer): MipAnswer {
    if (answer.status === "infeasible") return answer;
    const chosen = answer.chosen?.map((column) => this.kept[column]!) ?? null;
    const bound = Math.max(answer.bound, this.outside);
    return answer.status === "optimal"
      ? { status: "optimal", chosen: chosen!, bound }
      : { status: "stopped", chosen, bound };
  }
}

function fractionalOf(values: Float64Array): number[] {
  const found: number[] = [];
  values.forEach((value, column) => {
    if (value > whole && value < 1 - whole) found.push(column);
  });
  return found;
}

/** The columns of a row dealt into two sides of about the same weight; either all of one or all of the other are 0. */
function halvesOf(row: readonly number[], values: Float64Array): { sides: Sides; evenness: number } {
  const order = [...row].sort((a, b) => values[b]! - values[a]! || a - b);
  const [first, second]: [number[], number[]] = [[], []];
  const weight = [0, 0];
  for (const column of order) {
    const toFirst = weight[0]! < weight[1]! || (weight[0] === weight[1] && first.length < second.length);
    (toFirst ? first : second).push(column);
    weight[toFirst ? 0 : 1]! += values[column]!;
  }
  const none = (columns: readonly number[]) => columns.map((column) => ({ column, value: 0 as const }));
  return { sides: [none(first), none(second)], evenness: Math.min(...weight) };
}

function keepsRow({ lower, upper, columns, values }: MipRow, has: Uint8Array): boolean {
  let total = 0;
  for (const [k, column] of columns.entries()) if (has[column] === 1) total += values?.[k] ?? 1;
  const room = 1e-9 * Math.max(1, Math.abs(total));
  return total <= upper + room && total >= lower - room;
}
