import type { TableKey } from "#base/index.ts";

export type Thing = "table" | "field" | "option" | "view" | "rows" | "role" | "subscription";

export interface Created {
  readonly what: Thing;
  readonly table?: TableKey;
  /** Key of the field, option or view, in our words. */
  readonly key?: string;
  readonly name: string;
  readonly id?: string;
  /** How many, for rows. */
  readonly count?: number;
}
export interface Found {
  readonly table: TableKey;
  readonly name: string;
  readonly tableId: string;
  readonly fields: number;
  readonly views: number;
}
/** The real Base is not as the schema says, and still works. */
export interface Drift {
  readonly what: "renamed" | "type" | "multiple" | "missing";
  readonly of: Thing;
  readonly table: TableKey;
  readonly field?: string;
  readonly key?: string;
  readonly expected: string;
  readonly actual: string;
}
/** Something a person has to do; `next` says what. */
export interface ProvisionProblem {
  readonly table?: TableKey;
  readonly field?: string;
  readonly detail: string;
  readonly next: string;
}
export interface ProvisionReport {
  readonly created: Created[];
  readonly found: Found[];
  readonly drift: Drift[];
  readonly problems: ProvisionProblem[];
  /** What the API cannot do: the plugin's set-up or a person does it. */
  readonly byHand: { readonly table: TableKey; readonly view: string; readonly next: string }[];
}

export function emptyReport(): ProvisionReport {
  return { created: [], found: [], drift: [], problems: [], byHand: [] };
}
