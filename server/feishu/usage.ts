import type { Clock } from "../clock.ts";
import type { Outcome } from "./transport.ts";

const UTC8_MS = 8 * 3_600_000;

export interface Usage {
  count(outcome: Outcome): void;
  callsThisMonth(): number;
  skewMs(): number | null;
}

/** Counts calls by month (the quota's month, UTC+8) and compares Feishu's Date header with our clock. */
export function createUsage(clock: Clock): Usage {
  let month = "";
  let calls = 0;
  let skew: number | null = null;
  const present = () => new Date(clock.now() + UTC8_MS).toISOString().slice(0, 7);
  return {
    count(outcome) {
      const now = present();
      calls = month === now ? calls + 1 : 1;
      month = now;
      const date = Date.parse("headers" in outcome ? (outcome.headers["date"] ?? "") : "");
      if (Number.isFinite(date)) skew = date - Math.floor(clock.now() / 1000) * 1000;
    },
    callsThisMonth: () => (month === present() ? calls : 0),
    skewMs: () => skew,
  };
}
