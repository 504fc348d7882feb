import type { PlanInput } from "#domain/schedule/problem.ts";

/** A small deterministic generator (mulberry32): the same seed gives the same problem on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const tags = ["sales", "tech", "service", "product", "people"];

/** A year of weekly sessions as in planning-notes: windows for half, some busy, gaps, caps, two groups for some. */
export function makeProblem(lecturers: number, slots: number, seed: number, gaps = [14, 21, 28]): PlanInput {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const groups = Math.max(2, Math.round(lecturers / 15));
  const perGroup = Math.ceil(slots / groups);
  const start = Date.UTC(2026, 0, 5);
  const day = 86_400_000;
  return {
    timezone: "Asia/Shanghai",
    topics: Array.from({ length: 40 }, (_, at) => ({
      id: `t${at}`,
      tags: { [pick(tags)]: round(next()), [pick(tags)]: round(next()) },
    })),
    slots: Array.from({ length: slots }, (_, at) => {
      const group = at % groups;
      const week = Math.floor((Math.floor(at / groups) * 52) / perGroup);
      const days = week * 7 + Math.floor(next() * 5);
      return {
        id: `s${at}`,
        group: `g${group}`,
        start: `${new Date(start + days * day).toISOString().slice(0, 10)}T${pick(["10:00", "15:00"])}:00+08:00`,
        minutes: 45,
        topics: [pick(range(40)), pick(range(40)), pick(range(40))].map((id) => `t${id}`),
      };
    }),
    lecturers: Array.from({ length: lecturers }, (_, at) => ({
      id: `l${at}`,
      groups: next() < 0.4 ? [`g${at % groups}`, `g${(at + 1) % groups}`] : [`g${at % groups}`],
      weight: pick([0.5, 1, 1, 2]),
      credit: Math.floor(next() * 6),
      expertise: Object.fromEntries(tags.map((tag) => [tag, round(next())])),
      windows: next() < 0.5 ? windowsOf(next) : [],
      busy: range(10).map(() => {
        const from = start + Math.floor(next() * 365) * day;
        return { from: new Date(from).toISOString(), to: new Date(from + 2 * day).toISOString() };
      }),
      maxPerMonth: 2,
      minGapDays: pick(gaps),
    })),
    history: range(Math.floor(lecturers * 0.4)).map((at) => ({
      lecturer: `l${at}`,
      start: new Date(start - Math.floor(next() * 60) * day).toISOString(),
    })),
  };
}

/**
 * The same with all slots pressed into few weeks: gaps leave fewer turns than slots, so that the relaxed values, which know no
 * gaps, cannot be reached. Reading "nothing there" as "nothing better" once gave wrong proofs on such cases.
 */
export function scarceProblem(
  lecturers: number,
  slots: number,
  seed: number,
  gap: number,
  weeks: number,
): PlanInput {
  const problem = makeProblem(lecturers, slots, seed, [gap]);
  const [start, day] = [Date.UTC(2026, 0, 5), 86_400_000];
  const pressed = (instant: number) => {
    const days = Math.floor((instant - start) / day);
    return start + Math.floor((days * weeks) / 52) * day + (instant - start - days * day);
  };
  return {
    ...problem,
    slots: problem.slots.map((slot) => ({
      ...slot,
      start: new Date(pressed(Date.parse(slot.start))).toISOString(),
    })),
  };
}

function windowsOf(next: () => number): { weekday: number; from: string; to: string }[] {
  return [1, 2, 3, 4, 5]
    .filter(() => next() < 0.6)
    .map((weekday) =>
      next() < 0.5 ? { weekday, from: "09:00", to: "12:00" } : { weekday, from: "14:00", to: "18:00" },
    );
}

function range(length: number): number[] {
  return Array.from({ length }, (_, at) => at);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
