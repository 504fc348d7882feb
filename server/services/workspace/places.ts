import { anyTables, fieldOf, tableKeys, type TableKey } from "#base/index.ts";
import type { BaseMapping } from "#base/mapping.ts";
import type { Field } from "#base/table.ts";

/** A field as it must be known to write it through the Base SDK. */
export interface FieldPlace {
  id: string;
  name: string;
  kind: Field["kind"];
  /** Option key → option; of an open list the key is the option's id. */
  options?: Record<string, { id: string; name: string }>;
  /** Of a link: the other table's id. */
  linked?: string;
}

export interface TablePlace {
  id: string;
  name: string;
  /** In which of the two Bases it lies. */
  base: "shared" | "admin";
  fields: Record<string, FieldPlace>;
  /** View key → view id. */
  views: Record<string, string>;
}

/** Where tables and fields are; of the admin Base only for admins. */
export function placesFor(mapping: BaseMapping, admin: boolean): Partial<Record<TableKey, TablePlace>> {
  const places: Partial<Record<TableKey, TablePlace>> = {};
  for (const key of tableKeys) {
    const known = mapping.tables[key];
    const { base } = anyTables[key];
    if (!known || (base === "admin" && !admin)) continue;
    const fields: Record<string, FieldPlace> = {};
    for (const [name, place] of Object.entries(known.fields)) {
      const field = fieldOf(key, name);
      if (!field) continue;
      const linked = "table" in field ? mapping.tables[field.table as TableKey]?.tableId : undefined;
      fields[name] = { ...place, kind: field.kind, ...(linked ? { linked } : {}) };
    }
    places[key] = { id: known.tableId, name: known.name, base, fields, views: known.views };
  }
  return places;
}
