import { sum } from "../numbers.ts";
import type { Objective } from "./check.ts";
import { isChanged, objectiveOf } from "./check.ts";
import type { LecturerInfo, SlotInfo } from "./model.ts";
import { marginalCost } from "./pairs.ts";
import type { Pairs } from "./pairs.ts";

/**
 * Values no plan can beat, each given the earlier aims at the plan's values. Gaps and month caps are relaxed to "at most
 * so many slots each", so these are bounds, not promises: they prove a plan only where it reaches them.
 */
export function relaxedBounds(pairs: Pairs, reached: Objective): Objective {
  const relaxed = new Relaxation(pairs);
  const pins = pairs.model.slots.map((slot) => pairs.model.pinned.get(slot.index) ?? -1);
  const fixed = objectiveOf(pairs.model, pins);
  const most = relaxed.fillAll();
  const wanted = reached.filled - fixed.filled;
  const unfairness = most === wanted ? relaxed.unfairness() : fewerFilled(pairs, wanted);
  return {
    filled: fixed.filled + most,
    changed: fixed.changed + forcedChanges(pairs, wanted),
    unfairness,
    fit: fixed.fit + bestFits(pairs, wanted),
  };
}

/** Where not all fillable slots are filled, each one added may be any of them: dear, and given up (0) when too large. */
function fewerFilled(pairs: Pairs, wanted: number): number {
  const size = sum(pairs.candidates.map((list) => list.length));
  return wanted * size > 2e8 ? 0 : new Relaxation(pairs).cheapestLoads(wanted);
}

/** Slots whose earlier lecturer cannot take them any more, less those that may stay open. */
function forcedChanges(pairs: Pairs, filled: number): number {
  const fillable = pairs.candidates.flatMap((list, slot) => (list.length > 0 ? [{ slot, list }] : []));
  const forced = fillable.filter(({ slot, list }) =>
    list.every((one) => isChanged(pairs.model, slot, one.lecturer)),
  );
  return Math.max(0, forced.length - (fillable.length - filled));
}

/** Every filled slot at its best candidate. Only as many as are filled, the best of them. */
function bestFits(pairs: Pairs, filled: number): number {
  const best = pairs.candidates.flatMap((list) =>
    list.length > 0 ? [Math.max(...list.map((one) => one.fit))] : [],
  );
  return sum(best.sort((a, b) => b - a).slice(0, filled));
}

/** Most slots one lecturer could hold: the longest sequence beside gaps, or what the month caps allow. */
export function mostSlots(
  lecturer: LecturerInfo,
  slots: readonly SlotInfo[],
  room: ReadonlyMap<string, number>,
): number {
  const distance = Math.max(1, lecturer.gap);
  // Interval scheduling: a slot keeps the lecturer until its end and until `distance` days later; earliest free first.
  const byRelease = [...slots].sort((a, b) => a.day - b.day || a.end - b.end);
  let [longest, freeDay, freeAt] = [0, -Infinity, -Infinity];
  for (const slot of byRelease) {
    if (slot.day < freeDay || slot.start < freeAt) continue;
    longest += 1;
    [freeDay, freeAt] = [slot.day + distance, slot.end];
  }
  // A slot of a day or longer breaks the order that makes the greedy exact; then only the count is safe.
  if (slots.some((slot) => slot.end - slot.start >= 86_400_000)) longest = slots.length;
  return Math.min(longest, monthMost(slots, room));
}

function monthMost(slots: readonly SlotInfo[], room: ReadonlyMap<string, number>): number {
  const perMonth = new Map<string, number>();
  for (const slot of slots) perMonth.set(slot.month, (perMonth.get(slot.month) ?? 0) + 1);
  return sum(
    [...perMonth].map(([month, count]) => Math.min(count, Math.max(0, room.get(month) ?? Infinity))),
  );
}

/**
 * Slots to lecturers with convex load costs and a limit each: a min-cost flow whose costs sit on the lecturers only, so
 * that the cheapest augmenting path from a slot is the one that ends at the least marginal cost (semi-matching).
 */
class Relaxation {
  private readonly pairs: Pairs;
  private readonly limit: readonly number[];
  private readonly load: number[];
  private readonly assigned: number[];
  private readonly held: Set<number>[];

  constructor(pairs: Pairs) {
    this.pairs = pairs;
    const { lecturers, slots } = pairs.model;
    this.limit = lecturers.map((one) => {
      const own = (pairs.slotsOf[one.index] ?? []).flatMap((index) => slots[index] ?? []);
      return mostSlots(one, own, pairs.room[one.index] ?? new Map()) + (pairs.pinnedLoad[one.index] ?? 0);
    });
    this.load = [...pairs.pinnedLoad];
    this.assigned = slots.map(() => -1);
    this.held = lecturers.map(() => new Set());
  }

  /** Fills as many slots as can be, at the least cost for those; returns how many. */
  fillAll(): number {
    let filled = 0;
    for (const slot of this.pairs.model.slots) if (this.augment([slot.index])) filled += 1;
    return filled;
  }

  /** The least unfairness with just `wanted` slots filled, whichever they are. */
  cheapestLoads(wanted: number): number {
    for (let filled = 0; filled < wanted; filled += 1) {
      const open = this.pairs.model.slots
        .map((slot) => slot.index)
        .filter((slot) => this.assigned[slot] === -1);
      if (!this.augment(open)) break;
    }
    return this.unfairness();
  }

  unfairness(): number {
    return sum(
      this.pairs.model.lecturers.map((one) => ((this.load[one.index] ?? 0) + one.credit) ** 2 / one.weight),
    );
  }

  private augment(sources: readonly number[]): boolean {
    const reachedBy = new Map<number, number>();
    const queue = [...sources];
    let [best, bestCost] = [-1, Infinity];
    const least = this.leastCost();
    for (let at = 0; at < queue.length && bestCost > least; at += 1) {
      const slot = queue[at] ?? -1;
      for (const { lecturer } of this.pairs.candidates[slot] ?? []) {
        if (reachedBy.has(lecturer)) continue;
        reachedBy.set(lecturer, slot);
        const cost = this.cost(lecturer);
        if (cost < bestCost) [best, bestCost] = [lecturer, cost];
        queue.push(...(this.held[lecturer] ?? []));
      }
    }
    if (best < 0) return false;
    this.shift(best, reachedBy);
    return true;
  }

  /** No path ends cheaper than this, so a search that meets it may stop. */
  private leastCost(): number {
    return this.pairs.model.lecturers.reduce((least, one) => Math.min(least, this.cost(one.index)), Infinity);
  }

  private cost(lecturer: number): number {
    const info = this.pairs.model.lecturers[lecturer];
    const load = this.load[lecturer] ?? 0;
    return info && load < (this.limit[lecturer] ?? 0) ? marginalCost(info, load) : Infinity;
  }

  private shift(end: number, reachedBy: ReadonlyMap<number, number>): void {
    this.load[end] = (this.load[end] ?? 0) + 1;
    for (let to = end; to >= 0;) {
      const slot = reachedBy.get(to) ?? -1;
      const from = this.assigned[slot] ?? -1;
      this.held[from]?.delete(slot);
      this.held[to]?.add(slot);
      this.assigned[slot] = to;
      to = from;
    }
  }
}
