/** One remote call held between its effect and its reply. */
export interface Instant {
  n: number;
  operation: string;
  logId: string;
}

/** Announces such instants to listeners and holds each until it is told to go on. */
export function createInstants() {
  const listeners = new Set<(line: string) => void>();
  const held = new Map<number, { instant: Instant; go: () => void }>();
  let n = 0;
  return {
    listen(write: (line: string) => void): () => void {
      listeners.add(write);
      return () => listeners.delete(write);
    },
    /** Resolves on `go` or when `gone` does. Without a listener nobody could say go: it resolves at once. */
    async hold(operation: string, logId: string, gone: Promise<void>): Promise<void> {
      if (listeners.size === 0) return;
      const instant = { n: (n += 1), operation, logId };
      const told = new Promise<void>((resolve) => held.set(instant.n, { instant, go: resolve }));
      for (const write of listeners) write(`${JSON.stringify(instant)}\n`);
      await Promise.race([told, gone]);
      held.delete(instant.n);
    },
    go(number: number): boolean {
      const found = held.get(number);
      found?.go();
      return found !== undefined;
    },
    list: (): Instant[] => [...held.values()].map((one) => one.instant),
  };
}

export type Instants = ReturnType<typeof createInstants>;
