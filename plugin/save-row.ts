import type { PatchOf } from "#base/index.ts";
import type { SavedTable } from "#server/services/admin/check-row.ts";
import { answer, api } from "./api.ts";
import { namedBase } from "./send.ts";
import { queries } from "./queries.ts";
import { addRecord, placeOf, writeRecord } from "./records.ts";

/**
 * What an admin filled in, into the Base: by their own hand where the Base at hand has the table, else by the server's verb.
 * `act` names this one act, so that a second try writes nothing twice.
 */
export async function saveRow<K extends SavedTable>(
  bases: { shared: string; admin: string | null },
  row: { table: K; record: string | null; fields: PatchOf<K>; act: string },
): Promise<void> {
  const { table, record, fields } = row;
  const place = await placeOf(table);
  if (bases[place.base] !== namedBase()) {
    await answer(api.rows.$post({ json: { ...row, fields: fields as Record<string, never> } }));
    return;
  }
  if (record === null) await addRecord(table, fields);
  else await writeRecord(table, record, fields);
}

/** What was saved comes through the Base: read again now, and a little later. */
export function readAgain(...keys: string[]): void {
  const again = () => keys.forEach((key) => void queries.invalidateQueries({ queryKey: [key] }));
  again();
  for (const ms of [1500, 5000]) setTimeout(again, ms);
}
