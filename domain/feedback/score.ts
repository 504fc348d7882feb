import { z } from "zod";
import { anyNumber, integerFrom, listOf, numberFrom, object, parseInput, text } from "../input.ts";
import type { Parsed } from "../input.ts";
import { compareValue, groupBy, sum } from "../numbers.ts";

const scoreExpected = "an integer from 1 to 5";
export const score = z.number(scoreExpected).int(scoreExpected).gte(1, scoreExpected).lte(5, scoreExpected);

const scoreInput = object({
  prior: object({ mean: anyNumber.optional(), weight: numberFrom(0).optional() }).optional(),
  minimum: integerFrom(0).default(5),
  ratings: listOf(object({ lecturer: text, session: text.optional(), score })),
});

export type ScoreInput = z.output<typeof scoreInput>;

export interface Interval {
  share: number;
  low: number;
  high: number;
}

export interface LecturerScore {
  lecturer: string;
  n: number;
  mean: number;
  /** Counts of the scores 1 to 5. */
  distribution: [number, number, number, number, number];
  bayes: number;
  favourable: Interval;
  shown: boolean;
  band: number | null;
}

export function parseScoreInput(input: unknown): Parsed<ScoreInput> {
  return parseInput<ScoreInput>(scoreInput, input);
}

/** 97.5 % quantile of the normal distribution. */
const z95 = 1.959963984540054;

/** Wilson's 95 % interval of a share, without continuity correction; n = 0 says nothing: 0 to 1. */
export function wilson(successes: number, n: number): Interval {
  if (n === 0) return { share: 0, low: 0, high: 1 };
  const share = successes / n;
  const square = z95 * z95;
  const centre = share + square / (2 * n);
  const half = z95 * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  const scale = 1 + square / n;
  // At 0 of n and n of n an end is exactly 0 or 1; the rounding of the last bit is taken away.
  const low = successes === 0 ? 0 : (centre - half) / scale;
  const high = successes === n ? 1 : (centre + half) / scale;
  return { share, low, high };
}

/** (weight · prior mean + Σ scores) / (weight + n). */
export function bayesMean(scores: readonly number[], prior: { mean: number; weight: number }): number {
  return (prior.weight * prior.mean + sum(scores)) / (prior.weight + scores.length);
}

/** Scores by lecturer, in order of first appearance (design.md §8). */
export function scoreLecturers(input: ScoreInput): LecturerScore[] {
  const all = input.ratings.map((rating) => rating.score);
  const prior = {
    mean: input.prior?.mean ?? (all.length === 0 ? 0 : sum(all) / all.length),
    weight: input.prior?.weight ?? 10,
  };
  const scored = [...groupBy(input.ratings, (rating) => rating.lecturer)].map(([lecturer, ratings]) =>
    scoreOne(
      lecturer,
      ratings.map((rating) => rating.score),
      prior,
      input.minimum,
    ),
  );
  const bands = bandsOf(scored.filter((one) => one.shown));
  return scored.map((one) => ({ ...one, band: bands.get(one.lecturer) ?? null }));
}

function scoreOne(
  lecturer: string,
  scores: readonly number[],
  prior: { mean: number; weight: number },
  minimum: number,
): LecturerScore {
  const distribution: LecturerScore["distribution"] = [0, 0, 0, 0, 0];
  for (const value of scores) distribution[value - 1] = (distribution[value - 1] ?? 0) + 1;
  return {
    lecturer,
    n: scores.length,
    mean: sum(scores) / scores.length,
    distribution,
    bayes: bayesMean(scores, prior),
    favourable: wilson(scores.filter((value) => value >= 4).length, scores.length),
    shown: scores.length >= minimum,
    band: null,
  };
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.low <= b.high && b.low <= a.high;
}

/** By bayes, best first; a band opens with its first and takes the next while that one's interval meets the opener's. */
export function bandsOf(scores: readonly LecturerScore[]): Map<string, number> {
  const ranked = scores
    .map((one, order) => ({ one, order }))
    .sort((a, b) => compareValue(b.one.bayes, a.one.bayes) || a.order - b.order);
  const bands = new Map<string, number>();
  let [band, opener] = [0, null as LecturerScore | null];
  for (const { one } of ranked) {
    if (!opener || !overlaps(one.favourable, opener.favourable)) [band, opener] = [band + 1, one];
    bands.set(one.lecturer, band);
  }
  return bands;
}
