import { FeishuError, type Kernel, type Operation } from "./kernel.ts";
import { core } from "./core-state.ts";
import { quotaExceeded, RATE_LIMITED } from "./gateway-codes.ts";

export interface RateRefusal {
  error: FeishuError;
  headers: Record<string, string>;
}

/** Tier 4 of facts.md §1.2, where an operation names no other. */
const DEFAULT_RATE = { perMinute: 1000, perSecond: 50 };

interface Window {
  start: number;
  calls: number;
}

/**
 * Rates per API × app in windows of the sandbox's clock. They live in memory only: no window is longer than a minute, and a
 * restart forgives.
 */
export function createLimits(kernel: Kernel) {
  const windows = new Map<string, Window>();

  function count(key: string, length: number, limit: number): number | null {
    const now = kernel.now();
    const start = now - (now % length);
    const window = windows.get(key);
    if (!window || window.start !== start) {
      windows.set(key, { start, calls: 1 });
      return null;
    }
    window.calls += 1;
    return window.calls > limit ? Math.max(1, Math.ceil((start + length - now) / 1000)) : null;
  }

  return {
    /** null = go on. A refused call counts neither in the other window nor in the monthly quota. */
    rate(operation: Operation, key: string, appId: string): RateRefusal | null {
      if (!kernel.switches.rates) return null;
      const rate =
        operation.rate?.perMinute || operation.rate?.perSecond
          ? operation.rate
          : { ...DEFAULT_RATE, ...operation.rate };
      const tiers: [string, number, number | undefined][] = [
        ["s", 1000, rate.perSecond],
        ["m", 60_000, rate.perMinute],
      ];
      for (const [name, length, limit] of tiers) {
        const reset = limit === undefined ? null : count(`${name} ${appId} ${key}`, length, limit);
        if (reset !== null) return limited(operation, limit ?? 0, reset);
      }
      return null;
    },
    /** Counts the call; throws 99991403 when the month's calls are used up. The month is Beijing's. */
    quota(appId: string): void {
      const month = new Date(kernel.now() + 8 * 3_600_000).toISOString().slice(0, 7);
      const quota = core(kernel.state).quota;
      const used = quota[appId];
      const calls = used?.month === month ? used.calls : 0;
      if (kernel.switches.monthlyQuota !== null && calls >= kernel.switches.monthlyQuota)
        throw quotaExceeded();
      quota[appId] = { month, calls: calls + 1 };
    },
  };
}

/** 429 with the reset in seconds; "some older APIs" answer 400 with the same body, Base has its own code (facts.md §1.2, §4.12). */
export function limited(operation: Operation, limit: number, reset: number): RateRefusal {
  const code = operation.rate?.code ?? RATE_LIMITED;
  const msg = code === RATE_LIMITED ? "request trigger frequency limit" : "TooManyRequest";
  return {
    error: new FeishuError(code, operation.rate?.status ?? 429, msg),
    headers: { "x-ogw-ratelimit-limit": String(limit), "x-ogw-ratelimit-reset": String(reset) },
  };
}
