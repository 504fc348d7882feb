import type { Kernel } from "../../kernel.ts";
import { nodeOf } from "../drive/nodes.ts";
import { announce } from "./announce.ts";
import type { RecordAction } from "./announce.ts";
import { READ_ONLY, T, bitable } from "./model.ts";
import type { Base, Cell, Field, Row, Table } from "./model.ts";
import { botOf, idTriple, personCell } from "./people.ts";

/** `bitable_record_changed` and `edit` to every app that subscribed to this file (facts.md §5.7). */
export function emitRecords(
  kernel: Kernel,
  base: Base,
  table: Table,
  actor: string,
  actions: RecordAction[],
): void {
  if (actions.length === 0) return;
  announce(kernel, base, { kind: "records", table, actions });
  send(kernel, base, actor, "drive.file.bitable_record_changed_v1", {
    table_id: table.id,
    revision: table.revision,
    action_list: actions.map((one) => ({
      record_id: one.record_id,
      action: one.action,
      before_value: values(kernel, table, one, one.before),
      after_value: values(kernel, table, one, one.after),
    })),
  });
  send(kernel, base, actor, "drive.file.edit_v1", null);
}

const CHANGES = { field_added: "added", field_edited: "changed", field_deleted: "deleted" } as const;

/** `bitable_field_changed`; held back by the switch `staleFieldNames` until it is off. */
export function emitField(
  kernel: Kernel,
  base: Base,
  table: Table,
  actor: string,
  action: "field_added" | "field_edited" | "field_deleted",
  before: Field | null,
  after: Field | null,
): void {
  const field = after ?? before;
  if (field) announce(kernel, base, { kind: "field", table, field, change: CHANGES[action] });
  send(kernel, base, actor, "drive.file.bitable_field_changed_v1", {
    table_id: table.id,
    revision: table.revision,
    action_list: [
      {
        action,
        field_id: (after ?? before)?.id,
        before_value: fieldValue(before),
        after_value: fieldValue(after),
      },
    ],
  });
}

function fieldValue(field: Field | null): Record<string, unknown> {
  if (!field) return {};
  return {
    id: field.id,
    name: field.name,
    type: field.type,
    description: field.description?.text ?? "",
    property: { ...field.property },
  };
}

/** Only the cells that changed; formulas and lookups never appear, nor automatic fields. */
function values(kernel: Kernel, table: Table, action: RecordAction, cells: Row["cells"]) {
  const list = [];
  for (const field of table.fields) {
    if (READ_ONLY.has(field.type) && field.type !== T.autoNumber) continue;
    const changed =
      action.action !== "record_edited" || !sameCell(action.before[field.id], action.after[field.id]);
    if (changed) list.push(value(kernel, field, cells[field.id]));
  }
  return list.filter((one) => action.action === "record_edited" || one.field_value !== "");
}

/** A string always: text and numbers plain, options by id, everything structured as JSON. */
function value(kernel: Kernel, field: Field, cell: Cell | undefined) {
  const entry: Record<string, unknown> & { field_value: string } = { field_id: field.id, field_value: "" };
  if (cell === undefined) return entry;
  if (field.type === T.user) {
    const people = (cell as string[]).map((openId) => personCell(kernel, "open_id", openId));
    entry.field_value = JSON.stringify(
      people.map(({ id, name, en_name, avatar_url }) => ({ id, name, en_name, avatar_url })),
    );
    entry["field_identity_value"] = {
      users: people.map((one) => ({
        user_id: idTriple(kernel, one.id),
        name: one.name,
        en_name: one.en_name,
        avatar_url: one.avatar_url,
      })),
    };
  } else entry.field_value = typeof cell === "object" ? JSON.stringify(cell) : String(cell);
  return entry;
}

export function sameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  return (
    a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b))
  );
}

function send(
  kernel: Kernel,
  base: Base,
  actor: string,
  type: string,
  more: Record<string, unknown> | null,
): void {
  const node = nodeOf(kernel.state, base.token);
  if (!node || node.subscribers.length === 0) return;
  const writer = botOf(kernel, actor)?.appId ?? null;
  const people = node.subscribers.flatMap((one) => (one.openId ? [idTriple(kernel, one.openId)] : []));
  const event = more
    ? { ...more, operator_id: idTriple(kernel, actor), update_time: Math.floor(kernel.now() / 1000) }
    : { operator_id_list: [idTriple(kernel, actor)] };
  const full = { file_type: "bitable", file_token: base.token, ...event, subscriber_id_list: people };
  for (const appId of new Set(node.subscribers.map((one) => one.appId)))
    deliver(kernel, type, full, appId, writer === appId);
}

/** Whether an app hears its own writes is unconfirmed (facts.md §15.6): the switch `echo` decides. */
function deliver(
  kernel: Kernel,
  type: string,
  event: Record<string, unknown>,
  appId: string,
  own: boolean,
): void {
  const held = bitable(kernel.state).heldEvents;
  if (own && kernel.switches.echo === "off") return;
  if (type.includes("field_changed") && kernel.switches.staleFieldNames) {
    held.push({ type, event, appId });
    return;
  }
  if (!kernel.switches.staleFieldNames)
    for (const one of held.splice(0)) kernel.emit(one.type, one.event, { appId: one.appId });
  kernel.emit(type, event, own && kernel.switches.echo === "late" ? { appId, delayMs: 10_000 } : { appId });
}
