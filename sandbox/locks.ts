import { setTimeout as sleep } from "node:timers/promises";
import type { FeishuError } from "./kernel.ts";

/** Keys held by handlers under way: two writes that overlap on one Base meet here (facts.md §4.6). */
export function createLocks(delayMs: number) {
  const held = new Set<string>();
  let n = 0;
  return {
    /** The real delay, 0 to `delayMs` in turn, makes an overlap possible at all: handlers alone would never be interrupted. */
    async take(key: string, refusal: FeishuError, mine: string[]): Promise<void> {
      if (mine.includes(key)) return;
      if (held.has(key)) throw refusal;
      held.add(key);
      mine.push(key);
      await sleep((n += 1) % (delayMs + 1));
    },
    release(mine: string[]): void {
      for (const key of mine) held.delete(key);
    },
  };
}

export type Locks = ReturnType<typeof createLocks>;
