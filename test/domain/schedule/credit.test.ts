import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditOf, unowedAhead, visitEntries } from "#domain/schedule/credit.ts";
import type { CreditInput, CreditLecturer, Turn } from "#domain/schedule/credit.ts";
import { addDays } from "#domain/time.ts";
import { creditCases } from "./credit-cases.ts";

const cases = creditCases();
const rounded = (value: number) => Math.round(value * 100) / 100 + 0;

describe("the worked cases of docs/credit.md", () => {
  test("there are ten, numbered, and each has a number for everyone in it", () => {
    const numbered = cases.filter(({ title }) => /^\d+\. /u.test(title));
    expect(numbered.map(({ title }) => Number.parseInt(title))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { input, expected } of cases)
      expect(Object.keys(expected)).toEqual(input.lecturers.map(({ id }) => id));
  });

  test.each(cases)("$title", ({ input, expected }) => {
    const found: Record<string, number[]> = Object.fromEntries(
      input.lecturers.map(({ id }) => [id, [0, 0, 0]]),
    );
    visitEntries(input, ({ lecturer, kind, turns }) => {
      const column = kind === "share" ? 1 : kind === "correction" ? 2 : 0;
      found[lecturer]![column]! += column === 1 ? -turns : turns;
    });
    const credit = creditOf(input);
    const rows = Object.entries(found).map(([id, cells]) => [
      id,
      [...cells, credit.get(id) ?? NaN].map(rounded),
    ]);
    expect(Object.fromEntries(rows)).toEqual(expected);
  });
});

test("a correction keeps its reason and the name of who made it", () => {
  const lines: unknown[] = [];
  const nine = cases.find(({ title }) => title.startsWith("9."))!;
  visitEntries(nine.input, (entry) => entry.kind === "correction" && lines.push(entry));
  expect(lines).toEqual([
    expect.objectContaining({
      lecturer: "王芳",
      turns: 1,
      by: "小陈",
      reason: "在客户现场讲过一场，没有记录",
    }),
  ]);
});

const day = fc.integer({ min: 0, max: 200 }).map((n) => addDays("2026-01-01", n));
const span = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const someone = (id: string): fc.Arbitrary<CreditLecturer> =>
  fc.record({
    id: fc.constant(id),
    standings: fc
      .tuple(
        fc.constantFrom(0.5, 1, 2, 5),
        fc.constantFrom(0.5, 1, 2, 5),
        fc.subarray(["g0", "g1"], { minLength: 1 }),
        day,
      )
      .map(
        ([first, then, groups, from]) =>
          [
            { from: "2026-01-01", groups, weight: first },
            { from, groups, weight: then },
          ] as CreditLecturer["standings"],
      ),
    joined: fc.option(day),
    left: fc.option(day),
    away: fc.array(span, { maxLength: 2 }),
    opening: fc.option(fc.integer({ min: 0, max: 9 })),
  });
const turn: fc.Arbitrary<Turn> = fc.record({
  lecturer: fc.constantFrom("a", "b", "c", "d"),
  group: fc.constantFrom("g0", "g1"),
  day,
  outcome: fc.constantFrom("had", "declined", "lost"),
  extra: fc.boolean(),
});
const inputs: fc.Arbitrary<CreditInput> = fc.record({
  lecturers: fc.tuple(someone("a"), someone("b"), someone("c"), someone("d")),
  turns: fc.array(turn, { maxLength: 40 }),
  corrections: fc.array(
    fc.record({
      lecturer: fc.constantFrom("a", "b"),
      day,
      turns: fc.constantFrom(-1, 1, 2),
      reason: fc.constant("r"),
      by: fc.constant("x"),
    }),
    { maxLength: 3 },
  ),
  since: fc.constantFrom("2026-01-01", "2026-03-01"),
  openingDay: fc.constantFrom("2026-01-01", null),
});
const values = (input: CreditInput) =>
  [...creditOf(input)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => Math.round(value * 1e6) / 1e6 + 0);

describe("whatever happened", () => {
  test("what some have too much, others have too little: the accounts sum to the corrections", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const corrected = input.corrections
          .filter((one) => one.day >= input.since)
          .reduce((total, one) => total + one.turns, 0);
        const all = [...creditOf(input).values()].reduce((total, one) => total + one, 0);
        expect(all).toBeCloseTo(corrected, 6);
      }),
    );
  });

  test("refusals and extras, however many, change nobody's account", () => {
    fc.assert(
      fc.property(inputs, fc.array(turn, { maxLength: 20 }), (input, more) => {
        const idle = more.map((one, at): Turn =>
          at % 2 ? { ...one, extra: true } : { ...one, outcome: "declined" },
        );
        expect(values({ ...input, turns: [...input.turns, ...idle] })).toEqual(values(input));
      }),
    );
  });

  test("the order in which records are read does not matter", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const turned = {
          ...input,
          turns: input.turns.toReversed(),
          lecturers: input.lecturers.toReversed(),
          corrections: input.corrections.toReversed(),
        };
        expect(values(turned)).toEqual(values(input));
      }),
    );
  });

  test("turns on days somebody was not there leave that account alone", () => {
    fc.assert(
      fc.property(inputs, span, (input, away) => {
        const [a, ...others] = input.lecturers as [CreditLecturer, ...CreditLecturer[]];
        const gone = { ...input, lecturers: [{ ...a, groups: [], away: [...a.away, away] }, ...others] };
        const outside = gone.turns.filter((one) => one.day < away.from || away.to < one.day);
        const inside = gone.turns.filter((one) => !outside.includes(one) && one.lecturer !== "a");
        // One group only, for the weight of someone in two is split by how often each met.
        const oneGroup = (list: Turn[]) => list.map((one) => ({ ...one, group: "g0" }));
        const only = {
          ...gone,
          lecturers: gone.lecturers.map((one) => ({
            ...one,
            standings: one.standings.map((s) => ({ ...s, groups: ["g0"] })) as never,
          })),
        };
        const before = creditOf({ ...only, turns: oneGroup(outside) }).get("a")!;
        const after = creditOf({ ...only, turns: oneGroup([...outside, ...inside]) }).get("a")!;
        expect(after).toBeCloseTo(before, 6);
      }),
    );
  });
});

test("being away for half of the slots to come leaves the other half to owe", () => {
  const one = (id: string, away: CreditLecturer["away"] = []): CreditLecturer => ({
    id,
    standings: [{ from: "2026-01-01", groups: ["g"], weight: 1 }],
    joined: null,
    left: null,
    away,
    opening: null,
  });
  const slots = [1, 8, 15, 22].map((n) => ({ group: "g", day: `2026-01-${String(n).padStart(2, "0")}` }));
  const unowed = unowedAhead([one("a"), one("b", [{ from: "2026-01-01", to: "2026-01-10" }])], slots);
  // a: 1 + 1 + ½ + ½ = 3 of 4, b: ½ + ½ = 1; in the plan both are level when a has two more.
  expect([unowed.get("a"), unowed.get("b")]).toEqual([0, 2]);
  expect([...unowedAhead([one("a"), one("b")], slots).values()]).toEqual([0, 0]);
});
