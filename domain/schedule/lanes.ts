import { isChanged } from "./check.ts";
import type { SlotInfo } from "./model.ts";
import type { Pairs } from "./pairs.ts";

/** One lecturer's candidate slots in time order: everything that rules (e) and (f) leave to decide for them. */
export interface Lane {
  lecturer: number;
  /** Index of the first pair of this lane among all pairs. */
  first: number;
  length: number;
  /** The first candidate that may follow candidate i: day, gap and overlap allow exactly those from there on. */
  next: Int32Array;
  /** The month's place in time; null where no month cap can bind. */
  month: Int32Array | null;
  /** Turns the month still allows, by candidate; only with `month`. */
  room: Int32Array;
  /** States a month can be in: turns already taken there. 1 without a binding cap. */
  width: number;
  /** The most turns rules (e) and (f) let this lecturer take. */
  most: number;
}

/** All pairs that may still be chosen, numbered lane by lane. */
export interface Lanes {
  pairs: Pairs;
  lanes: readonly Lane[];
  /** By pair. */
  slotOf: Int32Array;
  laneOf: Int32Array;
  fit: Float64Array;
  /** 1 where the pair differs from the earlier plan. */
  changed: Uint8Array;
  /** By slot: its pairs, in the lecturers' order. */
  bySlot: readonly (readonly number[])[];
}

/** Lanes over the pairs that `keep` lets through. */
export function buildLanes(pairs: Pairs, keep?: (slot: number, lecturer: number) => boolean): Lanes {
  const { slots, lecturers } = pairs.model;
  const fits = slots.map(
    (slot) => new Map((pairs.candidates[slot.index] ?? []).map((one) => [one.lecturer, one.fit])),
  );
  const bySlot: number[][] = slots.map(() => []);
  const [slotOf, laneOf, fit, changed]: number[][] = [[], [], [], []];
  const lanes = lecturers.map((lecturer): Lane => {
    const own = (pairs.slotsOf[lecturer.index] ?? []).filter((slot) => !keep || keep(slot, lecturer.index));
    const first = slotOf!.length;
    for (const slot of own) {
      bySlot[slot]!.push(slotOf!.length);
      slotOf!.push(slot);
      laneOf!.push(lecturer.index);
      fit!.push(fits[slot]!.get(lecturer.index)!);
      changed!.push(isChanged(pairs.model, slot, lecturer.index) ? 1 : 0);
    }
    return laneFrom(
      lecturer.index,
      lecturer.gap,
      own.map((slot) => slots[slot]!),
      first,
      pairs.room[lecturer.index]!,
    );
  });
  return {
    pairs,
    lanes,
    slotOf: Int32Array.from(slotOf!),
    laneOf: Int32Array.from(laneOf!),
    fit: Float64Array.from(fit!),
    changed: Uint8Array.from(changed!),
    bySlot,
  };
}

function laneFrom(
  lecturer: number,
  gap: number,
  slots: readonly SlotInfo[],
  first: number,
  room: ReadonlyMap<string, number>,
): Lane {
  const next = Int32Array.from(slots, (slot, at) =>
    followerOf(slots, at, slot.day + Math.max(1, gap), slot.end),
  );
  const rooms = Int32Array.from(slots, (slot) =>
    Math.min(room.get(slot.month) ?? slots.length, slots.length),
  );
  const lane = { lecturer, first, length: slots.length, next, month: null, room: rooms, width: 1, most: 0 };
  const capped = room.size > 0 && capsBind(slots, next, rooms) ? withMonths(lane, slots) : lane;
  return { ...capped, most: longest(capped) };
}

/** Starts and days both grow along the lane, so one place divides those too close from those far enough. */
function followerOf(slots: readonly SlotInfo[], at: number, day: number, end: number): number {
  let [low, high] = [at + 1, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const slot = slots[middle]!;
    if (slot.day >= day && slot.start >= end) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether some month's turns could exceed what its cap allows, by the other rules. */
function capsBind(slots: readonly SlotInfo[], next: Int32Array, room: Int32Array): boolean {
  const chain = new Int32Array(slots.length + 1);
  let end = slots.length;
  for (let at = slots.length - 1; at >= 0; at -= 1) {
    if (at + 1 < end && slots[at]!.month !== slots[at + 1]!.month) end = at + 1;
    const rest = (from: number) => (from < end ? chain[from]! : 0);
    chain[at] = Math.max(rest(at + 1), 1 + rest(next[at]!));
    if (chain[at]! > room[at]!) return true;
  }
  return false;
}

function withMonths(lane: Lane, slots: readonly SlotInfo[]): Lane {
  const month = new Int32Array(slots.length);
  for (let at = 1; at < slots.length; at += 1)
    month[at] = month[at - 1]! + (slots[at]!.month === slots[at - 1]!.month ? 0 : 1);
  const width = lane.room.reduce((most, room) => Math.max(most, room), 0) + 1;
  return { ...lane, month, width };
}

/** Where a choice leads: the state after taking candidate `at` with `taken` turns in its month, then standing at `to`. */
export function monthAfter(lane: Lane, at: number, to: number, taken: number): number {
  return lane.month !== null && to < lane.length && lane.month[to] === lane.month[at] ? taken : 0;
}

function longest(lane: Lane): number {
  const { length, width } = lane;
  const table = new Int32Array((length + 1) * width);
  for (let at = length - 1; at >= 0; at -= 1) {
    const to = lane.next[at]!;
    for (let taken = 0; taken < width; taken += 1) {
      const skip = table[(at + 1) * width + monthAfter(lane, at, at + 1, taken)]!;
      const mayTake = lane.month === null || taken < lane.room[at]!;
      const take = mayTake ? 1 + table[to * width + monthAfter(lane, at, to, taken + 1)]! : 0;
      table[at * width + taken] = Math.max(skip, take);
    }
  }
  return table[0] ?? 0;
}
