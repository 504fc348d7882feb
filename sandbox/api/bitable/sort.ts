import { refusal } from "./errors.ts";
import type { FilterContext } from "./filter.ts";
import { T, fieldById, fieldByName } from "./model.ts";
import type { Field, Row, Table } from "./model.ts";
import { plainText } from "./read-cell.ts";

export interface SortRule {
  field_name: string;
  desc: boolean;
}

/** Rules by field id as rules by name; a view may still name a field that is gone. */
export function sortRules(table: Table, rules: { fieldId: string; desc: boolean }[]): SortRule[] {
  return rules.flatMap(({ fieldId, desc }) => {
    const field = fieldById(table, fieldId);
    return field ? [{ field_name: field.name, desc }] : [];
  });
}

const UNSORTABLE = new Set<number>([
  T.attachment,
  T.lookup,
  T.formula,
  T.location,
  T.group,
  T.button,
  T.stage,
]);

/**
 * Rows in the order of the rules; equal rows keep their order. Empty cells come last, in both directions (not stated by the
 * sources). @throws 1254108, 1254016, 1254045.
 */
export function sorted(context: FilterContext, rows: readonly Row[], rules: SortRule[]): Row[] {
  if (JSON.stringify(rules).length > 1000) throw refusal(context.page, 1254108);
  if (rules.length > 100) throw refusal(context.page, 1254016, `${rules.length} rules, at most 100`);
  const keys = rules.map((rule) => {
    const field = fieldByName(context.table, rule.field_name);
    if (!field) throw refusal(context.page, 1254045, `sort field ${rule.field_name}`);
    if (UNSORTABLE.has(field.type)) throw refusal(context.page, 1254016, `${field.name} cannot be sorted`);
    return { key: sortKey(field), desc: rule.desc };
  });
  const decorated = rows.map((row) => ({ row, values: keys.map(({ key }) => key(row)) }));
  decorated.sort((a, b) => {
    for (const [index, { desc }] of keys.entries()) {
      const order = compare(a.values[index], b.values[index], desc);
      if (order !== 0) return order;
    }
    return 0;
  });
  return decorated.map((one) => one.row);
}

type Key = number | string | undefined;

function sortKey(field: Field): (row: Row) => Key {
  if (field.type === T.createdTime) return (row) => row.createdAt;
  if (field.type === T.modifiedTime) return (row) => row.modifiedAt;
  if (field.type === T.createdUser) return (row) => row.createdBy;
  if (field.type === T.modifiedUser) return (row) => row.modifiedBy;
  if (field.type === T.select) {
    const place = new Map(field.property.options?.map((option, index) => [option.id, index]));
    return (row) => place.get(row.cells[field.id] as string);
  }
  return (row) => {
    const cell = row.cells[field.id];
    if (cell === undefined || typeof cell === "number") return cell;
    return typeof cell === "boolean" ? Number(cell) : plainText(field, cell);
  };
}

function compare(a: Key, b: Key, desc: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const order = a < b ? -1 : 1;
  return desc ? -order : order;
}
