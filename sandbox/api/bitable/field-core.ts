import type { Kernel } from "../../kernel.ts";
import { autoNumber } from "./auto-number.ts";
import { raise } from "./commit.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { emitField } from "./events.ts";
import { PRIMARY_TYPES, UI_TYPES, checkedProperty } from "./field-property.ts";
import { LIMITS, T, fieldByName } from "./model.ts";
import type { Base, Cell, Field, Table } from "./model.ts";
import { plainText } from "./read-cell.ts";
import { said } from "../given.ts";

export interface FieldSpec {
  field_name?: string;
  type?: number;
  ui_type?: string;
  property?: unknown;
  description?: { text?: string; disable_sync?: boolean } | null;
}

export interface FieldWork {
  kernel: Kernel;
  base: Base;
  table: Table;
  page: Page;
  actor: string;
}

/** A field as the request describes it, checked, not yet in its table. */
export function buildField(work: FieldWork, spec: FieldSpec, old: Field | null): Field {
  const { page, table } = work;
  const name = spec.field_name?.trim() ?? "";
  if (name === "") throw refusal(page, 1254028);
  if (/[\n\r]/.test(name)) throw refusal(page, 1254029, name);
  const twin = fieldByName(table, name);
  if (twin && twin !== old) throw refusal(page, 1254014, name);
  const type = spec.type ?? 0;
  const kinds = UI_TYPES[type];
  // Lookup, stage and button exist but cannot be made by API (facts.md §4.4).
  if (!kinds) throw refusal(page, 1254012, `type ${type} cannot be made by API`);
  const uiType = spec.ui_type ?? kinds[0] ?? "";
  if (!kinds.includes(uiType)) throw refusal(page, 1254015, `ui_type ${uiType} does not fit type ${type}`);
  const property = checkedProperty(
    { kernel: work.kernel, base: work.base, page, old },
    type,
    uiType,
    spec.property,
  );
  return {
    id: old?.id ?? work.kernel.id("fld"),
    name,
    type,
    uiType,
    property,
    description: spec.description ?? null,
    primary: old?.primary ?? false,
    createdAt: old?.createdAt ?? work.kernel.now(),
    serial: old?.serial ?? 0,
  };
}

/** Adds a field; a two-way link also makes its back field in the other table. */
export function addField(work: FieldWork, spec: FieldSpec): Field {
  const { table, page, base, kernel } = work;
  if (table.fields.length >= LIMITS.fields) throw refusal(page, 1254105);
  const field = buildField(work, spec, null);
  const formulas = table.fields.filter((one) => one.type === T.formula).length;
  if (field.type === T.formula && formulas >= LIMITS.formulas)
    throw refusal(page, 1254105, "100 formula fields");
  const back = field.type === T.duplex ? backField(work, field) : null;
  table.fields.push(field);
  if (field.type === T.autoNumber) for (const row of Object.values(table.rows)) number(field, row, base);
  raise(kernel, base, table, work.actor);
  emitField(kernel, base, table, work.actor, "field_added", null, field);
  if (back) {
    back.table.fields.push(back.field);
    raise(kernel, base, back.table, work.actor);
    emitField(kernel, base, back.table, work.actor, "field_added", null, back.field);
  }
  return field;
}

function number(field: Field, row: { cells: Record<string, Cell>; createdAt: number }, base: Base): void {
  row.cells[field.id] = autoNumber(field, row.createdAt, base.timeZone);
}

function backField(work: FieldWork, field: Field): { table: Table; field: Field } {
  const target = work.base.tables.find((table) => table.id === field.property.table_id);
  if (!target) throw refusal(work.page, 1254092, `there is no table ${field.property.table_id}`);
  if (target.fields.length >= LIMITS.fields) throw refusal(work.page, 1254105, target.name);
  const name = field.property.back_field_name || `${work.table.name}-${field.name}`;
  if (fieldByName(target, name) || (target === work.table && name === field.name))
    throw refusal(work.page, 1254014, name);
  const back: Field = {
    ...field,
    id: work.kernel.id("fld"),
    name,
    description: null,
    property: {
      multiple: true,
      table_id: work.table.id,
      back_field_name: field.name,
      back_field_id: field.id,
    },
  };
  field.property = { ...field.property, back_field_name: name, back_field_id: back.id };
  return { table: target, field: back };
}

