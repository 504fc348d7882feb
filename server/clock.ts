/**
 * The clock of the deployment. Due times, back-off, rate windows and token lifetimes all run on it; with the sandbox the
 * sandbox's clock is this clock, so that months pass in minutes. Only socket time-outs and database leases are real time.
 */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Resolves when the clock has reached `at` (at once if it has). */
  until(at: number): Promise<void>;
}

/** What drives the engine: a clock that says when to look again. */
export interface DrivenClock extends Clock {
  /**
   * `work` is called whenever there may be something to do, never twice at a time; it resolves to the next instant at which
   * something is due, or null. `blocked` says that nothing moves but waits on this clock.
   */
  drive(work: () => Promise<number | null>, blocked: () => boolean): void;
  /** There is new work now. */
  wake(): void;
  stop(): void;
}

const BLOCKED = Symbol("blocked");
type Waiter = { at: number; resolve: () => void };

/** The machine's clock. */
export function systemClock(): DrivenClock {
  let timer: NodeJS.Timeout | undefined;
  let run = (): void => undefined;
  let stopped = false;
  const now = () => Date.now();
  return {
    now,
    until: (at) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - now()))),
    drive(work) {
      run = oneAtATime(async () => {
        const next = await work();
        if (stopped) return;
        clearTimeout(timer);
        // Never sleep longer than a minute: another process may have queued something while its notice was lost.
        timer = setTimeout(run, Math.min(60_000, Math.max(0, (next ?? Infinity) - now())));
      });
      run();
    },
    wake: () => run(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/**
 * The clock at `url` (the sandbox's `/sandbox/clock`): it stands still until someone advances it, and moves on only when
 * every participant has reported that it has nothing left to do at the present instant, and when it will have next.
 */
export async function remoteClock(url: string, name: string): Promise<DrivenClock> {
  const first = (await (await fetch(url)).json()) as { now: number };
  let now = first.now;
  let waiters: Waiter[] = [];
  let generation = 0;
  let stopped = false;
  let work: () => Promise<number | null> = async () => null;
  let blocked = (): boolean => false;
  const abort = new AbortController();

  const release = () => {
    const due = waiters.filter((waiter) => waiter.at <= now);
    waiters = waiters.filter((waiter) => waiter.at > now);
    due.forEach((waiter) => waiter.resolve());
  };
  const nextWaiter = () =>
    waiters.reduce<number | null>((least, { at }) => (least === null || at < least ? at : least), null);
  const report = async (nextDue: number | null, at: number) => {
    try {
      // Without the signal of the stream: it lives as long as the process, and would keep a listener for every report.
      const reply = await fetch(`${url}/report`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name, generation: at, nextDue }),
      });
      await reply.arrayBuffer();
    } catch (error) {
      // Ended in the middle of it: nobody waits for this report any more.
      if (!stopped) throw error;
    }
  };

  let working: Promise<number | null> | null = null;
  let workingSince = 0;
  const settle = async () => {
    const at = generation;
    let next: number | null;
    for (;;) {
      if (!working) {
        workingSince = generation;
        working = work().finally(() => (working = null));
      }
      const since = workingSince;
      const outcome = await Promise.race([working, whenBlocked(working)]);
      next = outcome === BLOCKED ? null : outcome;
      // Work that began before the news may have looked before it came: look again.
      if (stopped || outcome === BLOCKED || since >= at) break;
    }
    if (!stopped) await report(least(next, nextWaiter()), at);
  };
  /** Resolves once nothing in this process moves except waits on this clock. */
  const whenBlocked = async (mine: Promise<number | null>): Promise<typeof BLOCKED> => {
    for (let calm = 0; calm < 3 && mine === working && !stopped;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      calm = waiters.length > 0 && blocked() ? calm + 1 : 0;
    }
    return BLOCKED;
  };
  const settleSoon = oneAtATime(settle);

  const listen = async () => {
    const reply = await fetch(`${url}/stream?name=${encodeURIComponent(name)}`, { signal: abort.signal });
    const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the clock at ${url} ended its stream`);
      const lines = (rest + value).split("\n");
      rest = lines.pop()!;
      for (const line of lines.filter(Boolean)) {
        const tick = JSON.parse(line) as { now: number; generation: number };
        now = tick.now;
        generation = tick.generation;
        release();
      }
      settleSoon();
    }
  };

  return {
    now: () => now,
    until: (at) => (at <= now ? Promise.resolve() : new Promise((resolve) => waiters.push({ at, resolve }))),
    drive(newWork, isBlocked) {
      work = newWork;
      blocked = isBlocked;
      listen().catch((error: unknown) => {
        if (!stopped) throw error;
      });
    },
    wake: () => settleSoon(),
    stop() {
      stopped = true;
      abort.abort();
    },
  };
}

const least = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));

/** Runs `task` again if it was asked for while it ran; errors stop the process, for a clock that stops is worse. */
function oneAtATime(task: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    task()
      .catch((error: unknown) => {
        queueMicrotask(() => {
          throw error;
        });
      })
      .finally(() => {
        running = false;
        if (again) {
          again = false;
          run();
        }
      });
  };
  return run;
}
