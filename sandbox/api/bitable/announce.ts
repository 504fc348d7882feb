import type { Kernel, State } from "../../kernel.ts";
import type { Base, Field, Row, Table } from "./model.ts";

/** One record touched by a write: its cells before and after. */
export interface RecordAction {
  record_id: string;
  action: "record_added" | "record_edited" | "record_deleted";
  before: Row["cells"];
  after: Row["cells"];
}

/** What has just happened in a Base, for whoever looks at it in this process. Not the events of the Open API. */
export type Happened =
  | { kind: "records"; table: Table; actions: RecordAction[] }
  | { kind: "field"; table: Table; field: Field; change: "added" | "changed" | "deleted" }
  | { kind: "data"; plugin: string; keys: string[] };

type Listener = (base: Base, happened: Happened) => void;

/** Kept beside the state: who listens is gone after a restart. */
const listeners = new WeakMap<State, Set<Listener>>();

/** Returns the way out. */
export function onHappened(kernel: Kernel, listener: Listener): () => void {
  const all = listeners.get(kernel.state) ?? new Set();
  listeners.set(kernel.state, all.add(listener));
  return () => void all.delete(listener);
}

export function announce(kernel: Kernel, base: Base, happened: Happened): void {
  for (const listener of listeners.get(kernel.state) ?? []) listener(base, happened);
}
