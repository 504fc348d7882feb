import { overlaps } from "../feedback/score.ts";
import type { Interval } from "../feedback/score.ts";
import { compareValue } from "../numbers.ts";

export interface Ranked {
  lecturer: string;
  /** Compared one after another, greater is better. */
  values: readonly number[];
  /** Where given, two that overlap cannot be told apart (ties: band). */
  interval?: Interval;
}

/** Top p % = floor(p · N / 100 + 1e-9) of N; top n = n, whole. */
export function placesOf(kind: "percent" | "top", threshold: number, n: number): number {
  return kind === "percent"
    ? Math.floor((threshold * n) / 100 + 1e-9)
    : Math.min(n, Math.max(0, Math.floor(threshold)));
}

export function compareRanked(a: Ranked, b: Ranked): number {
  for (const [at, value] of a.values.entries()) {
    const order = compareValue(b.values[at] ?? 0, value);
    if (order !== 0) return order;
  }
  return 0;
}

export interface Chosen {
  chosen: Ranked[];
  /** At the cut, left to the admin or to nobody. */
  undecided: Ranked[];
}

/**
 * Who gets the places. Those tied at the cut: `all` get one, `none` does unless all fit, `band`: all whose interval meets
 * that of the last place, at most twice the places, else only those clearly above the cut and the admin decides the rest.
 * The list must be sorted by `compareRanked`.
 */
export function choosePlaces(
  ranked: readonly Ranked[],
  places: number,
  ties: "all" | "none" | "band",
): Chosen {
  if (places <= 0) return { chosen: [], undecided: [] };
  const cut = ranked[places - 1];
  if (!cut || places >= ranked.length) return { chosen: [...ranked], undecided: [] };
  const alike = (one: Ranked) => compareRanked(one, cut) === 0 || (ties === "band" && meets(one, cut));
  const within = ranked.slice(0, places);
  const behind = ranked.slice(places).filter(alike);
  if (behind.length === 0) return { chosen: within, undecided: [] };
  const everyone = [...within, ...behind];
  if (ties === "all" || (ties === "band" && everyone.length <= 2 * places))
    return { chosen: everyone, undecided: [] };
  return { chosen: within.filter((one) => !alike(one)), undecided: everyone.filter(alike) };
}

function meets(a: Ranked, b: Ranked): boolean {
  return a.interval !== undefined && b.interval !== undefined && overlaps(a.interval, b.interval);
}
