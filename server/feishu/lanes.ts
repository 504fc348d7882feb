/** Runs tasks of one lane one after another; lanes do not wait for each other. */
export function createLanes(): <T>(lane: string | null, task: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<void>>();
  return async (lane, task) => {
    if (lane === null) return task();
    const before = tails.get(lane) ?? Promise.resolve();
    const run = before.then(task);
    const tail = run.then(
      () => undefined,
      () => undefined,
    );
    tails.set(lane, tail);
    try {
      return await run;
    } finally {
      if (tails.get(lane) === tail) tails.delete(lane);
    }
  };
}
