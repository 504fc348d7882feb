/** A model over yes-or-no columns: maximize cost · x with lower ≤ Ax ≤ upper. */
export interface Mip {
  cost: readonly number[];
  rows: readonly MipRow[];
  /** A plan that keeps every row, as the columns that are 1: the solver need not find it again. */
  start?: readonly number[];
  /** A row has no grid, so that rounding of the usual size could hide a difference. */
  fine?: boolean;
}

export interface MipRow {
  lower: number;
  upper: number;
  columns: readonly number[];
  /** One a column; 1 each if absent. */
  values?: readonly number[];
}

export interface MipLimits {
  /** Branches looked at before it stops: a count, so that equal input gives equal output. */
  nodes: number;
  /** Stop as soon as nothing better by this much can exist. */
  gap: number;
  /** Only with `--budget`, where determinism is not promised. */
  seconds?: number;
}

/** `chosen`: the columns that are 1. `bound`: no plan is worth more. */
export type MipAnswer =
  | { status: "optimal"; chosen: number[]; bound: number }
  | { status: "infeasible" }
  | { status: "stopped"; chosen: number[] | null; bound: number };

export type SolveMip = (mip: Mip, limits: MipLimits) => MipAnswer;

/** A relaxed plan: values between 0 and 1, and by row what one more of its right side is worth. */
export interface Relaxed {
  values: Float64Array;
  duals: Float64Array;
}

/** The relaxation of a model, solved again and again, each time from where the last one ended. */
export interface Relaxation {
  /** Null only where no values keep every row. */
  solve(): Relaxed | null;
  addRows(rows: readonly MipRow[]): void;
  setBounds(columns: readonly number[], lower: readonly number[], upper: readonly number[]): void;
  end(): void;
}

export type OpenRelaxation = (mip: Mip) => Relaxation;

/** Handed in from outside: the rules know no solver. Synchronous; whoever must not wait runs it in a worker. */
export interface Solver {
  solve: SolveMip;
  open: OpenRelaxation;
}

/** Collects rows; an infinite side is written as ±Infinity. */
export class MipBuilder {
  readonly cost: number[] = [];
  readonly rows: MipRow[] = [];
  fine = false;

  column(cost: number): number {
    this.cost.push(cost);
    return this.cost.length - 1;
  }

  row(lower: number, upper: number, columns: readonly number[], values?: readonly number[]): void {
    this.rows.push(values ? { lower, upper, columns, values } : { lower, upper, columns });
  }
}
