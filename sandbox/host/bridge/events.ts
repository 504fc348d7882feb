import { tableEvent } from "./subscriptions.ts";
import type { BaseChange } from "./types.ts";

export type PluginEvent = [name: string, params: unknown];

const FIELD = { added: "FieldAdd", changed: "FieldModify", deleted: "FieldDelete" } as const;

/**
 * The events by which a plugin learns of a change, in order. Payloads of table and field events are not documented: ids are
 * given, and a plugin must read the state again.
 */
export function eventsOf(change: BaseChange, instanceId: string): PluginEvent[] {
  switch (change.kind) {
    case "records":
      return recordEvents(change);
    case "field":
      return [[tableEvent(change.tableId, FIELD[change.change]), { fieldId: change.fieldId }]];
    case "table":
      if (change.change === "changed") return [];
      return [
        [
          change.change === "added" ? "BaseEvent_TableAdd" : "BaseEvent_TableDelete",
          { tableId: change.tableId },
        ],
      ];
    case "permission":
      return [["BaseEvent_PermissionChange", undefined]];
    case "data":
      return change.plugin === instanceId ? [["BridgeEvent_DataChange", { keys: change.keys }]] : [];
    default:
      return [];
  }
}

function recordEvents(change: Extract<BaseChange, { kind: "records" }>): PluginEvent[] {
  const { tableId, added, changed, deleted } = change;
  const events: PluginEvent[] = [];
  if (added.length > 0) events.push([tableEvent(tableId, "RecordAdd"), added]);
  for (const one of changed) events.push([tableEvent(tableId, "RecordModify"), one]);
  if (deleted.length > 0) events.push([tableEvent(tableId, "RecordDelete"), deleted]);
  return events;
}
