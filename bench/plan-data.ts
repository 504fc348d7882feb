import type { PlanInput } from "#domain/schedule/problem.ts";

const day = 86_400_000;
const firstMonday = Date.UTC(2026, 0, 5);
const tags = ["sales", "service", "product", "people", "tools"];

/**
 * A year of a company: groups that meet once, twice or five times a week, windows for half of the lecturers, 5 % of days busy,
 * gaps of 14, 21 or 28 days (`tight`: all 28), two turns a month, 3 topics a slot, weights 0.5, 1 or 2, credits 0 to 5,
 * 40 % in two groups, history for 40 %. The same numbers give the same company.
 */
export function companyYear(lecturers: number, slots: number, seed: number, tight = false): PlanInput {
  const dice = new Dice(seed);
  const sessions = sessionsOf(slots, dice);
  const groups = [...new Set(sessions.map((one) => one.group))];
  return {
    timezone: "Asia/Shanghai",
    slots: sessions,
    lecturers: Array.from({ length: lecturers }, (_, at) => lecturerOf(at, groups, dice, tight)),
    topics: Array.from({ length: 40 }, (_, at) => ({
      id: `t${at}`,
      tags: { [dice.pick(tags)]: dice.twentieth(), [dice.pick(tags)]: dice.twentieth() },
    })),
    history: Array.from({ length: Math.floor(lecturers * 0.4) }, (_, at) => ({
      lecturer: `l${at}`,
      start: new Date(firstMonday - dice.below(60) * day).toISOString(),
    })),
  };
}

/** The same with gaps of 28 days and one turn a month for everyone: fewer turns to give than slots. */
export function scarceYear(lecturers: number, slots: number, seed: number): PlanInput {
  const year = companyYear(lecturers, slots, seed, true);
  return { ...year, lecturers: year.lecturers.map((one) => ({ ...one, maxPerMonth: 1 })) };
}

/** Groups are added until there are enough slots; each keeps its days of the week for 52 weeks. */
function sessionsOf(slots: number, dice: Dice): PlanInput["slots"] {
  const perWeek = slots <= 104 ? [2] : [1, 2, 5];
  const sessions: PlanInput["slots"] = [];
  for (let group = 0; sessions.length < slots; group += 1) {
    const days = dice.some([0, 1, 2, 3, 4], perWeek[group % perWeek.length] ?? 1);
    const hour = dice.pick(["10", "14", "15", "16"]);
    for (let week = 0; week < 52; week += 1)
      for (const weekday of days) {
        if (sessions.length === slots) return sessions;
        const date = new Date(firstMonday + (week * 7 + weekday) * day).toISOString().slice(0, 10);
        sessions.push({
          id: `s${sessions.length}`,
          group: `g${group}`,
          start: `${date}T${hour}:00:00+08:00`,
          minutes: 45,
          topics: dice.some([...Array(40).keys()], 3).map((topic) => `t${topic}`),
        });
      }
  }
  return sessions;
}

function lecturerOf(
  at: number,
  groups: readonly string[],
  dice: Dice,
  tight: boolean,
): PlanInput["lecturers"][number] {
  const home = at % groups.length;
  const second = dice.below(10) < 4 && groups.length > 1 ? [groups[(home + 1) % groups.length] ?? ""] : [];
  const days = [1, 2, 3, 4, 5].filter(() => dice.below(10) < 7);
  return {
    id: `l${at}`,
    groups: [groups[home] ?? "", ...second],
    weight: dice.pick([0.5, 1, 1, 2]),
    credit: dice.below(6),
    expertise: Object.fromEntries(tags.map((tag) => [tag, dice.twentieth()])),
    windows:
      dice.below(2) === 0 || days.length === 0
        ? []
        : days.map((weekday) => ({ weekday, from: dice.pick(["09:00", "13:30"]), to: "18:00" })),
    busy: Array.from({ length: 9 }, () => {
      const from = firstMonday + dice.below(364) * day - 8 * 3_600_000;
      return { from: new Date(from).toISOString(), to: new Date(from + 2 * day).toISOString() };
    }),
    maxPerMonth: 2,
    minGapDays: tight ? 28 : dice.pick([14, 21, 28]),
  };
}

/** mulberry32: small, and the same on every machine. */
class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  below(count: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * count);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0] as T);
  }

  /** 0, 0.05 … 1. */
  twentieth(): number {
    return this.below(21) / 20;
  }
}
