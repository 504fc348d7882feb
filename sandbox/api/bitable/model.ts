import { slice } from "../../kernel.ts";

/** What a cell holds inside: ids instead of names, so that renames never touch rows. */
export type Cell = string | number | boolean | string[] | { text: string; link: string };

export interface Row {
  id: string;
  cells: Record<string, Cell>;
  createdAt: number;
  createdBy: string;
  modifiedAt: number;
  modifiedBy: string;
}

export interface Option {
  id: string;
  name: string;
  color: number;
}

export interface Property {
  options?: Option[];
  formatter?: string;
  date_formatter?: string;
  auto_fill?: boolean;
  multiple?: boolean;
  table_id?: string;
  back_field_name?: string;
  back_field_id?: string;
  auto_serial?: {
    type: string;
    reformat_existing_records?: boolean;
    options?: { type: string; value: string }[];
  };
  location?: { input_type: string };
  formula_expression?: string;
  allowed_edit_modes?: { manual?: boolean; scan?: boolean };
  min?: number;
  max?: number;
  range_customize?: boolean;
  currency_code?: string;
  rating?: { symbol: string };
}

export interface Field {
  id: string;
  name: string;
  type: number;
  uiType: string;
  property: Property;
  description: { text?: string; disable_sync?: boolean } | null;
  primary: boolean;
  createdAt: number;
  /** Last number given out, for auto numbers. */
  serial: number;
}

export interface ViewCondition {
  condition_id: string;
  field_id: string;
  operator: string;
  value: string | null;
}

export interface FormMeta {
  name: string;
  description: string;
  shared: boolean;
  shared_limit: string;
  submit_limit_once: boolean;
  sharedToken: string;
  fields: { field_id: string; title: string; description: string; required: boolean; visible: boolean }[];
}

/** What people set in a view by hand and the Open API neither shows nor changes. */
export interface ViewSettings {
  sort: { fieldId: string; desc: boolean }[];
  group: { fieldId: string; desc: boolean }[];
  widths: Record<string, number>;
  rowHeight: number;
  shared: boolean;
}

export interface View {
  id: string;
  name: string;
  type: string;
  filter: { conjunction: "and" | "or"; conditions: ViewCondition[] } | null;
  hidden: string[];
  hierarchy: string | null;
  form: FormMeta | null;
  settings?: ViewSettings;
}

/** One change as it was before, for reads that lag. `before` null = the row did not exist. */
interface JournalEntry {
  at: number;
  revision: number;
  id: string;
  before: Row | null;
}

export interface Table {
  id: string;
  name: string;
  revision: number;
  createdAt: number;
  fields: Field[];
  views: View[];
  rows: Record<string, Row>;
  count: number;
  trash: Row[];
  journal: JournalEntry[];
}

export interface Role {
  id: string;
  name: string;
  /** As sent: `table_roles`, `block_roles`, `base_rule`. */
  body: Record<string, unknown>;
  members: { type: string; id: string; kind: string }[];
}

export interface Base {
  token: string;
  name: string;
  folder: string;
  timeZone: string;
  revision: number;
  advanced: boolean;
  advancedAt: number;
  copyingUntil: number;
  tables: Table[];
  roles: Role[];
  workflows: { workflow_id: string; title: string; status: string }[];
  dashboards: { block_id: string; name: string }[];
  /** client_token → what it did. */
  clientTokens: Record<string, { hash: string; ids: string[]; at: number }>;
}

export interface BitableState {
  bases: Record<string, Base>;
  /** Field events kept back by the switch `staleFieldNames`. */
  heldEvents: { type: string; event: Record<string, unknown>; appId: string }[];
}

export const bitable = slice<BitableState>("bitable", () => ({ bases: {}, heldEvents: [] }));

/** Limits of facts.md §4.5. */
export const LIMITS = {
  fields: 300,
  formulas: 100,
  views: 200,
  tables: 100,
  roles: 30,
  roleMembers: 200,
  records: 20_000,
  text: 100_000,
  optionsPerField: 20_000,
  optionsPerCell: 1000,
  users: 1000,
  attachments: 100,
  links: 500,
  groups: 10,
  batch: 1000,
  batchDelete: 500,
} as const;

/** Field types by their documented numbers. */
export const T = {
  text: 1,
  number: 2,
  select: 3,
  multiSelect: 4,
  date: 5,
  checkbox: 7,
  user: 11,
  phone: 13,
  url: 15,
  attachment: 17,
  link: 18,
  lookup: 19,
  formula: 20,
  duplex: 21,
  location: 22,
  group: 23,
  stage: 24,
  createdTime: 1001,
  modifiedTime: 1002,
  createdUser: 1003,
  modifiedUser: 1004,
  autoNumber: 1005,
  button: 3001,
} as const;

export const READ_ONLY: ReadonlySet<number> = new Set([
  T.lookup,
  T.formula,
  T.stage,
  T.createdTime,
  T.modifiedTime,
  T.createdUser,
  T.modifiedUser,
  T.autoNumber,
  T.button,
]);

export function fieldByName(table: Table, name: string): Field | undefined {
  return table.fields.find((field) => field.name === name);
}

export function fieldById(table: Table, id: string): Field | undefined {
  return table.fields.find((field) => field.id === id);
}
