/** Two values count as equal within 1e-9 · max(1, |v|) (design.md §8). */
export function sameValue(a: number, b: number): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

/** −1, 0 or 1 with the tolerance of `sameValue`. */
export function compareValue(a: number, b: number): number {
  if (sameValue(a, b)) return 0;
  return a < b ? -1 : 1;
}

/** Plain code-unit order of two texts: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Decimal points to integer hundredths, half up; the small term undoes binary noise such as 0.285 · 100 = 28.499…. */
export function toHundredths(points: number): number {
  return Math.floor(points * 100 + 0.5 + 1e-9);
}

/** Integer hundredths to decimal points. */
export function fromHundredths(hundredths: number): number {
  return hundredths / 100;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** Values by key, in order of first appearance. */
export function groupBy<T, K>(values: Iterable<T>, key: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const found = groups.get(key(value));
    if (found) found.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
