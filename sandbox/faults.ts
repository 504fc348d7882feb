import { chance } from "./ids.ts";

export const FAULT_KINDS = [
  "rateLimit",
  "500",
  "timeout",
  "drop-before",
  "drop-after",
  "slow",
  "conflict",
  "duplicate-event",
  "reorder-events",
  "reply-loss",
  "announce",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRule {
  /** `path` is a regular expression over the path (for events: over the event type). `operation` is `METHOD /path/:param`, the SDK's dotted name, or an event type. */
  match?: { method?: string; path?: string; operation?: string };
  kind: FaultKind;
  /** 0 to 1. */
  probability: number;
  /** At most so many times. */
  count?: number;
  seed?: string | number;
  /** Real ms: of `slow` (default 500), and how long `timeout` and `reply-loss` keep the line open (default 60 000). */
  ms?: number;
}

export interface Target {
  method: string;
  path: string;
  names: string[];
  write: boolean;
}

interface Live {
  rule: FaultRule;
  pattern: RegExp | null;
  seen: number;
  hits: number;
}

const EVENT_KINDS = new Set<FaultKind>(["duplicate-event", "reorder-events"]);

/** Faults to order: which of the matching calls are hit depends on the seed and on the how-manieth match it is, nothing else. */
export function createFaults() {
  let live: Live[] = [];
  let counts: Partial<Record<FaultKind, number>> = {};

  function hit(entry: Live, index: number): boolean {
    if (entry.rule.count !== undefined && entry.hits >= entry.rule.count) return false;
    entry.seen += 1;
    if (chance(`${entry.rule.seed ?? 1}/${index}/${entry.seen}`) >= entry.rule.probability) return false;
    entry.hits += 1;
    counts[entry.rule.kind] = (counts[entry.rule.kind] ?? 0) + 1;
    return true;
  }

  function pick(target: Target, suits: (kind: FaultKind) => boolean): FaultRule | null {
    for (const [index, entry] of live.entries()) {
      if (suits(entry.rule.kind) && matches(entry, target) && hit(entry, index)) return entry.rule;
    }
    return null;
  }

  return {
    add(rules: FaultRule[]): void {
      live = [...live, ...rules.map((rule) => ({ rule, pattern: pattern(rule), seen: 0, hits: 0 }))];
    },
    clear(): void {
      live = [];
    },
    report: () => ({
      rules: live.map(({ rule, seen, hits }) => ({ ...rule, seen, hits })),
      counts,
      injected: Object.values(counts).reduce((sum, n) => sum + n, 0),
    }),
    resetCounts(): void {
      counts = {};
    },
    /** The fault for a call, if any. */
    forCall: (target: Target): FaultRule | null =>
      live.length === 0
        ? null
        : pick(target, (kind) => !EVENT_KINDS.has(kind) && (kind !== "conflict" || baseWrite(target))),
    /** The fault for an event or a callback, if any. */
    forEvent: (type: string, kinds: FaultKind[]): FaultRule | null =>
      live.length === 0
        ? null
        : pick({ method: "EVENT", path: type, names: [type], write: false }, (kind) => kinds.includes(kind)),
  };
}

export type Faults = ReturnType<typeof createFaults>;

function baseWrite(target: Target): boolean {
  return target.write && target.path.startsWith("/open-apis/bitable/");
}

function pattern(rule: FaultRule): RegExp | null {
  return rule.match?.path === undefined ? null : new RegExp(rule.match.path);
}

/** Events are met by the event kinds; by `reply-loss` only when the rule names the event type as its operation. */
function matches(entry: Live, target: Target): boolean {
  const match = entry.rule.match ?? {};
  if (target.method === "EVENT" && !EVENT_KINDS.has(entry.rule.kind) && match.operation === undefined)
    return false;
  if (match.method !== undefined && match.method.toUpperCase() !== target.method) return false;
  if (match.operation !== undefined && !target.names.includes(match.operation)) return false;
  return entry.pattern === null || entry.pattern.test(target.path);
}
