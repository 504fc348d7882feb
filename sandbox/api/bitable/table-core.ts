import type { Kernel } from "../../kernel.ts";
import { raise } from "./commit.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { addField, buildField } from "./field-core.ts";
import type { FieldSpec } from "./field-core.ts";
import { PRIMARY_TYPES } from "./field-property.ts";
import { LIMITS, T } from "./model.ts";
import type { Base, Table, View } from "./model.ts";

export interface TableSpec {
  name?: string;
  default_view_name?: string;
  fields?: FieldSpec[];
}

export interface TableWork {
  kernel: Kernel;
  base: Base;
  page: Page;
  actor: string;
}

/** A name for a table of this Base, trimmed. The sources name no code for forbidden characters; 1254001 is used. */
export function tableName(work: TableWork, given: string | undefined, own: Table | null = null): string {
  const name = given?.trim() ?? "";
  if (name === "") throw refusal(work.page, 1254001, "a table needs a name");
  if (name.length > 100 || /[/\\?*:[\]]/.test(name)) throw refusal(work.page, 1254001, `table name ${name}`);
  if (work.base.tables.some((table) => table.name === name && table !== own))
    throw refusal(work.page, 1254013, name);
  return name;
}

/** A table with its first view and fields; without fields it has one of text, as a new table shows it. */
export function createTable(work: TableWork, spec: TableSpec): Table {
  const { kernel, base, page } = work;
  if (base.tables.length + base.dashboards.length >= LIMITS.tables) throw refusal(page, 1254100);
  const name = tableName(work, spec.name);
  const fields = spec.fields?.length ? spec.fields : [{ field_name: "文本", type: T.text }];
  if (fields.length > LIMITS.fields) throw refusal(page, 1254105);
  if (!PRIMARY_TYPES.has(fields[0]?.type ?? 0))
    throw refusal(page, 1254012, `type ${fields[0]?.type} as primary field`);
  const table: Table = {
    id: kernel.id("tbl"),
    name,
    revision: 1,
    createdAt: kernel.now(),
    fields: [],
    views: [newView(kernel, spec.default_view_name?.trim() || "表格", "grid")],
    rows: {},
    count: 0,
    trash: [],
    journal: [],
  };
  addFields({ ...work, table }, fields);
  base.tables.push(table);
  raise(kernel, base, table, work.actor);
  return table;
}

/** All or none: every field is checked before the first is added. Two-way links come last, they touch other tables. */
function addFields(work: TableWork & { table: Table }, specs: FieldSpec[]): void {
  const trial = { ...work.table, fields: [...work.table.fields] };
  for (const spec of specs) trial.fields.push(buildField({ ...work, table: trial }, spec, null));
  for (const spec of specs) {
    const field = addField(work, spec);
    field.primary = field === work.table.fields[0];
  }
}

export function newView(kernel: Kernel, name: string, type: string): View {
  return { id: kernel.id("vew"), name, type, filter: null, hidden: [], hierarchy: null, form: null };
}

export function deleteTables(work: TableWork, ids: string[]): void {
  const { base, page, kernel } = work;
  const gone = [...new Set(ids)].map((id) => {
    const table = base.tables.find((one) => one.id === id);
    if (!table) throw refusal(page, 1254041, `table_id ${id}`);
    return table;
  });
  if (gone.length >= base.tables.length) throw refusal(page, 1254034);
  base.tables = base.tables.filter((table) => !gone.includes(table));
  // The other side of a two-way link has nothing left to point at.
  for (const table of base.tables) {
    const dead = table.fields.filter(
      (field) => field.type === T.duplex && ids.includes(field.property.table_id ?? ""),
    );
    table.fields = table.fields.filter((field) => !dead.includes(field));
  }
  raise(kernel, base, null, work.actor);
}
