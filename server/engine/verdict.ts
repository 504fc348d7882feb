import type { OutboxRow } from "../db/outbox.ts";
import type { Outcome } from "./engine.ts";

/** Tries before a delivery is given up and shown to the admin: about two days with the waits below. */
const TRIES = 12;
const WAITS_MS = [2_000, 10_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000];

/** What an error means for a row. Classes are told apart by name, so that the engine need not know the gateway. */
export function verdictOf(error: unknown, row: OutboxRow, now: number): Outcome {
  const why = sentence(error);
  const name = error instanceof Error ? error.name : "";
  if (name === "UncertainError") {
    // Inside Feishu's window the same token settles it; deliverers look up before they send again after it.
    return row.attempts < TRIES ? later(row, now, why) : { state: "uncertain", why };
  }
  if (FINAL.has(name)) return { state: "failed", why };
  if (name === "RateLimitedError") return { state: "later", at: now + (retryAfterOf(error) ?? 5_000), why };
  return row.attempts < TRIES ? later(row, now, why) : { state: "failed", why };
}

const FINAL = new Set([
  "PermissionError",
  "NotFoundError",
  "UnreachableError",
  "InvalidRequestError",
  "EncodeError",
  "ZodError",
  "GoneError",
]);

function later(row: OutboxRow, now: number, why: string): Outcome {
  return { state: "later", at: now + WAITS_MS[Math.min(row.attempts - 1, WAITS_MS.length - 1)]!, why };
}

function retryAfterOf(error: unknown): number | null {
  const ms = (error as { retryAfterMs?: unknown }).retryAfterMs;
  return typeof ms === "number" && ms > 0 ? ms : null;
}

function sentence(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(sentence).join(" · ").slice(0, 2000);
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000);
}
