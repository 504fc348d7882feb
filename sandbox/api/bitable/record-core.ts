import { commit } from "./commit.ts";
import type { Change } from "./commit.ts";
import { rightsOf } from "./access.ts";
import type { Opened } from "./access.ts";
import { refusal } from "./errors.ts";
import { LIMITS, fieldByName } from "./model.ts";
import type { Cell, Option, Table } from "./model.ts";
import { toCell } from "./write-cell.ts";
import type { WriteContext } from "./write-cell.ts";

export type Fields = Record<string, unknown>;

export interface RecordUpdate {
  record_id?: string;
  fields: Fields;
}

function writeContext(opened: Opened, table: Table): WriteContext {
  const { kernel, base, page, idType } = opened;
  return { kernel, base, table, page, idType, newOptions: new Map<string, Option[]>() };
}

/** Field names → field ids, write format → cells. @throws 1254045 for unknown names and the conversion errors. */
function toCells(context: WriteContext, fields: Fields): Record<string, Cell | null> {
  const cells: Record<string, Cell | null> = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = fieldByName(context.table, name);
    if (!field) throw refusal(context.page, 1254045, `fields.${name}`);
    cells[field.id] = toCell(context, field, value);
  }
  return cells;
}

/** Creates records, all or none; the new ids in the order given. */
export function createRecords(opened: Opened, table: Table, records: { fields: Fields }[]): string[] {
  if (records.length === 0) throw refusal(opened.page, 1254007, "records is empty");
  if (records.length > LIMITS.batch) throw refusal(opened.page, 1254104, `${records.length} records`);
  if (table.count + records.length > LIMITS.records) throw refusal(opened.page, 1254103);
  const rights = rightsOf(opened, table);
  if (!rights.add) throw refusal(opened.page, 1254302, "records may not be added");
  const context = writeContext(opened, table);
  const cells = records.map((record) => toCells(context, record.fields));
  refuseFixed(opened, rights.unfillable, cells);
  const changes: Change[] = cells.map((one) => ({ kind: "create", id: opened.kernel.id("rec"), cells: one }));
  commit(opened.kernel, opened.base, table, opened.actor, changes, context.newOptions);
  return changes.map((change) => (change.kind === "create" ? change.id : ""));
}

/** Changes the named cells, all records or none. */
export function updateRecords(opened: Opened, table: Table, records: RecordUpdate[]): void {
  if (records.length === 0) throw refusal(opened.page, 1254007, "records is empty");
  if (records.length > LIMITS.batch) throw refusal(opened.page, 1254104, `${records.length} records`);
  const rights = rightsOf(opened, table);
  if (!rights.edit) throw refusal(opened.page, 1254302, "records may not be changed");
  const context = writeContext(opened, table);
  const changes: Change[] = records.map(({ record_id: id = "", fields }) => {
    const row = rowOf(opened, table, id);
    if (rights.changes && !rights.changes(row)) throw refusal(opened.page, 1254302, `record ${id}`);
    return { kind: "update", id, cells: toCells(context, fields) };
  });
  refuseFixed(
    opened,
    rights.fixed,
    changes.flatMap((change) => (change.kind === "update" ? [change.cells] : [])),
  );
  commit(opened.kernel, opened.base, table, opened.actor, changes, context.newOptions);
}

export function deleteRecords(opened: Opened, table: Table, ids: string[]): void {
  if (ids.length === 0) throw refusal(opened.page, 1254007, "records is empty");
  if (ids.length > LIMITS.batchDelete) throw refusal(opened.page, 1254104, `${ids.length} records`);
  const rights = rightsOf(opened, table);
  if (!rights.remove) throw refusal(opened.page, 1254302, "records may not be deleted");
  for (const id of ids) {
    const row = rowOf(opened, table, id);
    if (rights.changes && !rights.changes(row)) throw refusal(opened.page, 1254302, `record ${id}`);
  }
  commit(
    opened.kernel,
    opened.base,
    table,
    opened.actor,
    [...new Set(ids)].map((id) => ({ kind: "delete", id })),
  );
}

function rowOf(opened: Opened, table: Table, id: string) {
  const row = Object.hasOwn(table.rows, id) ? table.rows[id] : undefined;
  if (!row) throw refusal(opened.page, id === "" ? 1254006 : 1254043, `record_id ${id}`);
  return row;
}

function refuseFixed(opened: Opened, fixed: ReadonlySet<string>, cells: Record<string, unknown>[]): void {
  if (fixed.size === 0) return;
  for (const one of cells) {
    const forbidden = Object.keys(one).find((id) => fixed.has(id));
    if (forbidden) throw refusal(opened.page, 1254302, `field ${forbidden}`);
  }
}

/** What create and update answer: the WRITE format, empty cells left out (facts.md §4.6). */
export function echo(id: string, fields: Fields): Record<string, unknown> {
  const shown = Object.entries(fields).filter(
    ([, value]) => value !== null && value !== "" && !emptyList(value),
  );
  return { record_id: id, id, fields: Object.fromEntries(shown) };
}

const emptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
