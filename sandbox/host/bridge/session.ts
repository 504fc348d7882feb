import type { Line } from "./messages.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Environment, HostOptions, Selection } from "./types.ts";

/** What the methods of the host may use and change while a plugin runs. */
export interface Session extends Omit<HostOptions, "environment" | "selection"> {
  environment: Environment;
  selection: Selection;
  subscriptions: Subscriptions;
  line: Line;
  /** Posts an event if the plugin listens to it. */
  emit(name: string, params: unknown): void;
  /** One upload at a time. */
  uploading: boolean;
}

/** Answers one call; `undefined` where the method has no result. */
export type Method = (session: Session, params: unknown[], context: unknown[]) => unknown;
