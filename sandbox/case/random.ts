/**
 * Chance by name: every draw is a function of the seed and of what it is for, never of the order in which things happen.
 * So two walks with the same seed agree, however the messages were interleaved.
 */
export type Key = string | number;

/** A 32-bit hash of the parts (FNV-1a, then the murmur3 finaliser so that near keys fall far apart). */
export function hash(...parts: Key[]): number {
  let h = 0x811c9dc5;
  for (const char of parts.join("\u0000")) {
    h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Uniform in [0, 1). */
export function draw(...parts: Key[]): number {
  return hash(...parts) / 2 ** 32;
}

/** True with the given probability. */
export function chance(probability: number, ...parts: Key[]): boolean {
  return draw(...parts) < probability;
}

/** An integer from `low` to `high`, both included. */
export function between(low: number, high: number, ...parts: Key[]): number {
  return low + Math.floor(draw(...parts) * (high - low + 1));
}

/** One of the items. */
export function pick<T>(items: readonly T[], ...parts: Key[]): T {
  const item = items[between(0, items.length - 1, ...parts)];
  if (item === undefined) throw new Error(`pick(${parts.join(", ")}): the list is empty`);
  return item;
}

/** One of the items, each as likely as its weight says (weights ≥ 0, not all 0). */
export function weighted<T>(items: readonly (readonly [T, number])[], ...parts: Key[]): T {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  let left = draw(...parts) * total;
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return pick(items, ...parts)[0];
}

/** The items in an order of their own. */
export function shuffled<T>(items: readonly T[], ...parts: Key[]): T[] {
  return items
    .map((item, index) => ({ item, rank: draw(...parts, index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** A standard normal value (Box–Muller). */
export function normal(...parts: Key[]): number {
  const u = Math.max(draw(...parts, "u"), 1e-12);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * draw(...parts, "v"));
}

/** `length` lower-case hex digits, for ids such as open_id. */
export function hex(length: number, ...parts: Key[]): string {
  let text = "";
  for (let i = 0; text.length < length; i++)
    text += hash(...parts, i)
      .toString(16)
      .padStart(8, "0");
  return text.slice(0, length);
}
