import { dayNumber, localDay, toInstant } from "../time.ts";
import type { PlanProblem } from "./problem.ts";
import { covers, mergeWindows, wallSpans } from "./windows.ts";
import type { WallSpan, WeekCover } from "./windows.ts";

/** A start that counts for day, gap and month cap. */
export interface Start {
  /** Days since 1970 of the local date. */
  day: number;
  /** Local month `2026-12`. */
  month: string;
}

export interface SlotInfo extends Start {
  index: number;
  id: string;
  group: string;
  start: number;
  end: number;
  wall: readonly WallSpan[];
  topics: readonly { id: string; tags: readonly (readonly [string, number])[] }[];
  requires: readonly (readonly [string, number])[];
}

export interface LecturerInfo {
  index: number;
  id: string;
  groups: ReadonlySet<string>;
  weight: number;
  credit: number;
  expertise: ReadonlyMap<string, number>;
  cover: WeekCover;
  /** Sorted, merged, half-open. */
  busy: readonly (readonly [number, number])[];
  /** Infinity = no cap. */
  cap: number;
  gap: number;
  history: readonly Start[];
}

/** The problem with every date worked out once; indices follow the input's order. */
export interface Model {
  slots: readonly SlotInfo[];
  lecturers: readonly LecturerInfo[];
  /** Slot index → lecturer index. */
  pinned: ReadonlyMap<number, number>;
  /** Slot index → lecturer index; −1 = someone unknown now, so that any lecturer is a change. */
  previous: ReadonlyMap<number, number>;
}

export function buildModel(problem: PlanProblem): Model {
  const slotAt = new Map(problem.slots.map((slot, index) => [slot.id, index]));
  const lecturerAt = new Map(problem.lecturers.map((lecturer, index) => [lecturer.id, index]));
  const pairs = (list: readonly { slot: string; lecturer: string }[]) =>
    new Map(
      list.flatMap(({ slot, lecturer }) => {
        const index = slotAt.get(slot);
        return index === undefined ? [] : [[index, lecturerAt.get(lecturer) ?? -1] as const];
      }),
    );
  return {
    slots: slotInfos(problem),
    lecturers: lecturerInfos(problem),
    pinned: pairs(problem.pinned),
    previous: pairs(problem.previous),
  };
}

function slotInfos(problem: PlanProblem): SlotInfo[] {
  const topics = new Map(problem.topics.map((topic) => [topic.id, Object.entries(topic.tags)]));
  return problem.slots.map((slot, index) => {
    const start = toInstant(slot.start);
    const end = start + slot.minutes * 60_000;
    return {
      index,
      id: slot.id,
      group: slot.group,
      start,
      end,
      ...startOf(start, problem.timezone),
      wall: wallSpans(start, end, problem.timezone),
      topics: slot.topics.map((id) => ({ id, tags: topics.get(id) ?? [] })),
      requires: Object.entries(slot.requires),
    };
  });
}

function lecturerInfos(problem: PlanProblem): LecturerInfo[] {
  const history = new Map<string, Start[]>(problem.lecturers.map((lecturer) => [lecturer.id, []]));
  for (const entry of problem.history)
    history.get(entry.lecturer)?.push(startOf(toInstant(entry.start), problem.timezone));
  return problem.lecturers.map((lecturer, index) => ({
    index,
    id: lecturer.id,
    groups: new Set(lecturer.groups),
    weight: lecturer.weight,
    credit: lecturer.credit,
    expertise: new Map(Object.entries(lecturer.expertise)),
    cover: mergeWindows(lecturer.windows),
    busy: mergeBusy(lecturer.busy.map(({ from, to }) => [toInstant(from), toInstant(to)])),
    cap: lecturer.maxPerMonth ?? Number.POSITIVE_INFINITY,
    gap: lecturer.minGapDays ?? 0,
    history: history.get(lecturer.id) ?? [],
  }));
}

function startOf(instant: number, zone: string): Start {
  const day = localDay(instant, zone);
  return { day: dayNumber(day), month: day.slice(0, 7) };
}

function mergeBusy(spans: [number, number][]): [number, number][] {
  const sorted = spans.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Why a lecturer cannot take a slot, whatever else is planned: rules (a) to (d) in their order. */
export type FixedReason = "group" | "window" | "busy" | "requires";

export function fixedReasons(lecturer: LecturerInfo, slot: SlotInfo): FixedReason[] {
  const reasons: FixedReason[] = [];
  if (!lecturer.groups.has(slot.group)) reasons.push("group");
  if (!covers(lecturer.cover, slot.wall)) reasons.push("window");
  if (isBusy(lecturer, slot)) reasons.push("busy");
  if (!slot.requires.every(([tag, least]) => (lecturer.expertise.get(tag) ?? 0) >= least))
    reasons.push("requires");
  return reasons;
}

/** Rules (a) to (d) without the list of reasons: the planner asks this for every pair. */
export function mayTake(lecturer: LecturerInfo, slot: SlotInfo): boolean {
  return (
    lecturer.groups.has(slot.group) &&
    covers(lecturer.cover, slot.wall) &&
    !isBusy(lecturer, slot) &&
    slot.requires.every(([tag, least]) => (lecturer.expertise.get(tag) ?? 0) >= least)
  );
}

function isBusy(lecturer: LecturerInfo, slot: SlotInfo): boolean {
  // The first busy stretch that ends after the slot's start is the only one that can meet it first.
  let [low, high] = [0, lecturer.busy.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lecturer.busy[middle]?.[1] ?? 0) <= slot.start) low = middle + 1;
    else high = middle;
  }
  const next = lecturer.busy[low];
  return next !== undefined && next[0] < slot.end;
}

/** Why a lecturer cannot take a slot beside other starts: rules (e) and (f); "overlap" = in time, on different days. */
export type PlanReason = "day" | "gap" | "month" | "overlap";

/** All reasons against `slot`, given the lecturer's history and the other slots held, in the order of design.md §8. */
export function planReasons(lecturer: LecturerInfo, slot: SlotInfo, held: readonly SlotInfo[]): PlanReason[] {
  const starts: readonly Start[] = [...lecturer.history, ...held];
  const distances = starts.map((other) => Math.abs(other.day - slot.day));
  const reasons: PlanReason[] = [];
  if (distances.some((days) => days === 0)) reasons.push("day");
  if (distances.some((days) => days < lecturer.gap)) reasons.push("gap");
  if (starts.filter((other) => other.month === slot.month).length + 1 > lecturer.cap) reasons.push("month");
  if (held.some((other) => other.start < slot.end && slot.start < other.end)) reasons.push("overlap");
  return reasons;
}

export interface Fit {
  value: number;
  /** The first topic that gives the value; null without topics. */
  topic: string | null;
}

/** fit(l, s) = max over the slot's topics of Σ topic.tags[tag] × expertise[tag]; 0 without topics. */
export function fitOf(lecturer: LecturerInfo, slot: SlotInfo): Fit {
  let best: Fit | null = null;
  for (const topic of slot.topics) {
    let value = 0;
    for (const [tag, weight] of topic.tags) value += weight * (lecturer.expertise.get(tag) ?? 0);
    if (best === null || value > best.value) best = { value, topic: topic.id };
  }
  return best ?? { value: 0, topic: null };
}
