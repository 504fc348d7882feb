import { rightsOf } from "../../api/bitable/access.ts";
import type { Opened } from "../../api/bitable/access.ts";
import { fieldById } from "../../api/bitable/model.ts";
import type { Field, Row, Table, View } from "../../api/bitable/model.ts";
import type { Rights } from "../../api/bitable/rights.ts";
import { atLeast } from "../../api/drive/nodes.ts";
import { said } from "../../api/given.ts";
import { PluginError, SDK } from "./errors.ts";
import type { Visit } from "./types.ts";

/** A table with what the person may do in it. */
export interface Place {
  opened: Opened;
  table: Table;
  rights: Rights;
}

/** The Base as the person may open it. @throws table denied for a stranger. */
export function openedOf({ opened, base }: Visit): Opened {
  if (!opened)
    throw new PluginError(SDK.tableDenied, `table permission denied: ${base.name} is not shared with you`);
  return opened;
}

/** Tables that the person sees; a table closed to them does not exist for them. */
export function tablesOf(visit: Visit): Place[] {
  const opened = openedOf(visit);
  return opened.base.tables
    .map((table) => ({ opened, table, rights: rightsOf(opened, table) }))
    .filter(({ rights }) => rights.read);
}

export function placeOf(visit: Visit, id: unknown): Place {
  const opened = openedOf(visit);
  const table = opened.base.tables.find((one) => one.id === id);
  const rights = table ? rightsOf(opened, table) : null;
  if (!table || !rights?.read) throw new PluginError(SDK.tableMissing, `table not found error: ${said(id)}`);
  return { opened, table, rights };
}

/** A field by id that the person may see. */
export function fieldOf({ table, rights }: Place, id: unknown): Field {
  const field = fieldById(table, said(id));
  if (!field || rights.hidden.has(field.id))
    throw new PluginError(SDK.fieldMissing, `field not found error: ${said(id)}`);
  return field;
}

export function fieldsOf({ table, rights }: Place): Field[] {
  return table.fields.filter((field) => !rights.hidden.has(field.id));
}

export function rowOf({ table, rights }: Place, id: unknown): Row {
  const key = said(id);
  const row = Object.hasOwn(table.rows, key) ? table.rows[key] : undefined;
  if (!row || rights.sees?.(row) === false)
    throw new PluginError(SDK.recordMissing, `record not found error: ${key}`);
  return row;
}

export function viewOf({ table }: Place, id: unknown): View {
  const view = table.views.find((one) => one.id === id);
  if (!view) throw new PluginError(SDK.viewMissing, `view not found error: ${said(id)}`);
  return view;
}

/** Whether tables, fields and views may be changed: by editors, and under advanced permissions by managers only. */
export function mayShape({ perm, base }: Opened): boolean {
  return atLeast(perm, base.advanced ? "full_access" : "edit");
}

export function toShape(opened: Opened, code: number): void {
  if (!mayShape(opened)) throw new PluginError(code, "permission denied: you may not change this Base");
}
