import fc from "fast-check";
import { expect, test } from "vitest";
import { parseScoreInput, scoreLecturers, wilson } from "#domain/feedback/score.ts";

function scored(input: unknown) {
  const parsed = parseScoreInput(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return scoreLecturers(parsed.value);
}

const rate = (lecturer: string, scores: readonly number[]) =>
  scores.map((score) => ({ lecturer, session: "x", score }));

test("Wilson's interval: published values, and always 0 <= low <= share <= high <= 1", () => {
  // Newcombe 1998, Statistics in Medicine 17, Table I, method 3: 81/263, 15/148, 0/20, 1/29.
  const published = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;
  for (const [successes, n, low, high] of published) {
    expect(wilson(successes, n).low).toBeCloseTo(low, 4);
    expect(wilson(successes, n).high).toBeCloseTo(high, 4);
  }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (n, of) => {
      const { share, low, high } = wilson(of % (n + 1), n);
      expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
    }),
  );
});

test("bayes, distribution, minimum and order of first appearance", () => {
  const result = scored({
    prior: { mean: 3.5, weight: 10 },
    minimum: 3,
    ratings: [...rate("b", [5, 4, 4]), ...rate("a", [2])],
  });
  expect(result.map((one) => one.lecturer)).toEqual(["b", "a"]);
  expect(result[0]).toMatchObject({
    n: 3,
    distribution: [0, 0, 0, 2, 1],
    bayes: 48 / 13,
    shown: true,
    band: 1,
    favourable: { share: 1, high: 1 },
  });
  expect(result[1]).toMatchObject({ n: 1, mean: 2, shown: false, band: null });
});

test("without a prior: weight 10 and the mean of all ratings", () => {
  const [one] = scored({ ratings: [...rate("a", [5, 5]), ...rate("b", [2])] });
  expect(one?.bayes).toBeCloseTo((10 * 4 + 10) / 12, 12);
});

test("a band is held together by its opener, not by its neighbours", () => {
  const times = (good: number, bad: number) => [
    ...Array.from({ length: good }, () => 5),
    ...Array.from({ length: bad }, () => 1),
  ];
  const result = scored({
    minimum: 5,
    ratings: [
      ...rate("top", times(60, 0)),
      ...rate("mid", times(52, 8)),
      ...rate("low", times(45, 15)),
      ...rate("last", times(38, 22)),
    ],
  });
  const bands = Object.fromEntries(result.map((one) => [one.lecturer, one.band]));
  expect(bands).toEqual({ top: 1, mid: 2, low: 2, last: 3 });
});
