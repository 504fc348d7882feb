import { slotsByLecturer } from "./check.ts";
import { fitOf, mayTake, planReasons } from "./model.ts";
import type { LecturerInfo, Model, SlotInfo } from "./model.ts";

/** A lecturer who could take a slot beside history and pins. */
export interface Candidate {
  lecturer: number;
  fit: number;
}

/** What a search may still decide: pins are settled and every pair that could never stand beside them is gone. */
export interface Pairs {
  model: Model;
  /** By slot index; empty for pinned slots. In the lecturers' order. */
  candidates: readonly (readonly Candidate[])[];
  /** By lecturer index: slot indices in time order. */
  slotsOf: readonly (readonly number[])[];
  /** By lecturer index: month → starts still allowed there beside history and pins; no entry = no cap. */
  room: readonly ReadonlyMap<string, number>[];
  /** By lecturer index: pinned slots, which count in the load. */
  pinnedLoad: readonly number[];
}

export function buildPairs(model: Model): Pairs {
  const pins = slotsByLecturer(
    model,
    model.slots.map((slot) => model.pinned.get(slot.index) ?? -1),
  );
  const byGroup = new Map<string, LecturerInfo[]>();
  for (const lecturer of model.lecturers)
    for (const group of lecturer.groups) byGroup.set(group, [...(byGroup.get(group) ?? []), lecturer]);
  const candidates = model.slots.map((slot) => (model.pinned.has(slot.index) ? [] : candidatesOf(slot)));

  function candidatesOf(slot: SlotInfo): Candidate[] {
    return (byGroup.get(slot.group) ?? [])
      .filter((one) => mayTake(one, slot) && planReasons(one, slot, pins[one.index] ?? []).length === 0)
      .map((one) => ({ lecturer: one.index, fit: fitOf(one, slot).value }));
  }

  return {
    model,
    candidates,
    slotsOf: slotsInTime(model, candidates),
    room: model.lecturers.map((one) => roomOf(one, pins[one.index] ?? [], model.slots)),
    pinnedLoad: pins.map((slots) => slots.length),
  };
}

function slotsInTime(model: Model, candidates: readonly (readonly Candidate[])[]): number[][] {
  const lists: number[][] = model.lecturers.map(() => []);
  const inTime = [...model.slots].sort((a, b) => a.start - b.start || a.index - b.index);
  for (const slot of inTime)
    for (const one of candidates[slot.index] ?? []) lists[one.lecturer]?.push(slot.index);
  return lists;
}

function roomOf(
  lecturer: LecturerInfo,
  pins: readonly SlotInfo[],
  slots: readonly SlotInfo[],
): Map<string, number> {
  const room = new Map<string, number>();
  if (lecturer.cap === Number.POSITIVE_INFINITY) return room;
  for (const slot of slots) room.set(slot.month, lecturer.cap);
  for (const start of [...lecturer.history, ...pins]) {
    const left = room.get(start.month);
    if (left !== undefined) room.set(start.month, left - 1);
  }
  return room;
}

/** Whether one lecturer may not hold both slots: same day, gap, or an overlap in time. */
export function conflict(lecturer: LecturerInfo, a: SlotInfo, b: SlotInfo): boolean {
  const days = Math.abs(a.day - b.day);
  return days === 0 || days < lecturer.gap || (a.start < b.end && b.start < a.end);
}

/** (n + credit)² / weight rises by this much with the n-th slot (n counted before). */
export function marginalCost(lecturer: LecturerInfo, load: number): number {
  return (2 * (load + lecturer.credit) + 1) / lecturer.weight;
}
