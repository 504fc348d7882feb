const BASE_MS = 500;
const CAP_MS = 60_000;
const FLOOR_MS = 100;

/**
 * ms to wait before attempt `attempt + 1`: exponential with full jitter; never before the reset that Feishu named (seconds),
 * after which the jitter keeps waiting callers from returning all at once.
 */
export function backoff(attempt: number, resetSeconds: number | null, random: () => number): number {
  const span = Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
  const jitter = Math.max(FLOOR_MS, Math.round(random() * span));
  return resetSeconds === null ? jitter : Math.round(resetSeconds * 1000) + Math.min(jitter, BASE_MS);
}
