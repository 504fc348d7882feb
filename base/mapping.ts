import { z } from "zod";
import { anyTables, fieldOf, type TableKey, tableKeys } from "./index.ts";

const named = z.object({ id: z.string().min(1), name: z.string() });
const fieldMapping = named.extend({ options: z.record(z.string(), named).optional() });
const tableMapping = z.object({
  tableId: z.string().min(1),
  /** As it is called now; people may rename it. */
  name: z.string(),
  fields: z.record(z.string(), fieldMapping),
  /** view key → view id. */
  views: z.record(z.string(), z.string()).default({}),
  /** Whether provisioning has written its first rows: afterwards an empty read is a warning, not an empty table. */
  filled: z.boolean().optional(),
});

/**
 * What is remembered of a workspace's two Bases: ids, and the names they have now, because Feishu's records are read and
 * written by name (facts.md §4.6). Options of an open list are kept by their option id, all others by our option key.
 */
export const baseMapping = z.object({
  appToken: z.string().min(1),
  adminAppToken: z.string().min(1),
  language: z.enum(["zh", "en"]),
  /** IANA name. */
  timezone: z.string().min(1),
  tables: z.partialRecord(z.enum(tableKeys as [TableKey, ...TableKey[]]), tableMapping),
});

export type FieldMapping = z.infer<typeof fieldMapping>;
export type TableMapping = z.infer<typeof tableMapping>;
export type BaseMapping = z.infer<typeof baseMapping>;

/** The Base in which a table lies. */
export function appTokenOf(mapping: BaseMapping, table: TableKey): string {
  return anyTables[table].base === "shared" ? mapping.appToken : mapping.adminAppToken;
}

/** Where a table is; throws when it has not been provisioned. */
export function locate(mapping: BaseMapping, table: TableKey): { appToken: string; tableId: string } {
  return { appToken: appTokenOf(mapping, table), tableId: tableMappingOf(mapping, table).tableId };
}

export function tableMappingOf(mapping: BaseMapping, table: TableKey): TableMapping {
  const found = mapping.tables[table];
  if (!found) throw new Error(`table ${table} is not known in this workspace: run \`lectern provision\``);
  return found;
}

/** The table of an event, by app token and table id; undefined for tables that are not ours. */
export function tableKeyOf(mapping: BaseMapping, appToken: string, tableId: string): TableKey | undefined {
  return tableKeys.find(
    (key) => mapping.tables[key]?.tableId === tableId && appTokenOf(mapping, key) === appToken,
  );
}

/** The name a field has now, for search filters and sorts. Throws when the field is not mapped. */
export function fieldNameOf(mapping: BaseMapping, table: TableKey, field: string): string {
  const found = tableMappingOf(mapping, table).fields[field];
  if (!found || !fieldOf(table, field))
    throw new Error(`field ${table}.${field} is not known in this workspace: run \`lectern provision\``);
  return found.name;
}
