import fc from "fast-check";
import { expect, test } from "vitest";
import { closePeriod, totalOf } from "#domain/incentive/close.ts";
import type { CloseResult } from "#domain/incentive/close.ts";
import { parseCloseInput, parseSimulateInput } from "#domain/incentive/input.ts";
import type { CloseInput } from "#domain/incentive/input.ts";
import { choosePlaces, placesOf } from "#domain/incentive/rank.ts";
import { defaultRules } from "#domain/incentive/rules.ts";
import { simulate } from "#domain/incentive/simulate.ts";

type Raw = Record<string, unknown>;

function input(parts: Raw): CloseInput {
  const parsed = parseCloseInput({
    period: "2026-10",
    timezone: "Asia/Shanghai",
    rules: defaultRules,
    lecturers: ["l1", "l2", "l3"].map((id) => ({ id })),
    sessions: [],
    ...parts,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

function session(id: string, lecturer: string, day: string, more: Raw = {}): Raw {
  return { id, lecturer, start: `${day}T15:00:00+08:00`, state: "delivered", ...more };
}

function points(result: CloseResult): Record<string, number> {
  const lecturers = [...new Set(result.entries.map((entry) => entry.lecturer))];
  return Object.fromEntries(lecturers.map((lecturer) => [lecturer, totalOf(result.entries, lecturer)]));
}

test("half a point a share, two a month at most, and only for what was delivered in the local month", () => {
  const result = closePeriod(
    input({
      sessions: [
        session("s1", "l1", "2026-10-08"),
        session("s2", "l1", "2026-10-15"),
        session("s3", "l1", "2026-10-22"),
        session("s4", "l2", "2026-10-22", { state: "planned" }),
        // 31 October 16:30 UTC is November in Shanghai, 30 September 16:30 UTC is October.
        { ...session("s5", "l2", "2026-10-31"), start: "2026-10-31T16:30:00Z" },
        { ...session("s6", "l3", "2026-10-01"), start: "2026-09-30T16:30:00Z" },
      ],
    }),
  );
  expect(points(result)).toEqual({ l1: 1, l3: 0.5 });
  expect(result.skipped).toContainEqual({
    rule: "share",
    lecturer: "l1",
    session: "s3",
    why: "已到周期上限 (cap reached)",
  });
  expect(result.skipped).toContainEqual({
    session: "s4",
    lecturer: "l2",
    why: "没有记为已分享 (not delivered: planned)",
  });
});

test("co-lecturers split as the rule says, to hundredths, half up", () => {
  const split = (kind: string) => {
    const rules = [{ id: "r", trigger: "share", points: 0.5, split: kind }];
    return points(
      closePeriod(input({ rules, sessions: [session("s", "l1", "2026-10-08", { co: ["l2", "l3"] })] })),
    );
  };
  expect(split("equal")).toEqual({ l1: 0.17, l2: 0.17, l3: 0.17 });
  expect(split("full")).toEqual({ l1: 0.5, l2: 0.5, l3: 0.5 });
  expect(split("lead")).toEqual({ l1: 0.5 });
  const odd = [{ id: "r", trigger: "share", points: 0.285 }];
  expect(points(closePeriod(input({ rules: odd, sessions: [session("s", "l1", "2026-10-08")] })))).toEqual({
    l1: 0.29,
  });
});

test("the coefficient multiplies what it names", () => {
  const rules = [{ id: "r", trigger: "share", points: 0.5, coefficient: "级别×难度×时长" }];
  const result = closePeriod(
    input({
      rules,
      lecturers: [{ id: "l1", level: 2 }],
      sessions: [session("s", "l1", "2026-10-08", { difficulty: 1.5, hours: 0.5 })],
    }),
  );
  expect(points(result)).toEqual({ l1: 0.75 });
});

function ratings(lecturer: string, of: string, scores: readonly number[]): Raw[] {
  return scores.map((score) => ({ lecturer, session: of, score }));
}

test("below the floor one share counts, the next does not", () => {
  const rules = [{ id: "r", trigger: "share", points: 0.5, floor: 3, minN: 5 }];
  const low = [1, 1, 1, 1, 1];
  const result = closePeriod(
    input({
      rules,
      sessions: [
        session("s1", "l1", "2026-10-08"),
        session("s2", "l1", "2026-10-09"),
        session("s3", "l1", "2026-10-10"),
      ],
      ratings: [
        ...ratings("l1", "s1", low),
        ...ratings("l1", "s2", low),
        ...ratings("l1", "s3", low.slice(0, 4)),
      ],
    }),
  );
  expect(result.entries.map((entry) => entry.source)).toEqual(["s1", "s3"]);
});

test("top 10 %: floor(p · N / 100) of those with enough ratings; under ten rated nobody by month, by quarter if so set", () => {
  const many = (n: number, parts: Raw = {}) => {
    const ids = Array.from({ length: n }, (_, at) => `p${at}`);
    return input({
      lecturers: ids.map((id) => ({ id })),
      sessions: ids.map((id) => session(`s-${id}`, id, "2026-10-08")),
      ratings: ids.flatMap((id, at) =>
        ratings(
          id,
          `s-${id}`,
          Array.from({ length: 10 }, (_, k) => (k * n < at * 10 ? 5 : 1)),
        ),
      ),
      ...parts,
    });
  };
  const winners = (result: CloseResult) =>
    result.awards.filter((award) => award.rule === "master").map((award) => award.lecturer);
  const rules = defaultRules.map((rule) => ({ ...rule, ties: "all" as const }));
  expect(winners(closePeriod(many(10, { rules })))).toEqual(["p9"]);
  expect(winners(closePeriod(many(29, { rules })))).toHaveLength(2);
  const few = closePeriod(many(9, { rules }));
  expect(winners(few)).toEqual([]);
  expect(few.skipped.some((one) => one.rule === "master" && one.why.includes("9"))).toBe(true);
  // 12 rated in the quarter, 6 of them in November: no month had a place, so the quarter gives one.
  const quarter = many(12, { rules, period: "2026-Q4" });
  const spread = quarter.sessions.map((one, at) =>
    at % 2 ? { ...one, start: "2026-11-10T15:00:00+08:00" } : one,
  );
  expect(winners(closePeriod({ ...quarter, sessions: spread }))).toEqual(["p11"]);
  expect(winners(closePeriod(quarter))).toEqual([]);
});

test("places and ties", () => {
  expect(placesOf("percent", 10, 30)).toBe(3);
  expect(placesOf("percent", 15, 20)).toBe(3);
  expect(placesOf("percent", 10, 9)).toBe(0);
  expect(placesOf("top", 3, 2)).toBe(2);
  const at = (lecturer: string, value: number, low = value, high = value) => ({
    lecturer,
    values: [value],
    interval: { share: value, low, high },
  });
  const names = (list: { lecturer: string }[]) => list.map((one) => one.lecturer).join("");
  const tied = [at("a", 5), at("b", 4), at("c", 4), at("d", 3)];
  expect(names(choosePlaces(tied, 2, "all").chosen)).toBe("abc");
  expect(names(choosePlaces(tied, 2, "none").chosen)).toBe("a");
  const close = [
    at("a", 5, 0.9, 1),
    at("b", 4.5, 0.5, 0.8),
    at("c", 4.4, 0.5, 0.8),
    at("d", 4.3, 0.5, 0.8),
    at("e", 4.2, 0.5, 0.8),
  ];
  expect(names(choosePlaces(close.slice(0, 4), 2, "band").chosen)).toBe("abcd");
  // More than twice the places: only the one clearly above, the admin decides the rest.
  expect(names(choosePlaces(close, 2, "band").chosen)).toBe("a");
  expect(names(choosePlaces(close, 2, "band").undecided)).toBe("bcde");
});

test("the quarter's top 3 go by shares on different topics, then by learners who used it", () => {
  const result = closePeriod(
    input({
      period: "2026-Q4",
      rules: [
        {
          id: "top",
          trigger: "count",
          period: "quarter",
          rankKind: "top",
          threshold: 1,
          points: 0,
          reward: "外部培训机会",
          rewardKind: "growth",
        },
      ],
      sessions: [
        session("a1", "l1", "2026-10-08", { topic: "t1" }),
        session("a2", "l1", "2026-11-08", { topic: "t1" }),
        session("a3", "l1", "2026-12-08", { topic: "t1", used: 9 }),
        session("b1", "l2", "2026-10-09", { topic: "t1", used: 2 }),
        session("b2", "l2", "2026-11-09", { topic: "t2" }),
        session("c1", "l3", "2026-10-10", { topic: "t1", used: 1 }),
        session("c2", "l3", "2026-11-10", { topic: "t2" }),
      ],
    }),
  );
  expect(result.awards).toMatchObject([
    { lecturer: "l2", title: "外部培训机会", state: "suggested", from: "2027-01-01", until: "2027-12-31" },
  ]);
});

test("a session taken back is reversed, the cap makes room for the next, and when it returns it is granted anew", () => {
  const sessions = ["08", "15", "22"].map((day, at) => session(`s${at}`, "l1", `2026-10-${day}`));
  const first = closePeriod(input({ sessions }));
  const without = [{ ...sessions[0], state: "cancelled" }, ...sessions.slice(1)];
  const second = closePeriod(input({ sessions: without, ledger: first.entries }));
  expect(second.entries.map(({ key, points: value, reverses }) => [key, value, reverses])).toEqual([
    ["reversal/2026-10/share/l1/s0", -0.5, "2026-10/share/l1/s0"],
    ["2026-10/share/l1/s2", 0.5, null],
  ]);
  const ledger = [...first.entries, ...second.entries];
  const third = closePeriod(input({ sessions, ledger }));
  expect(third.entries.map((entry) => entry.key)).toEqual([
    "reversal/2026-10/share/l1/s2",
    "2026-10/share/l1/s0#2",
  ]);
  expect(totalOf([...ledger, ...third.entries], "l1")).toBe(totalOf(first.entries, "l1"));
});

test("versions: the one in force on the session's day, and entries of rules not looked at stay", () => {
  const rules = [
    { id: "r", version: 1, trigger: "share", points: 0.5, to: "2026-10-14" },
    { id: "r", version: 2, trigger: "share", points: 1, from: "2026-10-15" },
    { id: "off", trigger: "share", points: 9, status: "off" },
  ];
  const ledger = [{ key: "2026-10/off/l1/old", lecturer: "l1", rule: "off", points: 9 }];
  const result = closePeriod(
    input({
      rules,
      ledger,
      sessions: [session("s1", "l1", "2026-10-14"), session("s2", "l1", "2026-10-15")],
    }),
  );
  expect(result.entries.map((entry) => [entry.version, entry.points])).toEqual([
    [1, 0.5],
    [2, 1],
  ]);
});

const randomMonth = fc.record({
  rules: fc.constant<Raw[]>([
    { id: "share", trigger: "share", points: 0.33, cap: 1, floor: -0.5, minN: 2, split: "equal" },
    {
      id: "rank",
      trigger: "rank",
      rankKind: "percent",
      threshold: 40,
      ties: "all",
      points: 1,
      minN: 2,
      reward: "内训名师",
      rewardKind: "honour",
    },
    { id: "count", trigger: "count", threshold: 2, points: 0.7 },
  ]),
  sessions: fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 9 }).map((at) => `s${at}`),
      lecturer: fc.constantFrom("l1", "l2", "l3"),
      co: fc.subarray(["l1", "l2", "l3"]),
      start: fc
        .integer({ min: 0, max: 30 })
        .map((day) => new Date(Date.UTC(2026, 9, 1 + day, 7)).toISOString()),
      state: fc.constantFrom("delivered", "delivered", "rated", "cancelled"),
    }),
    { maxLength: 8, selector: (one) => one.id },
  ),
  scores: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5 })), { maxLength: 25 }),
});

