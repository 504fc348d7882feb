import { compareValue, sum } from "../numbers.ts";
import { fitOf, fixedReasons, planReasons } from "./model.ts";
import type { FixedReason, LecturerInfo, Model, PlanReason, SlotInfo } from "./model.ts";

export type RuleLetter = "a" | "b" | "c" | "d" | "e" | "f";

/** The hard rule of design.md §8 a reason belongs to. */
export const ruleOf: Record<FixedReason | PlanReason, RuleLetter> = {
  group: "a",
  window: "b",
  busy: "c",
  requires: "d",
  day: "e",
  gap: "e",
  overlap: "e",
  month: "f",
};

export interface Violation {
  slot: string;
  lecturer: string;
  rule: RuleLetter;
  reason: FixedReason | PlanReason;
}

export interface Objective {
  filled: number;
  changed: number;
  unfairness: number;
  fit: number;
}

/** Slot index → lecturer index, −1 = open. */
export type Assignment = readonly number[];

/** Every hard rule a plan breaks, in the order of the slots; one entry a slot and rule. */
export function findViolations(model: Model, assignment: Assignment): Violation[] {
  const held = slotsByLecturer(model, assignment);
  return model.slots.flatMap((slot) => {
    const lecturer = model.lecturers[assignment[slot.index] ?? -1];
    if (!lecturer) return [];
    const others = (held[lecturer.index] ?? []).filter((other) => other !== slot);
    return byRule(slot, lecturer, [...fixedReasons(lecturer, slot), ...planReasons(lecturer, slot, others)]);
  });
}

function byRule(
  slot: SlotInfo,
  lecturer: LecturerInfo,
  reasons: readonly (FixedReason | PlanReason)[],
): Violation[] {
  const first = new Map<RuleLetter, Violation>();
  for (const reason of reasons) {
    const rule = ruleOf[reason];
    if (!first.has(rule)) first.set(rule, { slot: slot.id, lecturer: lecturer.id, rule, reason });
  }
  return [...first.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

export function slotsByLecturer(model: Model, assignment: Assignment): SlotInfo[][] {
  const held: SlotInfo[][] = model.lecturers.map(() => []);
  for (const slot of model.slots) held[assignment[slot.index] ?? -1]?.push(slot);
  return held;
}

/** The four aims of a plan, worked out from nothing but its assignments. */
export function objectiveOf(model: Model, assignment: Assignment): Objective {
  const loads = loadsOf(model, assignment);
  let [filled, changed, fit] = [0, 0, 0];
  for (const slot of model.slots) {
    const lecturer = model.lecturers[assignment[slot.index] ?? -1];
    if (!lecturer) continue;
    filled += 1;
    fit += fitOf(lecturer, slot).value;
    if (isChanged(model, slot.index, lecturer.index)) changed += 1;
  }
  const unfairness = sum(
    model.lecturers.map((one) => ((loads[one.index] ?? 0) + one.credit) ** 2 / one.weight),
  );
  return { filled, changed, unfairness, fit };
}

export function isChanged(model: Model, slot: number, lecturer: number): boolean {
  const before = model.previous.get(slot);
  return before !== undefined && before !== lecturer;
}

export function loadsOf(model: Model, assignment: Assignment): number[] {
  const loads = model.lecturers.map(() => 0);
  for (const lecturer of assignment) if (lecturer >= 0) loads[lecturer] = (loads[lecturer] ?? 0) + 1;
  return loads;
}

/** Negative when `a` is the better plan: more filled, then fewer changed, then less unfair, then better fit. */
export function compareObjectives(a: Objective, b: Objective): number {
  return (
    b.filled - a.filled ||
    a.changed - b.changed ||
    compareValue(a.unfairness, b.unfairness) ||
    compareValue(b.fit, a.fit)
  );
}

export interface Fairness {
  loads: Record<string, number>;
  /** (Σx)² / (L · Σx²) with x = (n + credit) / weight; 1 if all are 0. */
  balance: number;
  /** max − min of x. */
  spread: number;
}

export function fairnessOf(model: Model, assignment: Assignment): Fairness {
  const loads = loadsOf(model, assignment);
  const x = model.lecturers.map((one) => ((loads[one.index] ?? 0) + one.credit) / one.weight);
  const squares = sum(x.map((value) => value * value));
  return {
    loads: Object.fromEntries(model.lecturers.map((one) => [one.id, loads[one.index] ?? 0])),
    balance: squares === 0 ? 1 : sum(x) ** 2 / (x.length * squares),
    spread: x.length === 0 ? 0 : x.reduce((a, b) => Math.max(a, b)) - x.reduce((a, b) => Math.min(a, b)),
  };
}
