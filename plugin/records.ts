import type { PatchOf, TableKey } from "#base/index.ts";
import { answer, api } from "./api.ts";
import { addCells, HostError, writeCells, type Cells } from "./bitable.ts";
import { cellOf } from "./cells.ts";
import { queries } from "./queries.ts";

/** Where tables and fields are; asked once. */
export const places = () =>
  queries.fetchQuery({
    queryKey: ["mapping"],
    queryFn: () => answer(api.mapping.$get()),
    staleTime: 10 * 60_000,
  });

/** Where a table is. Throws `gone` when it is not for this person, or not made yet. */
export async function placeOf(table: TableKey) {
  const place = (await places())[table];
  if (!place) throw new HostError("gone", `table ${table} is not known here`);
  return place;
}

async function cellsOf(table: TableKey, values: object): Promise<[tableId: string, cells: Cells]> {
  const { id, fields } = await placeOf(table);
  const cells: Cells = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const field = fields[key];
    if (!field) throw new HostError("gone", `field ${table}.${key} is not known here`);
    cells[field.id] = cellOf(field, value);
  }
  return [id, cells];
}

/** What a person filled in becomes a record of the Base, by their own hand. Gives its id. */
export async function addRecord<K extends TableKey>(table: K, values: PatchOf<K>): Promise<string> {
  return addCells(...(await cellsOf(table, values)));
}

/** Changes some fields of a record by the person's own hand: undefined leaves a field, null clears it. */
export async function writeRecord<K extends TableKey>(
  table: K,
  record: string,
  values: PatchOf<K>,
): Promise<void> {
  const [id, cells] = await cellsOf(table, values);
  await writeCells(id, record, cells);
}