function withRatings({
  rules,
  sessions,
  scores,
}: {
  rules: Raw[];
  sessions: { id: string; lecturer: string }[];
  scores: [number, number][];
}): Raw {
  const rated =
    sessions.length === 0
      ? []
      : scores.map(([at, score]) => {
          const { id, lecturer } = sessions[at % sessions.length] as { id: string; lecturer: string };
          return { session: id, lecturer, score };
        });
  return { rules, sessions, ratings: rated };
}

test("closing again adds nothing; after any change the ledger holds just what a fresh close would give", () => {
  fc.assert(
    fc.property(randomMonth, randomMonth, randomMonth, (one, two, three) => {
      let ledger: CloseResult["entries"] = [];
      for (const month of [one, two, three, one]) {
        const facts = withRatings(month);
        const fresh = closePeriod(input(facts));
        ledger = [...ledger, ...closePeriod(input({ ...facts, ledger })).entries];
        expect(new Set(ledger.map((entry) => entry.key)).size).toBe(ledger.length);
        for (const lecturer of ["l1", "l2", "l3"])
          expect(totalOf(ledger, lecturer)).toBe(totalOf(fresh.entries, lecturer));
        const again = closePeriod(input({ ...facts, ledger }));
        expect([again.entries, again.awards]).toEqual([[], []]);
        for (const entry of ledger)
          expect(Math.abs(entry.points * 100 - Math.round(entry.points * 100))).toBeLessThan(1e-9);
      }
    }),
    { numRuns: 200 },
  );
});

