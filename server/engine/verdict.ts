import { z } from "zod";
import type { OutboxRow } from "../db/outbox.ts";
import {
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitedError,
  UncertainError,
  UnreachableError,
} from "../errors.ts";
import type { Outcome } from "./options.ts";

/** Tries before a delivery is given up and shown to the admin: about two days with the waits below. */
const TRIES = 100;
const WAITS_MS = [2_000, 10_000, 60_000, 300_000, 900_000, 1_800_000];
/** Repeating these changes nothing: a human must act first. */
const FINAL = [
  PermissionError,
  NotFoundError,
  ConflictError,
  UnreachableError,
  InvalidRequestError,
  z.ZodError,
];

/** What an error means for a row of the queue. */
export function verdictOf(error: unknown, row: OutboxRow, now: number): Outcome {
  const why = sentence(error);
  if (error instanceof RateLimitedError)
    return { state: "later", at: Math.max(error.retryAt, now + 1), why, untried: true };
  if (FINAL.some((kind) => error instanceof kind) || (error instanceof Error && error.name === "EncodeError"))
    return { state: "failed", why };
  if (row.attempts < TRIES)
    return { state: "later", at: now + WAITS_MS[Math.min(row.attempts - 1, WAITS_MS.length - 1)]!, why };
  return error instanceof UncertainError ? { state: "uncertain", why } : { state: "failed", why };
}

function sentence(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(sentence).join(" · ").slice(0, 2000);
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000);
}
