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

/** Problems of every kind that people meet: pins, earlier plans, history, caps, gaps, long sessions, odd weights and credits. */
export function anyProblem(seed: number, mostLecturers: number, mostSlots: number): PlanInput {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const chance = (share: number) => next() < share;
  const count = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const decimal = () => Math.round(next() * 100) / 100;
  const day = 86_400_000;
  const from = Date.UTC(2026, 9, 26);
  const days = pick([5, 12, 30, 60]);
  const at = () =>
    new Date(from + count(0, days) * day + pick([1, 2, 7, 7.5, 15.5]) * 3_600_000).toISOString();
  const [lecturers, slots] = [count(1, mostLecturers), count(1, mostSlots)];
  const groups = pick([["g0"], ["g0", "g1"]]);
  const [weights, credits] = [
    pick([[1], [0.5, 1, 2], [0.7, 1, 1.3]]),
    pick([[0], [0, 1, 2, 5], [-1.5, 0.25, 0.37]]),
  ];
  const gaps = pick([[undefined], [0, 1, 2], [7, 14], [14, 21, 28]]);
  const caps = pick([[undefined], [undefined, 1, 2], [1, 2]]);
  const pairs = (most: number) =>
    [...Array(slots).keys()]
      .filter(() => chance(most / Math.max(1, slots)))
      .map((slot) => ({ slot: `s${slot}`, lecturer: `l${count(0, lecturers - 1)}` }));
  return {
    timezone: pick(["Asia/Shanghai", "America/New_York"]),
    topics: ["t0", "t1", "t2"].map((id) => ({ id, tags: { a: decimal(), [pick(["b", "c"])]: decimal() } })),
    slots: Array.from({ length: slots }, (_, index) => ({
      id: `s${index}`,
      group: pick(groups),
      start: at(),
      minutes: chance(0.05) ? 2000 : pick([30, 45, 90]),
      topics: ["t0", "t1", "t2"].filter(() => chance(0.5)),
      requires: (chance(0.1) ? { a: 0.5 } : {}) as Record<string, number>,
    })),
    lecturers: Array.from({ length: lecturers }, (_, index) => {
      const cap = pick(caps);
      const gap = pick(gaps);
      return {
        id: `l${index}`,
        groups: groups.filter(() => chance(0.8)),
        weight: pick(weights),
        credit: pick(credits),
        expertise: { a: decimal(), b: decimal(), c: chance(0.1) ? -1 : next() },
        windows: chance(0.7)
          ? []
          : [1, 2, 3, 4, 5, 6, 7]
              .filter(() => chance(0.6))
              .map((weekday) => ({ weekday, from: "00:00", to: pick(["16:00", "24:00"]) })),
        busy: chance(0.2)
          ? [{ from: new Date(from).toISOString(), to: new Date(from + count(0, 9) * day).toISOString() }]
          : [],
        ...(cap === undefined ? {} : { maxPerMonth: cap }),
        ...(gap === undefined ? {} : { minGapDays: gap }),
      };
    }),
    history: Array.from({ length: chance(0.5) ? count(0, lecturers) : 0 }, () => ({
      lecturer: `l${count(0, lecturers)}`,
      start: new Date(from - count(-3, 20) * day).toISOString(),
    })),
    pinned: chance(0.3) ? pairs(2) : [],
    previous: chance(0.4)
      ? pairs(pick([3, slots])).map((one) => (chance(0.1) ? { ...one, lecturer: "gone" } : one))
      : [],
  };
}
