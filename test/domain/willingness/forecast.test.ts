import fc from "fast-check";
import { expect, test } from "vitest";
import { alive, expectedShares, logLikelihood } from "#domain/willingness/bgbb.ts";
import type { Parameters } from "#domain/willingness/bgbb.ts";
import { forecast, historyOf, parseForecastInput } from "#domain/willingness/forecast.ts";
import { logGamma } from "#domain/willingness/log-gamma.ts";

const parameter = fc.double({ min: 0.1, max: 20, noNaN: true });
const parameters: fc.Arbitrary<Parameters> = fc.record({
  alpha: parameter,
  beta: parameter,
  gamma: parameter,
  delta: parameter,
});

test("log-gamma gives factorials and Γ(1/2)", () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  expect(Math.exp(logGamma(11))).toBeCloseTo(3_628_800, 4);
  expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 12);
});

test("the probabilities of all sequences of n turns add up to 1", () => {
  fc.assert(
    fc.property(parameters, fc.integer({ min: 0, max: 8 }), (model, n) => {
      let total = 0;
      for (let bits = 0; bits < 2 ** n; bits += 1) {
        const turns = Array.from({ length: n }, (_, at) => (bits >> at) & 1);
        total += Math.exp(logLikelihood(model, historyOf(turns)));
      }
      expect(total).toBeCloseTo(1, 9);
    }),
    { numRuns: 40 },
  );
});

test("alive and expected follow from Bayes' rule on the sequences themselves", () => {
  fc.assert(
    fc.property(parameters, fc.array(fc.constantFrom(0, 1), { maxLength: 7 }), (model, turns) => {
      const history = historyOf(turns);
      const next = Math.exp(logLikelihood(model, historyOf([...turns, 1])) - logLikelihood(model, history));
      expect(expectedShares(model, history, 1)).toBeCloseTo(next, 9);
      expect(alive(model, history)).toBeGreaterThanOrEqual(next - 1e-12);
      expect(alive(model, history)).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});

test("few histories, or all alike, are fitted under the prior and stay sensible", () => {
  const few = forecast({
    histories: [
      { lecturer: "l1", turns: [1, 1, 1] },
      { lecturer: "l2", turns: [1, 0, 0] },
    ],
    horizon: 5,
  });
  expect(few.method).toBe("map");
  const [steady, fading] = few.rows as { alive: number; expected: number }[];
  expect(steady?.alive).toBeGreaterThan(fading?.alive ?? 1);
  const alike = forecast({ summary: [{ x: 4, tx: 4, n: 4, count: 500 }], horizon: 2 });
  expect(alike.method).toBe("map");
  expect(Object.values(alike.parameters).every((value) => Number.isFinite(value) && value > 0)).toBe(true);
});

test("impossible rows and both forms at once are refused", () => {
  const parsed = parseForecastInput({
    summary: [
      { x: 3, tx: 2, n: 6, count: 1 },
      { x: 0, tx: 1, n: 6 },
      { x: 1, tx: 7, n: 6 },
    ],
  });
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toEqual([
    "summary[0].tx",
    "summary[1].tx",
    "summary[2].tx",
  ]);
  expect(parseForecastInput({ histories: [], summary: [] }).ok).toBe(false);
  expect(parseForecastInput({}).ok).toBe(false);
});
