import type { CoreState } from "./core-state.ts";
import { firstDue } from "./timers.ts";
import { createParticipants } from "./participants.ts";
import type { Signal } from "./signal.ts";

interface Deps {
  core: CoreState;
  realtime: boolean;
  signal: Signal;
  /** Runs all due timers; resolves when none is left. */
  pump: () => Promise<void>;
  /** Requests and deliveries under way. */
  busy: () => number;
  /** The clock has moved, or begins or ends to. */
  moved: () => void;
}

export interface Goal {
  until: number | null;
  nextOnly: boolean;
  patienceMs: number;
}

/** A participant that names a due time in the past again and again would stop the clock for ever. */
const SPINS = 200;
/** So many rounds at one instant mean that somebody writes in every round. */
const ROUNDS = 10_000;

/**
 * The sandbox's clock, which is the clock of all who take part. It moves only when asked: to the next due instant of
 * sandbox or participants, and on when everybody is quiescent there. In real-time mode it runs with the machine.
 */
export function createClock({ core, realtime, signal, pump, busy, moved }: Deps) {
  const now = (): number => (realtime ? Date.now() + core.offset : core.now);
  const participants = createParticipants(
    () => ({ now: now(), generation: core.generation }),
    () => signal.notify(),
  );
  let stale = false;
  let expected = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let advancing = 0;

  function raise(): void {
    stale = false;
    core.generation += 1;
    participants.broadcast();
    moved();
  }

  function move(to: number): void {
    if (realtime) core.offset += to - now();
    else core.now = to;
    raise();
  }

  const laggards = (): string[] => participants.behind(core.generation);

  function stuck(): string {
    const missing = expected - participants.count();
    const parts = [
      busy() > 0 ? `${busy()} request(s) or deliveries under way` : "",
      laggards().length > 0 ? `no report of generation ${core.generation} from ${laggards().join(", ")}` : "",
      missing > 0 ? `${missing} of ${expected} expected participants not connected` : "",
    ].filter((part) => part !== "");
    return `the clock waits at ${new Date(now()).toISOString()}: ${parts.join("; ")}. See GET /sandbox/clock`;
  }

  /** Waits until nothing is due, nothing under way, and every participant has reported the present generation. */
  async function settle(deadline: number): Promise<void> {
    for (let rounds = 0; rounds < ROUNDS;) {
      await pump();
      if (busy() > 0 || laggards().length > 0 || participants.count() < expected)
        await signal.change(deadline, stuck);
      else if (stale) {
        raise();
        rounds += 1;
      } else if ((firstDue(core) ?? Infinity) > now()) return;
    }
    throw new Error(
      `something is written in every round at ${new Date(now()).toISOString()}, so that nobody comes to rest: see GET /sandbox/traffic for what a participant sends each time`,
    );
  }

  const nextDue = (): number => Math.min(firstDue(core) ?? Infinity, participants.nextDue());

  async function run({ until, nextOnly, patienceMs }: Goal): Promise<{ now: number; steps: number }> {
    // Patience is for standing still: each step begins it anew.
    const settled = (): Promise<void> => settle(performance.now() + patienceMs);
    await settled();
    let steps = 0;
    let spins = 0;
    for (;;) {
      const next = nextDue();
      if (next === Infinity || next > (until ?? Infinity)) break;
      spins = next <= now() ? spins + 1 : 0;
      if (spins > SPINS)
        throw new Error(
          `a participant keeps naming a due time that has passed (${next}): ${JSON.stringify(participants.list())}`,
        );
      move(Math.max(next, now()));
      steps += 1;
      await settled();
      if (nextOnly) return { now: now(), steps };
    }
    if (until !== null && until > now()) {
      move(until);
      await settled();
    }
    return { now: now(), steps };
  }

  /** One at a time: two that advance would step over each other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work, work);
    turn = result.catch(() => undefined);
    return result;
  }

  return {
    now,
    participants,
    generation: () => core.generation,
    expect(n: number): void {
      expected = n;
      signal.notify();
    },
    expected: () => expected,
    /** Something changed that participants may have to look at. */
    stir(): void {
      stale = true;
      signal.notify();
    },
    isStale: () => stale,
    raise,
    nextDue,
    set: (to: number) => inTurn(async () => move(to)),
    settle: (patienceMs: number) => inTurn(() => settle(performance.now() + patienceMs)),
    async advance(goal: Goal): Promise<{ now: number; steps: number }> {
      advancing += 1;
      try {
        return await inTurn(() => run(goal));
      } finally {
        advancing -= 1;
        moved();
      }
    },
    /** Somebody is moving it on and has not come to the end. */
    running: (): boolean => advancing > 0,
  };
}
