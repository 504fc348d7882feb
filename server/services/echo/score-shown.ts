import { wilson } from "#domain/feedback/score.ts";
import { sum } from "#domain/numbers.ts";

/** A score with what it is made of, for 怎么算的; null below the minimum. */
export interface ScoreShown {
  /** Mean of the answers. */
  score: number;
  answers: number;
  /** Answers of 1 to 5. */
  distribution: [number, number, number, number, number];
  /** Those who answered 4 or 5, and the likely range of that share (Wilson, 95 %), 0 to 1. */
  useful: { share: number; low: number; high: number };
}

export function scoreShown(scores: readonly number[], minimum: number): ScoreShown | null {
  if (scores.length === 0 || scores.length < minimum) return null;
  const distribution: ScoreShown["distribution"] = [0, 0, 0, 0, 0];
  for (const score of scores) distribution[score - 1] = (distribution[score - 1] ?? 0) + 1;
  return {
    score: sum(scores) / scores.length,
    answers: scores.length,
    distribution,
    useful: wilson(scores.filter((score) => score >= 4).length, scores.length),
  };
}
