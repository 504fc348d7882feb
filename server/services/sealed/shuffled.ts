import { randomInt } from "node:crypto";

/** Fisher–Yates on the system's randomness: an order that could be computed again could be undone. */
export function shuffled<T>(items: readonly T[]): T[] {
  const out = [...items];
  for (let last = out.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [out[last], out[other]] = [out[other] as T, out[last] as T];
  }
  return out;
}
