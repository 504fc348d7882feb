export interface TrafficEntry {
  n: number;
  /** Sandbox time, ms. */
  at: number;
  method: string;
  path: string;
  query: string;
  /** `METHOD /path/:param`; empty when no operation has this path. */
  operation: string;
  appId: string;
  /** open_id of the user, `app` for the app itself, empty when nobody was recognised. */
  actor: string;
  status: number;
  code: number;
  logId: string;
  /** Secrets and tokens are replaced by `***`; cut after 2000 characters. */
  requestBody: string;
  fault: string;
  /** Refused by contract or permission: not for rates, not by an injected fault, not because a token ran out. */
  refused: boolean;
}

const SECRET =
  /"(app_secret|client_secret|AppSecret|refresh_token|code|code_verifier|access_token|app_access_token|tenant_access_token)"\s*:\s*"[^"]*"/g;

export function redacted(body: string): string {
  return body.slice(0, 2000).replace(SECRET, '"$1":"***"');
}

/** The log of all calls: a ring of the newest, and counters of all. */
export function createTraffic(capacity: number) {
  const ring: TrafficEntry[] = [];
  const totals = { calls: 0, refused: 0, injected: 0, rateLimited: 0 };
  const byOperation: Record<string, { calls: number; refused: number }> = {};

  return {
    add(entry: Omit<TrafficEntry, "n">): void {
      totals.calls += 1;
      if (entry.refused) totals.refused += 1;
      if (entry.fault !== "") totals.injected += 1;
      else if (entry.code === 99991400 || entry.code === 1254290) totals.rateLimited += 1;
      const of = (byOperation[entry.operation || `${entry.method} (unknown)`] ??= { calls: 0, refused: 0 });
      of.calls += 1;
      if (entry.refused) of.refused += 1;
      ring[(totals.calls - 1) % capacity] = { n: totals.calls, ...entry };
    },
    /** Entries after `since`, oldest first. */
    list(filter: { since?: number; operation?: string; refused?: boolean; limit?: number }): TrafficEntry[] {
      const oldest = Math.max(0, totals.calls - capacity);
      const found: TrafficEntry[] = [];
      for (let n = Math.max(oldest, filter.since ?? 0) + 1; n <= totals.calls; n += 1) {
        const entry = ring[(n - 1) % capacity];
        if (!entry) continue;
        if (filter.operation !== undefined && entry.operation !== filter.operation) continue;
        if (filter.refused === true && !entry.refused) continue;
        found.push(entry);
        if (found.length >= (filter.limit ?? 10_000)) break;
      }
      return found;
    },
    stats: () => ({ ...totals, byOperation }),
  };
}

export type Traffic = ReturnType<typeof createTraffic>;
