/** Events the plugin listens to, by their names on the wire. */
export interface Subscriptions {
  add(name: string): void;
  remove(name: string): void;
  has(name: string): boolean;
  /** A new document in the iframe knows nothing of what the old one asked for. */
  clear(): void;
}

export function createSubscriptions(): Subscriptions {
  const names = new Set<string>();
  return {
    add: (name) => void names.add(name),
    remove: (name) => void names.delete(name),
    has: (name) => names.has(name),
    clear: () => names.clear(),
  };
}

const BASE = ["SelectionChange", "TableAdd", "TableDelete", "PermissionChange", "UploadStatusChange"];
const TABLE = ["FieldAdd", "FieldDelete", "FieldModify", "RecordAdd", "RecordDelete", "RecordModify"];
const BRIDGE = ["ThemeChange", "DataChange"];

/** Wire name of an event, or null where the SDK has no such event. `context` is that of the register call. */
export const EVENT_NAME: Record<string, (event: string, context: unknown[]) => string | null> = {
  WidgetBase: (event) => (BASE.includes(event) ? `BaseEvent_${event}` : null),
  WidgetTable: (event, [table]) => (TABLE.includes(event) ? tableEvent(String(table), event) : null),
  WidgetField: (event, [table, field]) =>
    `BaseEvent_tableId_${String(table)}_fieldId_${String(field)}_${event}`,
  Bridge: (event) => (BRIDGE.includes(event) ? `BridgeEvent_${event}` : null),
  UI: (event) => `UIEvent_${event}`,
};

export const tableEvent = (tableId: string, event: string) => `BaseEvent_tableId_${tableId}_${event}`;
