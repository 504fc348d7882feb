import { expect, test } from "vitest";
import { careNote, defaultCare } from "#domain/willingness/care.ts";
import type { CareInput, CareTurn } from "#domain/willingness/care.ts";

const given = (day: string, mean: number, n = 6): CareTurn => ({
  day,
  outcome: "delivered",
  ratings: { n, mean },
});
const passed = (day: string, outcome: CareTurn["outcome"] = "declined"): CareTurn => ({
  day,
  outcome,
  ratings: { n: 0, mean: 0 },
});
/** The article's case: 4.5, then 3.8, and two months of silence with a turn offered. */
const article: CareInput = {
  today: "2026-12-01",
  joined: "2025-01-01",
  paused: false,
  optedOut: false,
  lastNote: null,
  leave: [],
  turns: [
    given("2026-05-06", 4.5),
    given("2026-06-03", 4.5),
    given("2026-07-01", 3.8),
    given("2026-09-02", 3.8),
    passed("2026-11-04"),
  ],
  rareTurns: false,
  minimum: 5,
};
const because = (change: Partial<CareInput>) => {
  const result = careNote({ ...article, ...change });
  return result.raise ? "raised" : result.because;
};

test("both signs together raise a note, in words with numbers", () => {
  expect(careNote(article)).toEqual({
    raise: true,
    reasons: {
      zh: ["近2个月没有分享(轮到过1次)", "评分从4.5到3.8"],
      en: ["no share for 2 months (one turn offered)", "rating from 4.5 to 3.8"],
    },
  });
});

test("silence needs a turn that was offered, whole months, and no leave", () => {
  const turns = (last: CareTurn[]) => [...article.turns.slice(0, 4), ...last];
  expect(because({ turns: turns([]) })).toBe("no-silence");
  expect(because({ turns: turns([passed("2026-11-04", "off")]) })).toBe("no-silence");
  expect(because({ turns: turns([passed("2026-11-04", "unanswered")]) })).toBe("raised");
  expect(because({ today: "2026-11-30" })).toBe("no-silence");
  expect(because({ turns: [...article.turns, given("2026-12-01", 4, 0)] })).toBe("no-silence");
  expect(because({ leave: [{ from: "2026-11-01", to: "2026-11-10" }] })).toBe("no-silence");
  expect(because({ leave: [{ from: "2026-10-01", to: "2026-10-20" }] })).toBe("no-silence");
});

test("a fall of 0.5 between sessions that are shown", () => {
  const scores = (means: number[], n = 6) => [
    ...means.map((mean, at) => given(`2026-0${at + 4}-01`, mean, n)),
    passed("2026-11-04"),
  ];
  expect(because({ turns: scores([4.5, 4.5, 4, 4]) })).toBe("raised");
  expect(because({ turns: scores([4.5, 4.5, 4.1, 4]) })).toBe("no-fall");
  expect(because({ turns: scores([4.5, 3.8]) })).toBe("no-fall");
  expect(because({ turns: scores([4.5, 4.5, 3.8, 3.8], 4) })).toBe("no-fall");
});

test("opt-out, pause, the first three months and a note within 90 days come first", () => {
  expect(because({ optedOut: true })).toBe("opted-out");
  expect(because({ paused: true })).toBe("paused");
  expect(because({ joined: "2026-09-02" })).toBe("new");
  expect(because({ lastNote: "2026-09-03" })).toBe("recent-note");
  expect(because({ lastNote: "2026-09-02" })).toBe("raised");
});

test("where turns are rare, two offered in a row take the place of two months", () => {
  expect(because({ rareTurns: true })).toBe("no-silence");
  expect(
    because({
      rareTurns: true,
      turns: [...article.turns.slice(0, 4), passed("2026-10-07"), passed("2026-11-04")],
    }),
  ).toBe("raised");
});

test("how many sessions are held against how many is a setting", () => {
  const turns = [4.5, 4.5, 4.5, 3.8].map((mean, at) => given(`2026-0${at + 4}-01`, mean, 6));
  const input = { ...article, turns: [...turns, passed("2026-11-04")] };
  expect(careNote(input)).toMatchObject({ raise: false, because: "no-fall" });
  const setting = { ...defaultCare, recent: 1 };
  expect(careNote(input, setting)).toMatchObject({
    raise: true,
    reasons: { zh: [expect.anything(), "评分从4.5到3.8"] },
  });
  expect(careNote({ ...input, rareTurns: true }, { ...setting, notTaken: 1 })).toMatchObject({
    reasons: { zh: ["最近轮到的一次没有分享", "评分从4.5到3.8"] },
  });
});
