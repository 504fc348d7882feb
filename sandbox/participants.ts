export interface Tick {
  now: number;
  generation: number;
}

interface Participant {
  name: string;
  write: (line: string) => void;
  generation: number;
  nextDue: number | null;
}

/** Who lives on the clock: each holds a stream of ticks open and reports when it has nothing left to do at that tick. */
export function createParticipants(tick: () => Tick, changed: () => void) {
  const connected = new Map<string, Participant>();
  const line = (): string => `${JSON.stringify(tick())}\n`;

  return {
    /** Joins at once with the present tick; the same name again replaces the earlier connection. Returns the way out. */
    join(name: string, write: (line: string) => void): () => void {
      const participant: Participant = { name, write, generation: 0, nextDue: null };
      connected.set(name, participant);
      write(line());
      changed();
      return () => {
        if (connected.get(name) === participant) connected.delete(name);
        changed();
      };
    },
    /** false = nobody of that name is connected. A report of an old generation is noted but quiets nothing. */
    report(name: string, generation: number, nextDue: number | null): boolean {
      const participant = connected.get(name);
      if (!participant) return false;
      participant.generation = Math.max(participant.generation, generation);
      participant.nextDue = nextDue;
      changed();
      return true;
    },
    broadcast(): void {
      const text = line();
      for (const participant of connected.values()) participant.write(text);
    },
    behind: (generation: number): string[] =>
      [...connected.values()].filter((one) => one.generation < generation).map((one) => one.name),
    nextDue: (): number =>
      Math.min(Infinity, ...[...connected.values()].map((one) => one.nextDue ?? Infinity)),
    count: (): number => connected.size,
    list: () =>
      [...connected.values()].map(({ name, generation, nextDue }) => ({ name, generation, nextDue })),
  };
}