test("what is wrong with rules and references is said", () => {
  const parsed = parseCloseInput({
    period: "2026-13",
    timezone: "Asia/Shanghai",
    rules: [
      { id: "r", trigger: "rank", points: "1" },
      { id: "r", trigger: "share", points: 1, coefficient: "级别×天气" },
    ],
    lecturers: [],
    sessions: [{ id: "s", lecturer: "x", start: "2026-10-08T15:00:00+08:00", state: "done" }],
  });
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path).sort()).toEqual(
    [
      "period",
      "rules[0].points",
      "rules[0].rankKind",
      "rules[0].threshold",
      "rules[1].coefficient",
      "rules[1].version",
      "sessions[0].lecturer",
      "sessions[0].state",
    ].sort(),
  );
});

test("simulate: who gains and loses when the points of a share change, whatever the proposed rule's dates", () => {
  const parsed = parseSimulateInput({
    timezone: "Asia/Shanghai",
    rules: [{ id: "share", trigger: "share", points: 0.5 }],
    proposed: [{ id: "share", version: 2, trigger: "share", points: 0.75, cap: 0.75, from: "2027-01-01" }],
    periods: ["2026-09", "2026-10"],
    lecturers: ["l1", "l2", "l3"].map((id) => ({ id })),
    sessions: [
      session("a", "l1", "2026-09-08"),
      session("b", "l1", "2026-10-08"),
      ...["09", "10", "11"].map((day) => session(`c${day}`, "l2", `2026-10-${day}`)),
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const result = simulate(parsed.value);
  expect(result).toMatchObject({ gain: ["l1"], lose: ["l2"], cost: { points: -0.25 } });
  expect(result.total).toEqual({
    before: { points: 2.5, awards: 0 },
    after: { points: 2.25, awards: 0 },
    difference: { points: -0.25, awards: 0 },
  });
});
