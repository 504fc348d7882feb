/** Who only looks on: told that something may have changed, and never waited for. */
export function createWatchers() {
  const looking = new Set<() => void>();
  return {
    /** Returns the way out. */
    join(look: () => void): () => void {
      looking.add(look);
      return () => void looking.delete(look);
    },
    notify(): void {
      for (const look of looking) look();
    },
  };
}
