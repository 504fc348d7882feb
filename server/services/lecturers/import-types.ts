import type { PatchOf, TableKey } from "#base/index.ts";
import type { Names } from "#base/table.ts";

export type ImportKind = "lecturers" | "sessions" | "ratings" | "baseline" | "files";

/** A pasted or uploaded table; `number` is the row's number as the spreadsheet shows it. */
export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
}

/** A cell that cannot be used; its row is not imported. */
export interface RowError {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly expected: Names;
}
/** A row left out on purpose: it is there already. */
export interface Skipped {
  readonly row: number;
  readonly value: string;
  readonly why: Names;
}
export interface ColumnMatch {
  readonly key: string;
  readonly name: Names;
  readonly required: boolean;
  /** The sheet's heading taken for it; null when the sheet has none. */
  readonly header: string | null;
}

/** What the batch made, by table or store, to be undone as one. */
export type Made = Record<string, string[]>;

/** Rows of one table; a row may need the ids that earlier steps made. */
export interface Step<K extends TableKey = TableKey> {
  readonly table: K;
  readonly rows: readonly ((made: Made) => PatchOf<K>)[];
}

/** What an import would do: the same for the preview and the import. */
export interface Prepared {
  readonly columns: ColumnMatch[];
  /** Headings that were not understood; their cells are passed over. */
  readonly unused: string[];
  readonly errors: RowError[];
  readonly skipped: Skipped[];
  /** Names that would become new options of 擅长领域. */
  readonly newOptions: string[];
  readonly steps: Step[];
  readonly ledger: readonly {
    readonly lecturer: (made: Made) => string;
    readonly points: number;
    readonly reason: string;
  }[];
  readonly released: readonly {
    readonly session: string;
    readonly lecturer: string;
    readonly month: string;
    readonly scores: number[];
    readonly comments: string[];
  }[];
  readonly baseline: readonly {
    readonly figure: string;
    readonly value: string;
    readonly source: string;
    readonly statedAt: number;
  }[];
}

export const nothing = (): Prepared => ({
  columns: [],
  unused: [],
  errors: [],
  skipped: [],
  newOptions: [],
  steps: [],
  ledger: [],
  released: [],
  baseline: [],
});

/** Gives a step its table's types. */
export function step<K extends TableKey>(table: K, rows: readonly ((made: Made) => PatchOf<K>)[]): Step {
  return { table, rows } as unknown as Step;
}
