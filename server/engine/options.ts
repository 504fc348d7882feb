import type { Logger } from "pino";
import type { Automation } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import type { DrivenClock } from "../clock.ts";
import type { Ctx, Workspace } from "../context.ts";
import type { Database } from "../db/client.ts";
import type { OutboxRow } from "../db/outbox.ts";

/** How one delivery ended. `then` is stored in the same transaction as the end itself. */
export type Outcome =
  | { state: "done"; result?: unknown; then?: Effect[] }
  | { state: "dropped"; why: string }
  | { state: "uncertain"; why: string }
  | { state: "failed"; why: string }
  /** `untried`: nothing was sent, so that the try does not count. */
  | { state: "later"; at: number; why: string; untried?: true };

/** Delivers the rows of one claim (several only for record writes); one outcome a row. May throw: the engine judges. */
export type Deliver = (ctx: Ctx, rows: OutboxRow[]) => Promise<Outcome[]>;

export interface EngineOptions {
  database: Database;
  clock: DrivenClock;
  log: Logger;
  automations: Automation[];
  deliver: Deliver;
  /** The verb's context for a workspace, at this instant. */
  contextOf(workspace: Workspace, actor: string): Promise<Ctx>;
  /** Stores the effects that follow a delivery. */
  post(ctx: Ctx, effects: Effect[]): Promise<unknown>;
  /** Tells the admin of something that will not be tried again. */
  report(ctx: Ctx, row: OutboxRow, state: "failed" | "uncertain", why: string): Promise<void>;
  /** Calls to Feishu, and plans, that are under way. */
  callsInFlight(): number;
}
