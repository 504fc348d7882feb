import { expect, test } from "vitest";
import { figuresOf } from "#domain/outcome/figures.ts";
import type { FigureSession } from "#domain/outcome/figures.ts";

const day = 86_400_000;
const session = (
  id: string,
  group: string,
  lecturer: string,
  more: Partial<FigureSession> = {},
): FigureSession => {
  const start = Date.parse("2026-10-14T15:00:00+08:00");
  return {
    id,
    group,
    lecturer,
    start,
    held: true,
    contentAt: start - 4 * day,
    contentDue: start - day,
    nudges: 0,
    remindedAt: start - 3 * day,
    asked: 10,
    ...more,
  };
};
const start = Date.parse("2026-10-14T15:00:00+08:00");
const input = {
  zone: "Asia/Shanghai",
  months: ["2026-10", "2026-11"],
  sessions: [
    session("a", "g1", "l1"),
    session("b", "g1", "l1", { contentAt: start - 2 * day }),
    session("c", "g2", "l2", { nudges: 2, contentAt: start - 3_600_000 }),
    session("d", "g2", "l3", { held: false, contentAt: null }),
  ],
  ratings: [
    { session: "a", score: 5 },
    { session: "c", score: 3 },
    { session: "d", score: 1 },
  ],
  acts: [
    { kind: "nudge" as const, at: start, group: "g2" },
    { kind: "plan" as const, at: start, group: null },
    { kind: "extra" as const, at: start, group: null, minutes: 37 },
  ],
  surveys: [{ month: "2026-10", asked: 30, answers: [5, 4, 4, 3, 2, 1] }],
  minimum: 5,
};

test("the four figures with their counts, for all and by group", () => {
  const { months } = figuresOf(input, null);
  const all = months.find((one) => one.month === "2026-10" && one.group === null);
  expect(all).toMatchObject({
    proactive: { share: 2 / 3, n: 2, of: 3 },
    unreminded: { n: 1, of: 3 },
    proactivePeople: { share: 2 / 3, n: 2, of: 3 },
    inTime: { n: 2, of: 3 },
    nudges: 2,
    satisfaction: { mean: 4, n: 2, distribution: [0, 0, 1, 0, 1], response: { n: 2, of: 30 } },
    coordination: { minutes: 60, acts: 3 },
    willing: { share: 0.5, n: 3, of: 6, asked: 30 },
  });
  expect(all?.coordination.hoursPerWeek).toBeCloseTo(7 / 31, 12);
  expect(months.find((one) => one.group === "g2")).toMatchObject({
    proactive: { share: 0, n: 0, of: 1 },
    willing: null,
  });
});

test("a month without data is null, never 0, and the baseline stays apart", () => {
  const baseline = {
    source: "管理员估计",
    declared: "2026-09-30",
    proactive: 0.7,
    satisfaction: 3.5,
    hoursPerWeek: 8,
    willing: 0.5,
  };
  const result = figuresOf(input, baseline);
  const empty = result.months.find((one) => one.month === "2026-11" && one.group === null);
  expect(empty).toMatchObject({
    proactive: { share: null, of: 0 },
    satisfaction: { mean: null, n: 0 },
    willing: null,
  });
  expect(result.baseline).toEqual({ ...baseline, selfReported: true });
});
