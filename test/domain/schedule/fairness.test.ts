import fc from "fast-check";
import { expect, test } from "vitest";
import type { CreditInput, CreditLecturer, Turn } from "#domain/schedule/credit.ts";
import { fairnessOf } from "#domain/schedule/fairness.ts";
import { fairnessHeadline, personWords } from "#domain/schedule/fairness-words.ts";
import { addDays } from "#domain/time.ts";

const person = (id: string, more: Partial<CreditLecturer> = {}): CreditLecturer => ({
  id,
  standings: [{ from: "2026-01-01", groups: ["g"], weight: 1 }],
  joined: null,
  left: null,
  away: [],
  opening: null,
  ...more,
});
const turn = (lecturer: string, day: string, more: Partial<Turn> = {}): Turn => ({
  lecturer,
  group: "g",
  day,
  outcome: "had",
  extra: false,
  ...more,
});
const input = (lecturers: CreditLecturer[], turns: Turn[], more: Partial<CreditInput> = {}): CreditInput => ({
  lecturers,
  turns,
  corrections: [],
  since: "2026-01-01",
  openingDay: null,
  ...more,
});
const quarter = { from: "2026-01-01", to: "2026-12-31", by: "quarter" as const };
const names: Record<string, string> = { a: "张三", b: "王芳", c: "李静" };
const name = (id: string) => names[id] ?? id;

const example = input(
  [person("a"), person("b"), person("c", { away: [{ from: "2026-04-01", to: "2026-05-31" }] })],
  [
    turn("a", "2026-01-07"),
    turn("b", "2026-02-04", { outcome: "lost" }),
    turn("c", "2026-03-04", { outcome: "declined" }),
    turn("a", "2026-03-04"),
    turn("b", "2026-04-08"),
    turn("a", "2026-05-06"),
    turn("a", "2026-05-08", { extra: true }),
    turn("b", "2026-06-03"),
  ],
  { corrections: [{ lecturer: "c", day: "2026-06-10", turns: 0.5, reason: "客户现场", by: "小陈" }] },
);

test("numbers by person and period", () => {
  const found = fairnessOf(example, quarter);
  expect(found.periods).toEqual(["2026-Q1", "2026-Q2"]);
  expect(found.turns).toBe(6);
  const a = found.people.find(({ lecturer }) => lecturer === "a")!;
  expect(a.total).toMatchObject({ had: 3, lost: 0, extra: 1, declined: 0, excused: 0 });
  expect(a.total.due).toBeCloseTo(3 * (1 / 3) + 2 * (1 / 2) + 1 / 3, 9);
  expect(a.periods.map(({ period, tally }) => [period, tally.had])).toEqual([
    ["2026-Q1", 2],
    ["2026-Q2", 1],
  ]);
  const c = found.people.find(({ lecturer }) => lecturer === "c")!;
  expect(c.total).toMatchObject({ had: 0, declined: 1, excused: 2, corrected: 0.5 });
  expect(c.corrections).toEqual([{ day: "2026-06-10", turns: 0.5, reason: "客户现场", by: "小陈" }]);
});

test("in words, in both languages, without a word nobody would say", () => {
  const found = fairnessOf(example, quarter);
  const words = (language: "zh" | "en") => [
    fairnessHeadline(found, name, language),
    ...found.people.map((one) => personWords(one, language)),
  ];
  expect(words("zh")).toEqual([
    "3 位讲师，6 场。差得最多的是李静（少 0.8 次）。接下来先排李静。",
    "按份额约 2.3 次，讲了 3 次，和大家差不多，另外自愿加讲 1 次。",
    "按份额约 2.3 次，讲了 3 次，和大家差不多，其中 1 次被公司取消，也算讲了。",
    "按份额约 1.3 次，讲了 0 次，少 0.8 次，接下来先轮到，有 1 次没能来，不加不减，请假或暂停期间的 2 场不用分担，管理员更正 +0.5 次。",
  ]);
  expect(words("en")).toEqual([
    "3 lecturers, 6 sessions. Furthest from their share: 李静 (0.8 fewer). 李静 comes first from now on.",
    "A share of about 2.3, 3 turns had; level with the others; volunteered for 1 more.",
    "A share of about 2.3, 3 turns had; level with the others; 1 of them cancelled by the company, which counts as had.",
    "A share of about 1.3, 0 turns had; 0.8 fewer, so first in line; declined once, which changes nothing; 2 sessions during leave or a pause not shared; corrected by an admin: +0.5.",
  ]);
  for (const line of [...words("zh"), ...words("en")])
    expect(line).not.toMatch(/unfair|不公平|方差|credit|undefined|NaN|目标/iu);
});

test("level people, and a time without sessions", () => {
  const even = input([person("a"), person("b")], [turn("a", "2026-01-07"), turn("b", "2026-01-14")]);
  expect(fairnessHeadline(fairnessOf(even, quarter), name, "zh")).toBe(
    "2 位讲师，2 场。按各自的份额，每个人都差不到一次。",
  );
  const before = fairnessOf(even, { from: "2025-01-01", to: "2025-12-31", by: "month" });
  expect(before.people).toEqual([]);
  expect(fairnessHeadline(before, name, "en")).toBe("No sessions in this time, so nothing to compare.");
});

test("periods add up to the whole, whatever happened", () => {
  const turns = fc.array(
    fc.record({
      lecturer: fc.constantFrom("a", "b", "c"),
      group: fc.constant("g"),
      day: fc.integer({ min: 0, max: 330 }).map((n) => addDays("2026-01-01", n)),
      outcome: fc.constantFrom<Turn["outcome"]>("had", "declined", "lost"),
      extra: fc.boolean(),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(turns, fc.constantFrom("month" as const, "quarter" as const, "year" as const), (list, by) => {
      const found = fairnessOf(input([person("a"), person("b"), person("c")], list), { ...quarter, by });
      for (const { total, periods } of found.people)
        for (const key of Object.keys(total) as (keyof typeof total)[])
          expect(periods.reduce((sum, { tally }) => sum + tally[key], 0)).toBeCloseTo(total[key], 9);
      expect(found.people.reduce((sum, { total }) => sum + total.due, 0)).toBeCloseTo(found.turns, 6);
    }),
  );
});
