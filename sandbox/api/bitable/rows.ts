import type { Row, Table } from "./model.ts";

/** The rows of a table as a list, kept beside the state: making it anew from 20,000 keys would cost every search. */
const lists = new WeakMap<Table["rows"], Row[]>();

export function rowList(table: Table): readonly Row[] {
  const known = lists.get(table.rows);
  if (known) return known;
  const list = Object.values(table.rows);
  lists.set(table.rows, list);
  return list;
}

/** The only ways by which rows come and go: the list must follow. */
export function addRow(table: Table, row: Row): void {
  table.rows[row.id] = row;
  table.count += 1;
  lists.get(table.rows)?.push(row);
}

export function removeRow(table: Table, id: string): void {
  delete table.rows[id];
  table.count -= 1;
  lists.delete(table.rows);
}
