import { compareValue } from "../numbers.ts";
import type { Candidate, Pairs } from "./pairs.ts";
import { known, PlanState } from "./state.ts";

export interface SearchOptions {
  /** Moves looked at before the search settles with what it has: a count, not a time, so that equal input gives equal output. */
  effort: number;
  /** Asked now and then; true ends the search early (for `--budget`, where determinism is not promised). */
  expired?: () => boolean;
}

/** Lexicographic worth of a move; negative numbers are better. */
interface Worth {
  /** Slots opened minus slots filled. */
  open: number;
  changed: number;
  unfairness: number;
  /** Fit lost. */
  loss: number;
}

/** One step of a chain: the slot goes to the lecturer (−1 = stays open). */
interface Step {
  slot: number;
  to: number;
}

const none: Worth = { open: 0, changed: 0, unfairness: 0, loss: 0 };

/**
 * A good plan, not a proven one: earlier pairs first, then each slot where it costs least, then chains in which a slot
 * pushes another on until every aim, in order, stops improving.
 */
export function searchPlan(pairs: Pairs, options: SearchOptions): number[] {
  const state = construct(pairs);
  const search = new ChainSearch(state, options);
  for (let round = 0; round < 50; round += 1) {
    // Bitwise-or of booleans would hide that each stage must run even if an earlier one found something.
    const stages = [search.fillOpen(), search.balance(), search.polish(1), search.polish(2)];
    if (search.spent() || !stages.includes(true)) break;
  }
  return state.assigned;
}

function construct(pairs: Pairs): PlanState {
  const state = new PlanState(pairs);
  const isFree = (slot: number, lecturer: number) => state.blockers(slot, lecturer)?.length === 0;
  const open = pairs.model.slots.map((slot) => slot.index).filter((slot) => state.holder(slot) < 0);
  for (const slot of open) {
    const before = pairs.model.previous.get(slot) ?? -1;
    if (pairs.candidates[slot]?.some((one) => one.lecturer === before) && isFree(slot, before))
      state.put(slot, before);
  }
  const size = (slot: number) => pairs.candidates[slot]?.length ?? 0;
  const scarceFirst = open
    .filter((slot) => state.holder(slot) < 0)
    .sort((a, b) => size(a) - size(b) || a - b);
  for (const slot of scarceFirst) {
    const best = cheapest(state, pairs.candidates[slot]?.filter((one) => isFree(slot, one.lecturer)) ?? []);
    if (best) state.put(slot, best.lecturer);
  }
  return state;
}

function cheapest(state: PlanState, candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  for (const one of candidates) {
    const order = best ? compareValue(state.costMore(one.lecturer), state.costMore(best.lecturer)) : -1;
    if (order < 0 || (order === 0 && best && one.fit > best.fit)) best = one;
  }
  return best;
}

class ChainSearch {
  private readonly state: PlanState;
  private readonly pairs: Pairs;
  private readonly options: SearchOptions;
  private readonly bestFit: readonly number[];
  private readonly fits: readonly ReadonlyMap<number, number>[];
  private moves = 0;
  private over = false;

  constructor(state: PlanState, options: SearchOptions) {
    this.state = state;
    this.pairs = state.pairs;
    this.options = options;
    this.fits = this.pairs.candidates.map((list) => new Map(list.map((one) => [one.lecturer, one.fit])));
    this.bestFit = this.pairs.candidates.map((list) =>
      list.reduce((best, one) => Math.max(best, one.fit), -Infinity),
    );
  }

  spent(): boolean {
    return this.over;
  }

  /** Fills open slots through chains of any length, the end costing least. */
  fillOpen(): boolean {
    let found = false;
    for (const slot of this.freeSlots()) {
      if (this.state.holder(slot) >= 0) continue;
      // Filling comes before keeping the earlier plan, but a chain that does both is tried first.
      const chain =
        this.shortestChain([slot], -1, Infinity, true) ?? this.shortestChain([slot], -1, Infinity, false);
      if (this.apply(chain)) found = true;
    }
    return found;
  }

