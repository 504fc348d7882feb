import { rightsOf } from "../../api/bitable/access.ts";
import type { Opened } from "../../api/bitable/access.ts";
import { sameCell } from "../../api/bitable/events.ts";
import type { Happened, RecordAction } from "../../api/bitable/announce.ts";
import type { Row, Table } from "../../api/bitable/model.ts";
import type { Rights } from "../../api/bitable/rights.ts";
import type { BaseChange } from "../../host/bridge/types.ts";

/** What the person may learn of something that happened; null = nothing. */
export function seen(opened: Opened | null, happened: Happened): BaseChange | null {
  if (happened.kind === "data") return happened;
  if (!opened) return null;
  const rights = rightsOf(opened, happened.table);
  if (!rights.read) return null;
  if (happened.kind === "records") return records(rights, happened.table, happened.actions);
  const { table, field, change } = happened;
  return rights.hidden.has(field.id) ? null : { kind: "field", tableId: table.id, fieldId: field.id, change };
}

/** A row that comes into sight is added for this person, one that leaves it is deleted. */
function records(rights: Rights, table: Table, actions: RecordAction[]): BaseChange | null {
  const change = { kind: "records", tableId: table.id, added: [], deleted: [], changed: [] } as Extract<
    BaseChange,
    { kind: "records" }
  >;
  for (const action of actions) {
    const before = action.action !== "record_added" && inSight(rights, table, action, action.before);
    const after = action.action !== "record_deleted" && inSight(rights, table, action, action.after);
    if (before && after) {
      const fieldIds = changedFields(table, action).filter((id) => !rights.hidden.has(id));
      if (fieldIds.length > 0) change.changed.push({ recordId: action.record_id, fieldIds });
    } else if (after) change.added.push(action.record_id);
    else if (before) change.deleted.push(action.record_id);
  }
  return change.added.length + change.deleted.length + change.changed.length > 0 ? change : null;
}

function inSight(
  { sees }: Rights,
  table: Table,
  { record_id: id }: RecordAction,
  cells: Row["cells"],
): boolean {
  if (!sees) return true;
  const row = table.rows[id] ?? table.trash.findLast((one) => one.id === id);
  return row !== undefined && sees({ ...row, cells });
}

const changedFields = (table: Table, { before, after }: RecordAction): string[] =>
  table.fields.map((field) => field.id).filter((id) => !sameCell(before[id], after[id]));

/** What of the Base's build the person sees, to be compared later: tables, views, and what they may do. */
export interface Outline {
  tables: Map<string, string>;
  views: Map<string, { tableId: string; text: string }>;
  rights: string;
}

export function outline(opened: Opened | null): Outline {
  const tables = new Map<string, string>();
  const views = new Map<string, { tableId: string; text: string }>();
  const rights: unknown[] = [opened?.perm ?? null];
  for (const table of opened?.base.tables ?? []) {
    const may = opened ? rightsOf(opened, table) : null;
    if (!may?.read) continue;
    tables.set(table.id, table.name);
    for (const view of table.views) views.set(view.id, { tableId: table.id, text: JSON.stringify(view) });
    const { edit, add, remove, hidden, fixed, unfillable } = may;
    rights.push([table.id, edit, add, remove, [...hidden], [...fixed], [...unfillable]]);
  }
  return { tables, views, rights: JSON.stringify(rights) };
}

export function differences(before: Outline, after: Outline): BaseChange[] {
  const tables = compared(before.tables, after.tables, (a, b) => a === b).map(
    ([tableId, change]): BaseChange => ({ kind: "table", tableId, change }),
  );
  const views = compared(before.views, after.views, (a, b) => a.text === b.text).map(
    ([viewId, change, { tableId }]): BaseChange => ({ kind: "view", tableId, viewId, change }),
  );
  return [...tables, ...views, ...permissions(before, after)];
}

/** Rights changed in a table that was there before, or in the Base as a whole. */
function permissions(before: Outline, after: Outline): BaseChange[] {
  const old = JSON.parse(before.rights) as unknown[];
  const now = JSON.parse(after.rights) as unknown[];
  const stays = (one: unknown) =>
    !Array.isArray(one) || (before.tables.has(String(one[0])) && after.tables.has(String(one[0])));
  const same = JSON.stringify(old.filter(stays)) === JSON.stringify(now.filter(stays));
  return same ? [] : [{ kind: "permission" }];
}

type Step = "added" | "changed" | "deleted";

function compared<V>(before: Map<string, V>, after: Map<string, V>, same: (a: V, b: V) => boolean) {
  const out: [string, Step, V][] = [];
  for (const [id, value] of after) {
    const old = before.get(id);
    if (old === undefined) out.push([id, "added", value]);
    else if (!same(old, value)) out.push([id, "changed", value]);
  }
  for (const [id, value] of before) if (!after.has(id)) out.push([id, "deleted", value]);
  return out;
}
