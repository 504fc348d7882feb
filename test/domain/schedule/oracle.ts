import { DateTime } from "luxon";
import type { PlanProblem } from "#domain/schedule/problem.ts";

/**
 * A second reading of design.md §8, written without a look at the planner's model: slow, minute by minute.
 * Tests hold the planner against it.
 */
export type Chosen = Record<string, string>;

export function broken(
  problem: PlanProblem,
  chosen: Chosen,
): { slot: string; lecturer: string; rule: string }[] {
  return problem.slots.flatMap((slot) => {
    const id = chosen[slot.id];
    const lecturer = problem.lecturers.find((one) => one.id === id);
    if (!lecturer) return [];
    const rules = [
      ...(lecturer.groups.includes(slot.group) ? [] : ["a"]),
      ...(inWindows(problem, lecturer, slot) ? [] : ["b"]),
      ...(isBusy(lecturer, slot) ? ["c"] : []),
      ...(Object.entries(slot.requires).some(([tag, least]) => (lecturer.expertise[tag] ?? 0) < least)
        ? ["d"]
        : []),
      ...besideOthers(problem, chosen, lecturer, slot),
    ];
    return rules.map((rule) => ({ slot: slot.id, lecturer: lecturer.id, rule }));
  });
}

type Slot = PlanProblem["slots"][number];
type Lecturer = PlanProblem["lecturers"][number];

function inWindows(problem: PlanProblem, lecturer: Lecturer, slot: Slot): boolean {
  if (lecturer.windows.length === 0) return true;
  const start = DateTime.fromISO(slot.start, { zone: problem.timezone });
  for (let minute = 0; minute < slot.minutes; minute += 1) {
    const at = start.plus({ minutes: minute });
    const clock = at.toFormat("HH:mm");
    const open = lecturer.windows.some(
      (one) => one.weekday === at.weekday && one.from <= clock && clock < one.to,
    );
    if (!open) return false;
  }
  return true;
}

function isBusy(lecturer: Lecturer, slot: Slot): boolean {
  const [from, to] = span(slot);
  return lecturer.busy.some(
    (one) => from < Date.parse(one.to) && Date.parse(one.from) < to && one.from !== one.to,
  );
}

function span(slot: Slot): [number, number] {
  return [Date.parse(slot.start), Date.parse(slot.start) + slot.minutes * 60_000];
}

function besideOthers(problem: PlanProblem, chosen: Chosen, lecturer: Lecturer, slot: Slot): string[] {
  const day = (start: string) => DateTime.fromISO(start, { zone: problem.timezone }).startOf("day");
  const others = problem.slots.filter((one) => one.id !== slot.id && chosen[one.id] === lecturer.id);
  const starts = [
    ...others.map((one) => one.start),
    ...problem.history.filter((one) => one.lecturer === lecturer.id).map((one) => one.start),
  ].map(day);
  const mine = day(slot.start);
  const gap = Math.max(1, lecturer.minGapDays ?? 0);
  const apart = starts.every((one) => Math.abs(Math.round(one.diff(mine, "days").days)) >= gap);
  const [from, to] = span(slot);
  const free = others.every((one) => span(one)[1] <= from || to <= span(one)[0]);
  const month = starts.filter((one) => one.hasSame(mine, "month")).length + 1;
  return [...(apart && free ? [] : ["e"]), ...(month > (lecturer.maxPerMonth ?? Infinity) ? ["f"] : [])];
}

export function aims(problem: PlanProblem, chosen: Chosen): [number, number, number, number] {
  const before = new Map(problem.previous.map((one) => [one.slot, one.lecturer]));
  const filled = problem.slots.filter((slot) => chosen[slot.id] !== undefined);
  const changed = filled.filter((slot) => before.has(slot.id) && before.get(slot.id) !== chosen[slot.id]);
  const unfairness = problem.lecturers.map((one) => {
    const n = filled.filter((slot) => chosen[slot.id] === one.id).length;
    return (n + one.credit) ** 2 / one.weight;
  });
  const fit = filled.map((slot) => {
    const lecturer = problem.lecturers.find((one) => one.id === chosen[slot.id]);
    const values = slot.topics.map((id) =>
      total(
        Object.entries(problem.topics.find((one) => one.id === id)?.tags ?? {}).map(
          ([tag, weight]) => weight * (lecturer?.expertise[tag] ?? 0),
        ),
      ),
    );
    return values.length === 0 ? 0 : Math.max(...values);
  });
  return [filled.length, changed.length, total(unfairness), total(fit)];
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** The best aims over all plans, by trying every one. Only for a handful of slots and lecturers. */
export function bestAims(problem: PlanProblem): [number, number, number, number] {
  const pins = Object.fromEntries(problem.pinned.map((one) => [one.slot, one.lecturer]));
  let best: [number, number, number, number] = [-1, 0, 0, 0];
  const open = problem.slots.filter((slot) => pins[slot.id] === undefined);
  const visit = (at: number, chosen: Chosen): void => {
    const slot = open[at];
    if (!slot) {
      const value = aims(problem, chosen);
      if (isBetter(value, best)) best = value;
      return;
    }
    visit(at + 1, chosen);
    for (const { id } of problem.lecturers) {
      const next = { ...chosen, [slot.id]: id };
      if (broken(problem, next).every((one) => pins[one.slot] !== undefined)) visit(at + 1, next);
    }
  };
  visit(0, pins);
  return best;
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const signs = [-1, 1, 1, -1];
  for (const [at, sign] of signs.entries()) {
    const difference = sign * ((a[at] ?? 0) - (b[at] ?? 0));
    if (Math.abs(difference) > 1e-9 * Math.max(1, Math.abs(b[at] ?? 0))) return difference < 0;
  }
  return false;
}