  /** Moves load from the most to the least burdened, directly or through others, while that is less unfair. */
  balance(): boolean {
    let found = false;
    let moved = true;
    while (moved && !this.tick()) {
      moved = false;
      const order = this.pairs.model.lecturers
        .map((one) => one.index)
        .filter((one) => known(this.state.held[one]).length > 0)
        .sort((a, b) => this.state.costLess(b) - this.state.costLess(a) || a - b);
      for (const from of order) {
        const slots = [...known(this.state.held[from])];
        if (slots.length > 0 && this.apply(this.shortestChain(slots, from, this.state.costLess(from), true)))
          moved = true;
        if (this.over) break;
      }
      found ||= moved;
    }
    return found;
  }

  /**
   * Breadth first over "this slot needs a place": each slot is pushed on at most once and each lecturer appears at most
   * once in a chain, so that what each step needs stays true when all are made. `keep`: no earlier pair still kept is broken.
   */
  private shortestChain(
    starts: readonly number[],
    from: number,
    limit: number,
    keep: boolean,
  ): Step[] | null {
    const parent = new Map<number, { slot: number; via: number }>();
    const queue = [...starts];
    const seen = new Set(starts);
    let [bestCost, best] = [limit, null as Step | null];
    for (let at = 0; at < queue.length && !this.over; at += 1) {
      const slot = known(queue[at]);
      for (const { lecturer } of this.pairs.candidates[slot] ?? []) {
        if (this.tick()) break;
        if (lecturer === this.state.holder(slot) || lecturer === from) continue;
        if (keep && this.breaksKept(slot, lecturer)) continue;
        const blockers = this.state.blockers(slot, lecturer);
        if (blockers === null || this.isOnPath(parent, slot, lecturer)) continue;
        const cost = this.state.costMore(lecturer);
        if (blockers.length === 0 && cost < bestCost && compareValue(cost, bestCost) < 0)
          [bestCost, best] = [cost, { slot, to: lecturer }];
        for (const next of blockers.length > 0 ? blockers : known(this.state.held[lecturer])) {
          if (seen.has(next)) continue;
          seen.add(next);
          parent.set(next, { slot, via: lecturer });
          queue.push(next);
        }
      }
    }
    return best && this.unwind(parent, best);
  }

  private isOnPath(
    parent: ReadonlyMap<number, { slot: number; via: number }>,
    slot: number,
    lecturer: number,
  ): boolean {
    for (let step = parent.get(slot); step; step = parent.get(step.slot))
      if (step.via === lecturer) return true;
    return false;
  }

  private unwind(parent: ReadonlyMap<number, { slot: number; via: number }>, last: Step): Step[] {
    const steps = [last];
    for (let step = parent.get(last.slot); step; step = parent.get(step.slot))
      steps.unshift({ slot: step.slot, to: step.via });
    return steps;
  }

  private breaksKept(slot: number, lecturer: number): boolean {
    const holder = this.state.holder(slot);
    const before = holder < 0 ? 0 : this.state.change(slot, holder);
    return holder >= 0 && this.state.change(slot, lecturer) > before;
  }

  /** Short chains judged by all four aims: swaps, rotations, moves, and trading an open slot for a filled one. */
  polish(depth: number): boolean {
    let found = false;
    let moved = true;
    while (moved && !this.over) {
      moved = false;
      for (const slot of this.freeSlots()) {
        const from = this.state.holder(slot);
        const start: Worth = from < 0 ? none : this.leaving(slot, from);
        const steps = this.deepen(slot, from, start, [], [from], depth);
        if (this.apply(steps)) moved = true;
        if (this.over) break;
      }
      found ||= moved;
    }
    return found;
  }

