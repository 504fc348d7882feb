import type { TableKey } from "../index.ts";

/** A cell that cannot be used as it is: which, what stands there, what was expected. */
export interface CellProblem {
  readonly field: string;
  /** The name people know the field by. */
  readonly fieldName: string;
  readonly value: unknown;
  readonly expected: string;
}

/** Values of ours that must not be written; names each cell. */
export class EncodeError extends Error {
  readonly table: TableKey;
  readonly problems: CellProblem[];
  constructor(table: TableKey, problems: CellProblem[]) {
    const list = problems.map((p) => `${table}.${p.field}: expected ${p.expected}, got ${show(p.value)}`);
    super(list.join("; "));
    this.name = "EncodeError";
    this.table = table;
    this.problems = problems;
  }
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
