import { z } from "zod";
import { post, read } from "./wire.ts";

const clock = z.object({ now: z.number() });
const SECOND = 1000;
/** After a pause of the machine the clock catches up in steps of this size, so that it goes on answering. */
const MOST_MS = 60_000;
/** How long somebody else's move of the clock leaves the hand at rest. */
const REST_MS = 10_000;

export interface Flow {
  /** Time runs as fast as everybody keeps up, for set-up waits out rate limits on this clock. */
  hurry(on: boolean): void;
  stop(): Promise<void>;
}

/**
 * The sandbox's clock stands still by itself; this hand moves it on with the machine's, a second at a time. Whoever else moves
 * it (the walk, a person at the levers) goes first: the hand rests, and goes on from where they left it.
 */
export function letTimeFlow(sandbox: string, say: (line: string) => void): Flow {
  const stopped = new AbortController();
  let hurried = false;
  const flow = async () => {
    let left: number | null = null;
    let at = performance.now();
    while (!stopped.signal.aborted) {
      await pause(hurried ? 20 : SECOND, stopped.signal);
      const { now } = clock.parse(await read(`${sandbox}/sandbox/clock`));
      const others: boolean = left !== null && now !== left;
      if (others && !hurried) await pause(REST_MS, stopped.signal);
      const passed: number =
        others || left === null || hurried ? SECOND : Math.min(performance.now() - at, MOST_MS);
      at = performance.now();
      if (stopped.signal.aborted) return;
      left = others && !hurried ? null : await moveTo(now + Math.round(passed));
    }
  };
  const moveTo = async (until: number) =>
    clock.parse(await post(`${sandbox}/sandbox/clock/advance`, { until })).now;
  const keepFlowing = async () => {
    while (!stopped.signal.aborted)
      await flow().catch(async (error: unknown) => {
        if (stopped.signal.aborted) return;
        say(`the clock did not move: ${error instanceof Error ? error.message : String(error)}`);
        await pause(REST_MS, stopped.signal);
      });
  };
  const flowing = keepFlowing();
  return {
    hurry: (on) => (hurried = on),
    stop: async () => {
      stopped.abort();
      await flowing;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
