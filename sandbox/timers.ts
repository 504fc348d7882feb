import type { Json, Kernel } from "./kernel.ts";
import type { CoreState, Timer } from "./core-state.ts";

export type TimerHandler = (kernel: Kernel, payload: Json) => void | Promise<void>;

/** Puts a timer into the list, which is kept in the order (at, age): a snapshot of it is the whole truth. */
export function addTimer(
  state: CoreState,
  nextSeq: () => number,
  name: string,
  at: number,
  payload: Json,
): void {
  const timer: Timer = { seq: nextSeq(), name, at, payload };
  let low = 0;
  let high = state.timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((state.timers[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  state.timers.splice(low, 0, timer);
}

export function firstDue(state: CoreState): number | null {
  return state.timers[0]?.at ?? null;
}

export function takeDue(state: CoreState, now: number): Timer | null {
  const first = state.timers[0];
  return first && first.at <= now ? (state.timers.shift() ?? null) : null;
}
