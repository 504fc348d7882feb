import { inArray } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import type { OutboxRow } from "../../db/outbox.ts";
import { outbox } from "../../db/schema.ts";

/** How one delivery ended; `then` is stored together with the end. */
export type Delivered =
  | { state: "done"; result?: unknown; then?: Effect[] }
  | { state: "dropped"; why: string }
  | { state: "uncertain"; why: string }
  | { state: "failed"; why: string }
  /** `untried`: nothing was sent yet, so that no look-up is due when it is. */
  | { state: "later"; at: number; why: string; untried?: true };

/** A row of the queue with its effect parsed: rows outlive the code that wrote them. */
export type Item<K extends Effect["kind"]> = { row: OutboxRow; effect: Extract<Effect, { kind: K }> };

/** Feishu keeps a token for an hour (facts.md §7.1); beyond this we look before we send again. */
const WINDOW_MS = 50 * 60_000;

/** True when an earlier try may have had its effect and its token no longer protects a repeat. */
export function mustLookUp(row: OutboxRow, now: number): boolean {
  return row.attempts > 1 && row.firstTriedAt !== null && now - row.firstTriedAt > WINDOW_MS;
}

/** Looked up and not there: the window of the token begins anew, remembered before the send. Returns its beginning. */
export async function startAnew(ctx: Ctx, rows: OutboxRow[]): Promise<number> {
  const now = ctx.clock.now();
  const ids = rows.map(({ id }) => id);
  await ctx.db.update(outbox).set({ firstTriedAt: now }).where(inArray(outbox.id, ids));
  return now;
}

/** A text of an effect's data; anything else is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
