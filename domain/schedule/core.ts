import { sum } from "../numbers.ts";
import { branchAndCut } from "./branch.ts";
import type { Aids } from "./branch.ts";
import { gridOf } from "./grid.ts";
import { Lagrangian } from "./lagrange.ts";
import type { Level, Total } from "./lagrange.ts";
import type { Lane, Lanes } from "./lanes.ts";
import { MipBuilder } from "./solver.ts";
import type { Mip, MipAnswer, MipLimits, Solver } from "./solver.ts";

/** Models of fewer columns go to the solver as they are. */
const smallColumns = 600;

/** What the solver found within the pairs it was given; `holder` by slot: the lecturer, or −1. */
export type CoreAnswer =
  | { status: "optimal"; holder: Int32Array; bound: number }
  | { status: "infeasible" }
  | { status: "stopped"; holder: Int32Array | null; bound: number };

/**
 * Solves a level exactly over the pairs of `kept`. Rows: each slot, maximal cliques of what rule (e) forbids together, month
 * caps, numbers of turns, and the totals of earlier aims. `start` is a plan within the level. `branching`: false where the solver
 * itself closes such levels sooner.
 */
export function solveCore(
  level: Level,
  kept: Uint8Array,
  solver: Solver,
  limits: MipLimits,
  start: Int32Array | null,
  expired?: () => boolean,
  branching = true,
): CoreAnswer {
  const core = new Core(level, kept);
  if (!core.addSlots()) return { status: "infeasible" };
  core.addLanes();
  core.addTotals();
  const mip = { ...core.problem(), ...core.startOf(start) };
  // In the solver's own hands very small models are as quick, and those without a grid keep closer to their rows.
  const answer =
    !branching || mip.fine || mip.cost.length < smallColumns
      ? solver.solve(mip, limits)
      : branchAndCut(mip, solver.open, limits, { expired, losses: core.lossesOf() });
  return core.read(answer);
}

/** Whether the level has a plan where turns may be given in parts. */
export function isRelaxable(level: Level, kept: Uint8Array, solver: Solver): boolean {
  const core = new Core(level, kept);
  if (!core.addSlots()) return false;
  core.addLanes();
  core.addTotals();
  const relaxation = solver.open(core.problem());
  try {
    return relaxation.solve() !== null;
  } finally {
    relaxation.end();
  }
}

class Core {
  readonly mip = new MipBuilder();
  private readonly level: Level;
  private readonly lanes: Lanes;
  private readonly columnOf: Int32Array;
  private readonly pairOf: number[] = [];
  /** The first rows are those of slots. */
  private readonly slotOfRow: number[] = [];
  /** By lane: columns of "has at least k turns", k from 1. */
  private readonly turns: number[][] = [];

  constructor(level: Level, kept: Uint8Array) {
    this.level = level;
    this.lanes = level.lanes;
    this.columnOf = new Int32Array(kept.length).fill(-1);
    for (let pair = 0; pair < kept.length; pair += 1) {
      if (kept[pair] === 0) continue;
      this.columnOf[pair] = this.mip.column(level.gain[pair]!);
      this.pairOf.push(pair);
    }
  }

  /** False if a slot that must be filled has nobody left. */
  addSlots(): boolean {
    for (const [slot, list] of this.lanes.bySlot.entries()) {
      const columns = list.map((pair) => this.columnOf[pair]!).filter((column) => column >= 0);
      if (this.level.must[slot] === 1 && columns.length === 0) return false;
      if (this.level.must[slot] !== 1 && columns.length < 2) continue;
      this.slotOfRow.push(slot);
      this.mip.row(this.level.must[slot] === 1 ? 1 : -Infinity, 1, columns);
    }
    return true;
  }

  addLanes(): void {
    for (const lane of this.lanes.lanes) {
      const kept = Array.from({ length: lane.length }, (_, at) => at).filter(
        (at) => this.columnOf[lane.first + at]! >= 0,
      );
      this.addCliques(lane, kept);
      this.addMonths(lane, kept);
      this.addTurns(
        lane,
        kept.map((at) => this.columnOf[lane.first + at]!),
      );
    }
  }

  private addCliques(lane: Lane, kept: readonly number[]): void {
    let active: number[] = [];
    for (const at of kept) {
      const still = active.filter((before) => lane.next[before]! > at);
      if (still.length < active.length) this.addClique(lane, active);
      active = [...still, at];
    }
    this.addClique(lane, active);
  }

  private addClique(lane: Lane, members: readonly number[]): void {
    if (members.length > 1)
      this.mip.row(
        -Infinity,
        1,
        members.map((at) => this.columnOf[lane.first + at]!),
      );
  }

  private addMonths(lane: Lane, kept: readonly number[]): void {
    if (lane.month === null) return;
    const months = new Map<number, number[]>();
    for (const at of kept) {
      const list = months.get(lane.month[at]!);
      if (list) list.push(at);
      else months.set(lane.month[at]!, [at]);
    }
    for (const list of months.values()) {
      const room = lane.room[list[0]!]!;
      if (list.length > room)
        this.mip.row(
          -Infinity,
          room,
          list.map((at) => this.columnOf[lane.first + at]!),
        );
    }
  }

