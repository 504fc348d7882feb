import fc from "fast-check";
import { expect, test } from "vitest";
import { releasable } from "#domain/feedback/release.ts";

const rules = { minimum: 5, lateOthers: 3 };
const sealed = (
  session: string,
  start: number,
  waiting: number,
  more: { released?: number; closed?: boolean; lecturer?: string } = {},
) => ({
  session,
  lecturer: "l1",
  start,
  waiting,
  released: 0,
  closed: true,
  ...more,
});

test("five together at once; four wait, closed or not", () => {
  expect(releasable([sealed("a", 1, 5, { closed: false })], rules)).toEqual([
    { lecturer: "l1", sessions: ["a"], count: 5, kind: "first" },
  ]);
  expect(releasable([sealed("a", 1, 4)], rules)).toEqual([]);
});

test("too few are joined with the lecturer's next sessions, never with another lecturer's", () => {
  expect(
    releasable(
      [sealed("b", 2, 3), sealed("a", 1, 2), sealed("c", 3, 9, { lecturer: "l2", closed: false })],
      rules,
    ),
  ).toEqual([
    { lecturer: "l1", sessions: ["a", "b"], count: 5, kind: "pooled" },
    { lecturer: "l2", sessions: ["c"], count: 9, kind: "first" },
  ]);
  // An open session with too few may still reach five by itself.
  expect(releasable([sealed("a", 1, 2), sealed("b", 2, 3, { closed: false })], rules)).toEqual([]);
});

test("late answers wait for three others", () => {
  expect(releasable([sealed("a", 1, 3, { released: 6 })], rules)).toEqual([]);
  expect(releasable([sealed("a", 1, 4, { released: 6 })], rules)).toMatchObject([{ kind: "late", count: 4 }]);
});

test("late answers that stayed too few when the rating closed go along with the next session", () => {
  const rest = sealed("a", 1, 2, { released: 6 });
  expect(releasable([rest, sealed("b", 2, 5, { closed: false })], rules)).toEqual([
    { lecturer: "l1", sessions: ["a", "b"], count: 7, kind: "pooled" },
  ]);
  expect(releasable([{ ...rest, closed: false }, sealed("b", 2, 5)], rules)).toMatchObject([
    { sessions: ["b"] },
  ]);
});

test("nothing is ever released in a batch too small, nor twice", () => {
  const session = fc.record({
    session: fc.uuid(),
    lecturer: fc.constantFrom("l1", "l2"),
    start: fc.nat(),
    waiting: fc.nat({ max: 8 }),
    released: fc.constantFrom(0, 0, 5),
    closed: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(session, { selector: (one) => one.session }), (sessions) => {
      const releases = releasable(sessions, rules);
      for (const one of releases) expect(one.count).toBeGreaterThanOrEqual(one.kind === "late" ? 4 : 5);
      const all = releases.flatMap((one) => one.sessions);
      expect(new Set(all).size).toBe(all.length);
    }),
  );
});
