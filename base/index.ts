import type { Field, Table, ValueOf } from "./table.ts";
import { awards } from "./tables/awards.ts";
import { careNotes } from "./tables/care-notes.ts";
import { companyDays } from "./tables/company-days.ts";
import { demands } from "./tables/demands.ts";
import { groups } from "./tables/groups.ts";
import { lecturers } from "./tables/lecturers.ts";
import { ledger } from "./tables/ledger.ts";
import { materials } from "./tables/materials.ts";
import { messages } from "./tables/messages.ts";
import { metrics } from "./tables/metrics.ts";
import { profiles } from "./tables/profiles.ts";
import { ratings } from "./tables/ratings.ts";
import { rules } from "./tables/rules.ts";
import { sessions } from "./tables/sessions.ts";
import { settings } from "./tables/settings.ts";
import { templates } from "./tables/templates.ts";
import { topics } from "./tables/topics.ts";

/** All tables of both Bases by key. The answers of 调研 have no table: they go to the server only. */
export const tables = {
  lecturers,
  groups,
  sessions,
  topics,
  templates,
  materials,
  demands,
  ratings,
  companyDays,
  profiles,
  rules,
  ledger,
  awards,
  careNotes,
  messages,
  metrics,
  settings,
};

export type Tables = typeof tables;
export type TableKey = keyof Tables;
export const tableKeys = Object.keys(tables) as TableKey[];
/** The same tables without their exact types, for code that walks over any of them. */
export const anyTables: Readonly<Record<TableKey, Table>> = { ...tables };

type Fields<K extends TableKey> = Tables[K]["fields"];
type CheckboxKey<F> = { [P in keyof F]: F[P] extends { kind: "checkbox" } ? P : never }[keyof F];

/** A decoded record of a table: absent cells are undefined, checkboxes are always there. */
export type RowOf<K extends TableKey> = {
  [P in CheckboxKey<Fields<K>>]: boolean;
} & {
  [P in Exclude<keyof Fields<K>, CheckboxKey<Fields<K>>>]?: ValueOf<Fields<K>[P]> | undefined;
};
type ReadOnlyKey<F> = { [P in keyof F]: F[P] extends { kind: "updated" | "backLinks" } ? P : never }[keyof F];
/** What may be written: undefined leaves a cell as it is, null clears it. */
export type PatchOf<K extends TableKey> = {
  [P in Exclude<keyof Fields<K>, ReadOnlyKey<Fields<K>>>]?: ValueOf<Fields<K>[P]> | null | undefined;
};
export type OptionKey<K extends TableKey, F extends keyof Fields<K>> = ValueOf<Fields<K>[F]> & string;

/** The field of a table by key; undefined where the table has none of that name. */
export function fieldOf(table: TableKey, key: string): Field | undefined {
  return anyTables[table].fields[key];
}