  private addTurns(lane: Lane, columns: readonly number[]): void {
    const { bonus, least, most, totals } = this.level;
    const [lo, hi] = [least[lane.lecturer]!, most[lane.lecturer]!];
    if (bonus === null && !totals.some((total) => total.turns !== null)) {
      if (lo > 0 || hi < Math.min(lane.most, columns.length)) this.mip.row(lo, hi, columns);
      return;
    }
    // Worth falls with every turn more, so the columns fill up from the first by themselves.
    const worth = bonus?.[lane.lecturer];
    const unary = Array.from({ length: hi }, (_, at) =>
      this.mip.column(worth ? worth[at + 1]! - worth[at]! : 0),
    );
    this.turns[lane.lecturer] = unary;
    this.mip.row(0, 0, [...columns, ...unary], [...columns.map(() => 1), ...unary.map(() => -1)]);
    if (lo > 0) this.mip.row(lo, hi, unary);
  }

  addTotals(): void {
    for (const total of this.level.totals) {
      if (total.turns) this.addTurnTotal(total, total.turns);
      if (total.pair) {
        const share = total.pair;
        const pairs = this.pairOf.filter((pair) => share[pair] !== 0);
        const columns = pairs.map((pair) => this.columnOf[pair]!);
        this.mip.row(
          total.value,
          total.value,
          columns,
          pairs.map((pair) => share[pair]!),
        );
      }
    }
  }

  /** Costs of turns: at most the total. On a grid the row is in whole numbers with room for rounding only. */
  private addTurnTotal(total: Total, turns: readonly Float64Array[]): void {
    const columns: number[] = [];
    const values: number[] = [];
    let rest = total.value;
    for (const { lecturer } of this.lanes.lanes) {
      rest -= turns[lecturer]![0]!;
      for (const [at, column] of (this.turns[lecturer] ?? []).entries()) {
        columns.push(column);
        values.push(turns[lecturer]![at + 1]! - turns[lecturer]![at]!);
      }
    }
    const grid = gridOf(values);
    const fine = grid > 1e-6 * Math.max(1, Math.abs(rest));
    if (fine)
      this.mip.row(
        -Infinity,
        Math.round(rest / grid) + 0.25,
        columns,
        values.map((value) => Math.round(value / grid)),
      );
    else {
      this.mip.fine = true;
      this.mip.row(-Infinity, rest + 5e-10 * Math.max(1, Math.abs(total.value)), columns, values);
    }
  }

  /**
   * What each column loses by the lecturers' best sequences at the prices of slots and cuts: more than its row duals say. Null
   * where numbers of turns have columns of their own.
   */
  lossesOf(): Aids["losses"] {
    if (this.level.bonus !== null || this.level.totals.length > 0) return undefined;
    return (duals, cuts) => {
      const gain = this.level.gain.map((value, pair) => (this.columnOf[pair]! < 0 ? -Infinity : value));
      const price = new Float64Array(this.lanes.bySlot.length);
      for (const [row, slot] of this.slotOfRow.entries())
        price[slot] = this.level.must[slot] === 1 ? duals[row]! : Math.max(0, duals[row]!);
      let extra = 0;
      for (const [at, { upper, columns, values }] of cuts.entries()) {
        const dual = Math.max(0, duals[this.mip.rows.length + at]!);
        extra += dual * upper;
        for (const [k, column] of columns.entries()) {
          const pair = this.pairOf[column]!;
          gain[pair] = gain[pair]! - dual * (values?.[k] ?? 1);
        }
      }
      const lagrangian = new Lagrangian({ ...this.level, gain });
      const bound = { value: lagrangian.evaluate(price, []), price, weight: [] };
      if (!Number.isFinite(bound.value)) return null;
      const { pair } = lagrangian.losses(bound, Infinity);
      return { bound: bound.value + extra, loss: Float64Array.from(this.pairOf, (one) => pair[one]!) };
    };
  }

  problem(): Mip {
    const { cost, rows, fine } = this.mip;
    return fine ? { cost, rows, fine } : { cost, rows };
  }

  startOf(holder: Int32Array | null): { start?: number[] } {
    if (holder === null) return {};
    const start: number[] = [];
    const load = new Int32Array(this.lanes.lanes.length);
    for (const pair of this.pairOf)
      if (holder[this.lanes.slotOf[pair]!] === this.lanes.laneOf[pair]) {
        start.push(this.columnOf[pair]!);
        load[this.lanes.laneOf[pair]!]! += 1;
      }
    for (const [lecturer, unary] of this.turns.entries())
      start.push(...(unary ?? []).slice(0, load[lecturer]));
    return { start };
  }

  read(answer: MipAnswer): CoreAnswer {
    if (answer.status === "infeasible") return answer;
    // What nobody's first turn is worth stands outside the solver's objective.
    const bound = answer.bound + sum((this.level.bonus ?? []).map((worth) => worth[0] ?? 0));
    if (answer.chosen === null) return { status: "stopped", holder: null, bound };
    const holder = new Int32Array(this.lanes.bySlot.length).fill(-1);
    for (const column of answer.chosen) {
      const pair = this.pairOf[column];
      if (pair !== undefined) holder[this.lanes.slotOf[pair]!] = this.lanes.laneOf[pair]!;
    }
    return { status: answer.status, bound, holder };
  }
}
