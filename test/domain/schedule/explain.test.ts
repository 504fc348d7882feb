import fc from "fast-check";
import { expect, test } from "vitest";
import { plan } from "#domain/schedule/plan.ts";
import type { PlanOptions } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import type { PlanInput } from "#domain/schedule/problem.ts";
import { anyProblem } from "./make-problem.ts";

function planned(input: PlanInput, options: PlanOptions = {}) {
  const result = parsePlanProblem(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return plan(result.value, options);
}

const wednesdays = ["02", "09", "16", "23"].map((day, at) => ({
  id: `s${at}`,
  group: "g",
  start: `2026-12-${day}T15:00:00+08:00`,
  minutes: 45,
  topics: ["t"],
}));
const company: PlanInput = {
  timezone: "Asia/Shanghai",
  slots: wednesdays,
  lecturers: [
    { id: "l1", groups: ["g"], expertise: { 售后: 0.9 } },
    { id: "l2", groups: ["g"], expertise: { 售后: 0.2 } },
  ],
  topics: [{ id: "t", tags: { 售后: 1 } }],
};
const names = { l1: "李雷", l2: "王芳" };

test("why reads like a reason: turns beside others, what one knows, when one is free, who is next", () => {
  const result = planned(company, { names });
  const [li, wang] = ["l1", "l2"].map((id) => result.assignments.find((one) => one.lecturer === id));
  expect(li?.why).toEqual(["大家平均轮到 2 次，您 2 次", "懂售后", "周三下午有空", "其次是王芳"]);
  expect(wang?.why).toEqual(["大家平均轮到 2 次，您 2 次", "周三下午有空", "其次是李雷"]);
  expect(
    planned(company, { names, language: "en" }).assignments.find((one) => one.lecturer === "l1")?.why,
  ).toEqual([
    "people have 2 turns on average, you 2",
    "know 售后",
    "free on Wednesday afternoons",
    "next in line is 王芳",
  ]);
});

test("a first turn, a fixed one, one kept, and more turns than others each say so", () => {
  const first = planned({ ...company, slots: wednesdays.slice(0, 2) }, { names });
  expect(first.assignments[0]?.why[0]).toBe("还没轮到过");
  const fixed = planned({ ...company, pinned: [{ slot: "s0", lecturer: "l1" }] }, { names });
  expect(fixed.assignments[0]?.why).toEqual(["这一场由管理员指定"]);
  const kept = planned({ ...company, previous: [{ slot: "s0", lecturer: "l2" }] }, { names });
  expect(kept.assignments[0]).toMatchObject({
    lecturer: "l2",
    why: expect.arrayContaining(["和上一版安排一样"]),
  });
  const behind = planned(
    { ...company, lecturers: company.lecturers.map((one, at) => ({ ...one, credit: (at - 1) * 4 })) },
    { names },
  );
  expect(behind.assignments[0]?.why.slice(0, 2)).toEqual([
    "大家平均轮到 2 次，您 4 次",
    "之前轮到得比大家少",
  ]);
  // A colleague who is on leave is not owed those turns: that is no word about what the others had.
  const beside = planned(
    { ...company, lecturers: company.lecturers.map((one, at) => ({ ...one, credit: at * 5 })) },
    { names },
  );
  expect(beside.assignments[0]?.lecturer).toBe("l1");
  expect(beside.assignments[0]?.why).not.toContain("之前轮到得比大家少");
});

test("an open slot says what stands in the way and the least that would help", () => {
  const busy = [{ from: "2026-12-01T00:00:00+08:00", to: "2026-12-31T00:00:00+08:00" }];
  const result = planned(
    {
      ...company,
      slots: wednesdays.slice(0, 3),
      lecturers: [
        { id: "l1", groups: ["g"], busy },
        { id: "l2", groups: ["g"], maxPerMonth: 2 },
        { id: "l3", groups: ["g"], busy, maxPerMonth: 0 },
      ],
      history: [],
    },
    { names },
  );
  expect(result.unfilled[0]?.help).toEqual([
    "两位休假或有安排，一位已到本月上限",
    "把王芳的每月上限放到 3，就能排上",
    "请李雷挪开当时的安排，就能排上",
  ]);
});

test("what help names really helps: the month's limit and the gap it gives fill the slot", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (seed) => {
      const input = { ...anyProblem(seed, 4, 8), previous: [] };
      const result = planned(input);
      for (const open of result.unfilled) {
        const found = open.help
          .map((line) => /^把(l\d+)的(每月上限|间隔)放到 (\d+)(?: 天)?，就能排上$/u.exec(line))
          .find(Boolean);
        if (!found) continue;
        const [, id, what, value] = found;
        const lecturers = input.lecturers.map((one) =>
          one.id === id ? { ...one, [what === "间隔" ? "minGapDays" : "maxPerMonth"]: Number(value) } : one,
        );
        const pinned = [
          ...result.assignments.map(({ slot, lecturer }) => ({ slot, lecturer })),
          { slot: open.slot, lecturer: id! },
        ];
        const again = planned({ ...input, lecturers, pinned });
        const before = new Set(result.violations.map((one) => `${one.slot} ${one.rule}`));
        expect(again.violations.filter((one) => !before.has(`${one.slot} ${one.rule}`))).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

test("no text for people names the planner's own terms or a bare credit", () => {
  for (let seed = 1; seed <= 60; seed += 1)
    for (const language of ["zh", "en"] as const) {
      const result = planned(anyProblem(seed, 5, 12), { language });
      const texts = [
        ...result.assignments.flatMap((one) => one.why),
        ...result.unfilled.flatMap((one) => one.help),
      ];
      for (const text of texts)
        expect(text).not.toMatch(/unfair|credit|累计|不公平|-\d|NaN|Infinity|undefined/u);
    }
});
