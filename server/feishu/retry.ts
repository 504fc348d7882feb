import { UncertainError, UnavailableError } from "../errors.ts";
import type { FeishuError } from "../errors.ts";
import { backoff } from "./backoff.ts";
import { errorFor, isBusy, isFault, QUOTA_USED_UP, UNAVAILABLE_STEP, UNCERTAIN_STEP } from "./errors.ts";
import { TOKEN_WINDOW_MS } from "./operations.ts";
import type { Operation } from "./operations.ts";
import type { Refused } from "./verdict.ts";
import type { Silence } from "./transport.ts";

/** One call on its way: what is known of it when an attempt has failed. */
export interface Attempt {
  name: string;
  operation: Operation;
  /** 1, 2, … */
  number: number;
  now: number;
  /** When the idempotency token was first sent, ms. */
  since: number;
  /** An earlier attempt may have been carried out. */
  maybeDone: boolean;
}

export type Decision =
  | { kind: "wait"; ms: number; maybeDone: boolean }
  | { kind: "throw"; error: FeishuError };

const BUSY_ATTEMPTS = 8;
const FAULT_ATTEMPTS = 4;
/** A longer wait belongs to the outbox, which can do something else meanwhile. */
const LONGEST_WAIT_MS = 2 * 60_000;
const UTC8_MS = 8 * 3_600_000;

/** Until when the same request does no harm: always for writes that set a state, the token's window, or not at all. */
export function repeatableUntil(operation: Operation, since: number): number | null {
  return operation.retry === "never" ? null : since + TOKEN_WINDOW_MS[operation.idempotency];
}

export function uncertain(name: string, detail: string, repeatUntil: number | null): UncertainError {
  const nothing = { feishuCode: null, status: null, logId: null };
  return new UncertainError({ ...nothing, operation: name, detail, nextStep: UNCERTAIN_STEP }, repeatUntil);
}

/** The error when the outcome stays unknown. Reads and what never left are simply unavailable. */
export function unknownOutcome(
  attempt: Pick<Attempt, "name" | "operation" | "since" | "maybeDone">,
  detail: string,
): FeishuError {
  const { name, operation, since, maybeDone } = attempt;
  if (maybeDone && operation.retry !== "read")
    return uncertain(name, detail, repeatableUntil(operation, since));
  const nothing = { feishuCode: null, status: null, logId: null };
  return new UnavailableError({ ...nothing, operation: name, detail, nextStep: UNAVAILABLE_STEP });
}

function afterFault(attempt: Attempt, detail: string, plain: () => FeishuError, ms: number): Decision {
  const { operation, number } = attempt;
  if (operation.retry !== "never" && number < FAULT_ATTEMPTS) return { kind: "wait", ms, maybeDone: true };
  const error =
    operation.retry === "read" ? plain() : unknownOutcome({ ...attempt, maybeDone: true }, detail);
  return { kind: "throw", error };
}

/** After a refusal: frequency is waited out, faults are repeated as the operation allows, the rest is thrown. */
export function afterRefusal(attempt: Attempt, refused: Refused, random: () => number): Decision {
  const { refusal, resetSeconds } = refused;
  const ms = backoff(attempt.number, resetSeconds, random);
  if (isBusy(refusal)) {
    if (attempt.number < BUSY_ATTEMPTS && ms <= LONGEST_WAIT_MS)
      return { kind: "wait", ms, maybeDone: attempt.maybeDone };
    if (!attempt.maybeDone) return { kind: "throw", error: errorFor(refusal, attempt.now + ms) };
    return { kind: "throw", error: unknownOutcome(attempt, `${refusal.code} ${refusal.msg}`) };
  }
  if (isFault(refusal))
    return afterFault(attempt, `${refusal.code} ${refusal.msg}`, () => errorFor(refusal, 0), ms);
  const retryAt = refusal.code === QUOTA_USED_UP ? nextMonth(attempt.now) : 0;
  return { kind: "throw", error: errorFor(refusal, retryAt) };
}

/** The quota's month ends at midnight UTC+8. */
function nextMonth(now: number): number {
  const local = new Date(now + UTC8_MS);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1) - UTC8_MS;
}

/** After no readable reply: what never left is sent again; else the operation's `retry` decides. */
export function afterSilence(attempt: Attempt, silence: Silence, random: () => number): Decision {
  const ms = backoff(attempt.number, null, random);
  if (silence.kind === "unknown")
    return afterFault(attempt, silence.detail, () => unknownOutcome(attempt, silence.detail), ms);
  if (attempt.number < FAULT_ATTEMPTS) return { kind: "wait", ms, maybeDone: attempt.maybeDone };
  return { kind: "throw", error: unknownOutcome(attempt, silence.detail) };
}
