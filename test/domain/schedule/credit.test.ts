import { expect, test } from "vitest";
import { creditOf } from "#domain/schedule/credit.ts";
import type { CreditLecturer, Turn } from "#domain/schedule/credit.ts";

const lecturer = (id: string, more: Partial<CreditLecturer> = {}): CreditLecturer => ({
  id,
  groups: ["g"],
  weight: 1,
  joined: null,
  left: null,
  away: [],
  ...more,
});
const turn = (who: string, day: string, more: Partial<Turn> = {}): Turn => ({
  lecturer: who,
  group: "g",
  day,
  outcome: "delivered",
  extra: false,
  ...more,
});
const credits = (lecturers: CreditLecturer[], turns: Turn[]) =>
  Object.fromEntries(
    [...creditOf(lecturers, turns)].map(([id, value]) => [id, Math.round(value * 1000) / 1000]),
  );

test("what one had, less the fair part by weight", () => {
  expect(
    credits(
      [lecturer("a"), lecturer("b", { weight: 0.5 })],
      [turn("a", "2026-01-01"), turn("a", "2026-02-01"), turn("b", "2026-03-01")],
    ),
  ).toEqual({ a: 0, b: 0 });
});

test("newcomers do not owe the past, and leave owes nothing", () => {
  const turns = [turn("a", "2026-01-01"), turn("a", "2026-02-01"), turn("b", "2026-03-01")];
  const result = credits(
    [
      lecturer("a"),
      lecturer("b", { joined: "2026-03-01" }),
      lecturer("c", { away: [{ from: "2026-01-01", to: "2026-12-31" }] }),
    ],
    turns,
  );
  expect(result).toEqual({ a: -0.5, b: 0.5, c: 0 });
});

test("a declined turn stays owed once; extras and sessions that did not take place are neutral", () => {
  const pair = [lecturer("a"), lecturer("b")];
  const once = credits(pair, [turn("a", "2026-01-01", { outcome: "declined" }), turn("b", "2026-01-01")]);
  const twice = credits(pair, [
    turn("a", "2026-01-01", { outcome: "declined" }),
    turn("b", "2026-01-01"),
    turn("a", "2026-02-01", { outcome: "declined" }),
    turn("b", "2026-02-01"),
  ]);
  expect(once).toEqual({ a: -0.5, b: 0.5 });
  expect(twice["a"]).toBe(0);
  expect(
    credits(pair, [turn("a", "2026-01-01", { extra: true }), turn("b", "2026-01-01", { outcome: "off" })]),
  ).toEqual({ a: 0, b: 0 });
});
