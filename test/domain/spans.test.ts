import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedSpans, spansWithout } from "#domain/spans.ts";

const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 8 }))
    .map(([from, length]) => ({ from, to: from + length })),
  { maxLength: 8 },
);
const covered = (list: readonly { from: number; to: number }[], at: number) =>
  list.some(({ from, to }) => from <= at && at < to);

test("a meeting that touches an own session stays when the session is taken out", () => {
  // 15:00–15:45 is ours, the calendar gives 14:00–15:00 and 15:00–17:00.
  const busy = [
    { from: 1400, to: 1500 },
    { from: 1500, to: 1700 },
  ];
  expect(spansWithout(busy, [{ from: 1500, to: 1545 }])).toEqual([
    { from: 1400, to: 1500 },
    { from: 1545, to: 1700 },
  ]);
});

test("merging keeps every moment and leaves spans apart; taking out leaves exactly what was not taken", () => {
  fc.assert(
    fc.property(spans, spans, (some, taken) => {
      const merged = mergedSpans(some);
      const left = spansWithout(some, taken);
      for (let at = 0; at < 50; at++) {
        expect(covered(merged, at)).toBe(covered(some, at));
        expect(covered(left, at)).toBe(covered(some, at) && !covered(taken, at));
      }
      for (const [index, span] of merged.entries())
        if (index > 0) expect(merged[index - 1]!.to).toBeLessThan(span.from);
    }),
  );
});
