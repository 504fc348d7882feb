/** Expected against actual, one kind of thing: keys that had to be there, keys that might be, keys that were. */
export interface Tally {
  name: string;
  expected: number;
  actual: number;
  missing: string[];
  doubled: string[];
  /** There, though nothing called for it. */
  unexpected: string[];
}

export function tally(
  name: string,
  required: Iterable<string>,
  actual: readonly string[],
  allowed: Iterable<string> = [],
): Tally {
  const wanted = new Set(required);
  const known = new Set([...wanted, ...allowed]);
  const counts = new Map<string, number>();
  for (const key of actual) counts.set(key, (counts.get(key) ?? 0) + 1);
  return {
    name,
    expected: wanted.size,
    actual: actual.length,
    missing: [...wanted].filter((key) => !counts.has(key)),
    doubled: [...counts].filter(([, count]) => count > 1).map(([key]) => key),
    unexpected: [...counts.keys()].filter((key) => !known.has(key)),
  };
}
