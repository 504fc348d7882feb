import { plan } from "#domain/schedule/plan.ts";
import { parsePlanProblem } from "#domain/schedule/problem.ts";
import { loadSolver } from "#server/engine/workers/solver.ts";
import { defineCommand } from "../command.ts";

export const planCommand = defineCommand({
  name: "plan",
  summary: "Assign lecturers to slots: fair, explained, within the rules.",
  options: [
    ["--budget TIME", "stop searching after 10s, 500ms, 2m; without it the same input gives the same output"],
    ["--language L", "zh (default) or en, for the explanations"],
  ],
  notes: [
    "violations name slot, lecturer, the hard rule as a letter (a group, b window, c busy, d requires, e day, gap and overlap,\nf month) and the reason in a word; only pins can break a rule.",
    "unfilled.why: `used-elsewhere` is an overlap in time with another session of the plan; day, gap and month look at\nhistory, pins and the plan together.",
    "bound: what no plan can beat, given the earlier aims at this plan's values. After the first aim that is not proven they\nare null and `optimal` is false.",
  ],
  example: {
    timezone: "Asia/Shanghai",
    slots: [
      {
        id: "s1",
        group: "g1",
        start: "2026-12-02T15:00:00+08:00",
        minutes: 45,
        topics: ["t1"],
        requires: { sales: 0.5 },
      },
      { id: "s2", group: "g1", start: "2026-12-09T15:00:00+08:00", minutes: 45 },
    ],
    lecturers: [
      {
        id: "l1",
        groups: ["g1"],
        weight: 1,
        credit: 2,
        expertise: { sales: 0.9 },
        windows: [{ weekday: 3, from: "14:00", to: "18:00" }],
        busy: [{ from: "2026-12-09T00:00:00+08:00", to: "2026-12-10T00:00:00+08:00" }],
        maxPerMonth: 2,
        minGapDays: 14,
      },
      { id: "l2", groups: ["g1"] },
    ],
    topics: [{ id: "t1", tags: { sales: 1 } }],
    history: [{ lecturer: "l2", start: "2026-11-25T15:00:00+08:00" }],
    pinned: [],
    previous: [],
  },
  parse: parsePlanProblem,
  answer: async (problem, { language, expired, remaining }) =>
    plan(problem, { language, expired, remaining, solver: await loadSolver() }),
});
