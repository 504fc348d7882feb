import { expect, test } from "vitest";
import { creditOf, unowedAhead } from "#domain/schedule/credit.ts";
import type { CreditInput, CreditLecturer, Turn } from "#domain/schedule/credit.ts";
import { plan } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput } from "#domain/schedule/problem.ts";
import { addDays, weekdayOf } from "#domain/time.ts";

interface Someone {
  id: string;
  weight?: number;
  joined?: string;
  away?: { from: string; to: string };
  windows?: NonNullable<PlanInput["lecturers"][number]["windows"]>;
}

const lecturerOf = ({ id, weight = 1, joined, away }: Someone): CreditLecturer => ({
  id,
  standings: [{ from: "2026-01-01", groups: ["g"], weight }],
  joined: joined ?? null,
  left: null,
  away: away ? [away] : [],
  opening: null,
});

/** A season planned as it goes: every time so many meetings ahead, from the accounts as they stand then. */
function season(people: readonly Someone[], days: readonly string[], ahead: number): string[] {
  const turns: Turn[] = [];
  const lecturers = people.map(lecturerOf);
  const at = (day: string) => `${day}T15:00:00+08:00`;
  for (let done = 0; done < days.length; done += ahead) {
    const now = days.slice(done, done + ahead);
    const input: CreditInput = { lecturers, turns, corrections: [], since: "2026-01-01", openingDay: null };
    const credit = creditOf(input);
    const unowed = unowedAhead(
      lecturers,
      now.map((day) => ({ group: "g", day })),
    );
    const parsed = parsePlanProblem({
      timezone: "Asia/Shanghai",
      slots: now.map((day) => ({ id: day, group: "g", start: at(day), minutes: 45 })),
      lecturers: people.map(({ id, weight = 1, windows = [], joined, away }) => ({
        id,
        groups: ["g"],
        weight,
        windows,
        credit: (credit.get(id) ?? 0) + (unowed.get(id) ?? 0),
        busy: [
          ...(joined ? [{ from: at("2020-01-01"), to: at(joined).replace("15:00", "00:00") }] : []),
          ...(away ? [{ from: at(away.from), to: at(addDays(away.to, 1)) }] : []),
        ],
      })),
    } satisfies PlanInput);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    for (const { slot, lecturer } of plan(parsed.value).assignments)
      turns.push({ lecturer, group: "g", day: slot, outcome: "had", extra: false });
  }
  return turns.sort((a, b) => (a.day < b.day ? -1 : 1)).map(({ lecturer }) => lecturer);
}

const count = (given: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const id of given) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
};
const every = (days: number, step: number, from = "2026-01-05") =>
  Array.from({ length: days }, (_, n) => addDays(from, n * step));

test("weights 5 : 1 : 1 over 700 turns give 500, 100 and 100, one meeting or four weeks at a time", () => {
  const people: Someone[] = [{ id: "a", weight: 5 }, { id: "b" }, { id: "c" }];
  for (const ahead of [1, 28]) {
    const given = season(people, every(700, 1), ahead);
    expect(count(given)).toEqual({ a: 500, b: 100, c: 100 });
    // Not only in the end: at no time is anybody a whole turn and a half away from their share.
    for (let n = 7; n <= 700; n += 7)
      expect(Math.abs(count(given.slice(0, n))["a"]! - (n * 5) / 7)).toBeLessThan(ahead === 1 ? 1 : 1.5);
  }
});

test("a newcomer in mid-season speaks as often as the others from then on, not more", () => {
  const people: Someone[] = [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d", joined: "2026-07-06" }];
  const days = every(52, 7);
  const joinedAt = days.findIndex((day) => day >= "2026-07-06");
  for (const ahead of [1, 4]) {
    const after = count(season(people, days, ahead).slice(joinedAt));
    expect(Math.max(...Object.values(after)) - Math.min(...Object.values(after))).toBeLessThanOrEqual(1);
    expect(Math.abs(after["d"]! - 26 / 4)).toBeLessThan(1);
  }
});

test("a month's leave: nobody makes up for it before or after", () => {
  const people: Someone[] = [
    { id: "a" },
    { id: "b" },
    { id: "c" },
    { id: "d", away: { from: "2026-03-02", to: "2026-03-31" } },
  ];
  const days = every(52, 7);
  for (const ahead of [1, 4]) {
    const given = season(people, days, ahead);
    const weeksAway = days.filter((day) => day >= "2026-03-02" && day <= "2026-03-31").length;
    const share = (days.length - weeksAway) / 4;
    expect(Math.abs(count(given)["d"]! - share)).toBeLessThan(1);
    const after = count(given.slice(days.findIndex((day) => day > "2026-03-31")));
    expect(Math.max(...Object.values(after)) - Math.min(...Object.values(after))).toBeLessThanOrEqual(1);
  }
});

test("away for the first five of eight weeks planned at once: one of the last three, not two to level out", () => {
  const people: Someone[] = [
    { id: "a" },
    { id: "b" },
    { id: "c" },
    { id: "d", away: { from: "2026-01-05", to: "2026-02-08" } },
  ];
  expect(count(season(people, every(8, 7), 8))["d"]).toBe(1);
});

/** The naive picker: the next in the list; who cannot come that day is passed over. */
function roundRobin(people: readonly Someone[], days: readonly string[]): string[] {
  return days.map((day, n) => {
    const order = people.map((_, at) => people[(n + at) % people.length]!);
    const free = order.find(({ windows }) => !windows || windows.some((w) => w.weekday === weekdayOf(day)));
    return free!.id;
  });
}

test("four of fourteen cannot come on Thursdays: a list that passes them over starves them, the accounts do not", () => {
  const notThursday = [1, 2, 3, 5].map((weekday) => ({ weekday, from: "09:00", to: "18:00" }));
  const people: Someone[] = Array.from({ length: 14 }, (_, n) => ({
    id: `l${String(n).padStart(2, "0")}`,
    // Every other place in the list: with an even number of people these always come up on a Thursday.
    ...(n % 2 === 1 && n < 8 ? { windows: notThursday } : {}),
  }));
  const starved = people.filter(({ windows }) => windows).map(({ id }) => id);
  expect(starved).toHaveLength(4);
  // Tuesdays and Thursdays for two years.
  const days = every(208, 1).map((_, n) => addDays("2026-01-06", Math.floor(n / 2) * 7 + (n % 2) * 2));
  const naive = count(roundRobin(people, days));
  for (const id of starved) expect(naive[id] ?? 0).toBe(0);
  const just = count(season(people, days, 8));
  expect(Object.keys(just)).toHaveLength(14);
  expect(Math.max(...Object.values(just)) - Math.min(...Object.values(just))).toBeLessThanOrEqual(1);
});