  private deepen(
    slot: number,
    from: number,
    worth: Worth,
    steps: readonly Step[],
    used: readonly number[],
    depth: number,
  ): Step[] | null {
    const first = steps[0]?.slot ?? slot;
    for (const { lecturer, fit } of this.pairs.candidates[slot] ?? []) {
      if (this.tick()) return null;
      if (lecturer === from && steps.length > 0) {
        // Back where the chain began: that lecturer has given away the first slot, so loads stay as they are.
        const closed = this.closing(worth, slot, from, fit);
        if (this.isBetter(closed) && this.state.blockers(slot, from, first)?.length === 0)
          return [...steps, { slot, to: lecturer }];
      }
      if (used.includes(lecturer)) continue;
      const blockers = this.state.blockers(slot, lecturer);
      if (blockers === null) continue;
      const path = [...steps, { slot, to: lecturer }];
      const arrived = add(worth, {
        open: 0,
        changed: this.state.change(slot, lecturer),
        unfairness: 0,
        loss: -fit,
      });
      if (blockers.length === 0 && this.isBetter(this.ending(arrived, lecturer, from))) return path;
      if (depth === 0) continue;
      for (const next of blockers.length > 0 ? blockers : known(this.state.held[lecturer])) {
        const pushed = add(arrived, this.pushing(next, lecturer));
        if (from < 0 && this.isBetter(pushed)) return [...path, { slot: next, to: -1 }];
        if (!this.mayImprove(pushed, next)) continue;
        const deeper = this.deepen(next, from, pushed, path, [...used, lecturer], depth - 1);
        if (deeper) return deeper;
      }
    }
    return null;
  }

  private leaving(slot: number, from: number): Worth {
    return add(this.pushing(slot, from), { ...none, unfairness: -this.state.costLess(from) });
  }

  private pushing(slot: number, from: number): Worth {
    return { open: 0, changed: -this.state.change(slot, from), unfairness: 0, loss: this.fit(slot, from) };
  }

  private ending(worth: Worth, lecturer: number, from: number): Worth {
    return add(worth, { ...none, open: from < 0 ? -1 : 0, unfairness: this.state.costMore(lecturer) });
  }

  private closing(worth: Worth, slot: number, from: number, fit: number): Worth {
    if (from < 0) return worth;
    const back = {
      open: 0,
      changed: this.state.change(slot, from),
      unfairness: this.state.costLess(from),
      loss: -fit,
    };
    return add(worth, back);
  }

  /** Whether the rest of a chain could still make it worth while: the slot in hand at its best place. */
  private mayImprove(worth: Worth, slot: number): boolean {
    if (worth.changed < 0) return true;
    // Fairness is left to `balance`, whose chains have no limit of length.
    return worth.changed <= 0 && compareValue(worth.loss - known(this.bestFit[slot]), 0) < 0;
  }

  private isBetter(worth: Worth): boolean {
    return (
      (worth.open || worth.changed || compareValue(worth.unfairness, 0) || compareValue(worth.loss, 0)) < 0
    );
  }

  private fit(slot: number, lecturer: number): number {
    return known(this.fits[slot]?.get(lecturer));
  }

  private freeSlots(): number[] {
    return this.pairs.model.slots
      .map((slot) => slot.index)
      .filter((slot) => known(this.pairs.candidates[slot]).length > 0);
  }

  private apply(steps: readonly Step[] | null): boolean {
    if (!steps) return false;
    for (const { slot } of steps) if (this.state.holder(slot) >= 0) this.state.take(slot);
    for (const { slot, to } of steps) if (to >= 0) this.state.put(slot, to);
    return true;
  }

  private tick(): boolean {
    this.moves += 1;
    if (this.moves > this.options.effort) this.over = true;
    if ((this.moves & 1023) === 0 && this.options.expired?.()) this.over = true;
    return this.over;
  }
}

function add(a: Worth, b: Worth): Worth {
  return {
    open: a.open + b.open,
    changed: a.changed + b.changed,
    unfairness: a.unfairness + b.unfairness,
    loss: a.loss + b.loss,
  };
}
