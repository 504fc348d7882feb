import { isChanged } from "./check.ts";
import type { LecturerInfo, SlotInfo } from "./model.ts";
import { conflict, marginalCost } from "./pairs.ts";
import type { Pairs } from "./pairs.ts";

/** Who must leave so that a lecturer can take a slot: nobody, one of these slots, or it cannot be done by one leaving. */
export type Blockers = readonly number[] | null;

const nobody: Blockers = [];

/** A plan under construction. It changes in place: the search makes and unmakes hundreds of thousands of moves. */
export class PlanState {
  readonly pairs: Pairs;
  /** Slot → lecturer, −1 = open; pins included. */
  readonly assigned: number[];
  readonly load: number[];
  /** Lecturer → free (not pinned) slots held. */
  readonly held: number[][];

  constructor(pairs: Pairs) {
    this.pairs = pairs;
    this.assigned = pairs.model.slots.map((slot) => pairs.model.pinned.get(slot.index) ?? -1);
    this.load = [...pairs.pinnedLoad];
    this.held = pairs.model.lecturers.map(() => []);
  }

  slot(index: number): SlotInfo {
    return known(this.pairs.model.slots[index]);
  }

  lecturer(index: number): LecturerInfo {
    return known(this.pairs.model.lecturers[index]);
  }

  holder(slot: number): number {
    return this.assigned[slot] ?? -1;
  }

  put(slot: number, lecturer: number): void {
    this.assigned[slot] = lecturer;
    this.load[lecturer] = (this.load[lecturer] ?? 0) + 1;
    this.held[lecturer]?.push(slot);
  }

  take(slot: number): void {
    const lecturer = this.holder(slot);
    this.assigned[slot] = -1;
    this.load[lecturer] = (this.load[lecturer] ?? 0) - 1;
    const list = known(this.held[lecturer]);
    list.splice(list.indexOf(slot), 1);
  }

  /**
   * What stands against giving `slot` to `lecturer`. Of several slots returned, any one leaving is enough.
   * `without` is a slot of that lecturer that leaves anyway.
   */
  blockers(slot: number, lecturer: number, without = -1): Blockers {
    const [info, wanted] = [this.lecturer(lecturer), this.slot(slot)];
    const sameMonth: number[] = [];
    let clash = -1;
    for (const other of this.held[lecturer] ?? []) {
      if (other === without) continue;
      const held = this.slot(other);
      if (held.month === wanted.month) sameMonth.push(other);
      if (!conflict(info, held, wanted)) continue;
      if (clash >= 0) return null;
      clash = other;
    }
    const room = this.pairs.room[lecturer]?.get(wanted.month) ?? Number.POSITIVE_INFINITY;
    const full = sameMonth.length >= room;
    if (clash < 0) return full ? sameMonth : nobody;
    return full && !sameMonth.includes(clash) ? null : [clash];
  }

  /** Cost of one more slot. */
  costMore(lecturer: number): number {
    return marginalCost(this.lecturer(lecturer), this.load[lecturer] ?? 0);
  }

  /** Cost saved by one slot less. */
  costLess(lecturer: number): number {
    return marginalCost(this.lecturer(lecturer), (this.load[lecturer] ?? 0) - 1);
  }

  /** 1 where this pair differs from the earlier plan, else 0. */
  change(slot: number, lecturer: number): number {
    return isChanged(this.pairs.model, slot, lecturer) ? 1 : 0;
  }
}

/** Indices in a search always come from the model; anything else is a mistake of ours. */
export function known<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error("an index outside the plan: please report the input that led here");
  return value;
}
