import type { Clock } from "../clock.ts";

export interface TenantToken {
  /** A token with at least 5 minutes left; concurrent callers share one request. */
  get(): Promise<string>;
  /** Forget this token, if it is still the one at hand. */
  invalidate(token: string): void;
  /** Asks Feishu whether app id and secret are (still) good, whatever is cached. */
  check(): Promise<void>;
  expiresAt(): number | null;
}

const RESERVE_MS = 5 * 60_000;

/** Tenant token cache on the deployment's clock. `fetch` answers the token and its life in seconds (facts.md §3.1). */
export function createTenantToken(options: {
  clock: Clock;
  fetch: () => Promise<{ token: string; expire: number }>;
}): TenantToken {
  const { clock, fetch } = options;
  let current: { token: string; expiresAt: number } | null = null;
  let pending: Promise<string> | null = null;

  async function renew(): Promise<string> {
    const askedAt = clock.now();
    const { token, expire } = await fetch();
    current = { token, expiresAt: askedAt + expire * 1000 };
    return token;
  }

  return {
    get() {
      if (current && current.expiresAt - clock.now() >= RESERVE_MS) return Promise.resolve(current.token);
      pending ??= renew().finally(() => {
        pending = null;
      });
      return pending;
    },
    async check() {
      await (pending ?? renew());
    },
    invalidate(token) {
      if (current?.token === token) current = null;
    },
    expiresAt: () => current?.expiresAt ?? null,
  };
}