/** PUT replaces everything: what the request leaves out is gone (facts.md §4.4). @throws 1254606 when nothing changes. */
export function replaceField(work: FieldWork, old: Field, spec: FieldSpec): Field {
  const next = buildField(work, spec, old);
  if (next.primary && !PRIMARY_TYPES.has(next.type))
    throw refusal(work.page, 1254012, `type ${next.type} as primary field`);
  if (next.type === T.duplex || old.type === T.duplex) keepBackField(work, old, next);
  if (same(old, next)) throw refusal(work.page, 1254606);
  const before = structuredClone(old);
  convertRows(work.table, before, next);
  Object.assign(old, next);
  raise(work.kernel, work.base, work.table, work.actor);
  emitField(work.kernel, work.base, work.table, work.actor, "field_edited", before, old);
  return old;
}

function keepBackField(work: FieldWork, old: Field, next: Field): void {
  if (old.type !== next.type || old.property.table_id !== next.property.table_id) {
    throw refusal(work.page, 1254092, "a two-way link keeps its type and table");
  }
  const { back_field_id, back_field_name } = old.property;
  next.property = { ...next.property, back_field_id, back_field_name };
  const other = work.base.tables.find((table) => table.id === old.property.table_id);
  const back = other?.fields.find((field) => field.id === back_field_id);
  if (back && next.name !== old.name) back.property.back_field_name = next.name;
}

function same(a: Field, b: Field): boolean {
  const seen = (field: Field) =>
    JSON.stringify([field.name, field.type, field.uiType, field.property, field.description]);
  return seen(a) === seen(b);
}

/** Values that no longer fit go; a change between text and number keeps what can be read. */
function convertRows(table: Table, before: Field, next: Field): void {
  for (const row of Object.values(table.rows)) {
    const cell = row.cells[before.id];
    if (cell === undefined) continue;
    const kept = convert(before, next, cell);
    if (kept === null) delete row.cells[before.id];
    else row.cells[before.id] = kept;
  }
}

function convert(before: Field, next: Field, cell: Cell): Cell | null {
  if (before.type === next.type) return keepOptions(next, cell);
  if (next.type === T.text) return plainText(before, cell) || null;
  const text = plainText(before, cell);
  if (next.type === T.number)
    return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  const option = next.property.options?.find((one) => one.name === text);
  if (option && next.type === T.select) return option.id;
  return option && next.type === T.multiSelect ? [option.id] : null;
}

function keepOptions(next: Field, cell: Cell): Cell | null {
  const ids = next.property.options?.map((option) => option.id);
  if (!ids) return cell;
  if (!Array.isArray(cell)) return ids.includes(said(cell)) ? cell : null;
  const kept = cell.filter((id) => ids.includes(id));
  return kept.length > 0 ? kept : null;
}

/** Removes a field, its cells, its traces in views; a two-way link takes its back field along. */
export function removeField(work: FieldWork, field: Field): void {
  if (field.primary) throw refusal(work.page, 1254046);
  drop(work, work.table, field);
  if (field.type !== T.duplex) return;
  const other = work.base.tables.find((table) => table.id === field.property.table_id);
  const back = other?.fields.find((one) => one.id === field.property.back_field_id);
  if (other && back) drop(work, other, back);
}

function drop(work: FieldWork, table: Table, field: Field): void {
  table.fields = table.fields.filter((one) => one !== field);
  for (const row of Object.values(table.rows)) delete row.cells[field.id];
  for (const view of table.views) {
    view.hidden = view.hidden.filter((id) => id !== field.id);
    if (view.filter)
      view.filter.conditions = view.filter.conditions.filter((one) => one.field_id !== field.id);
    if (view.form) view.form.fields = view.form.fields.filter((one) => one.field_id !== field.id);
  }
  raise(work.kernel, work.base, table, work.actor);
  emitField(work.kernel, work.base, table, work.actor, "field_deleted", field, null);
}
