import { z } from "zod";
import type { Ctx } from "../../context.ts";
import type { OpenBox } from "../sealed/box.ts";

/**
 * One thing said about a session. Scores and comments lie apart from the start. `tag` and `at` stay with a score only while
 * its giver may still change it.
 */
export const ratingAnswer = z.union([
  z.strictObject({ score: z.int().min(1).max(5), tag: z.string().optional(), at: z.number().optional() }),
  z.strictObject({ comment: z.string() }),
]);
export type RatingAnswer = z.infer<typeof ratingAnswer>;
export type ScoreAnswer = Extract<RatingAnswer, { score: number }>;

export const ratingBox = (session: string) => `rate:${session}`;
export const sessionOfBox = (box: string) => box.slice("rate:".length);

export const isScore = (answer: RatingAnswer): answer is ScoreAnswer => "score" in answer;

/** The score a person may still change; undefined when there is none or it is final. */
export function ownScore(open: OpenBox<RatingAnswer>, tag: string): ScoreAnswer | undefined {
  return open.answers.filter(isScore).find((answer) => answer.tag === tag);
}

/** Scores past their time of change lose their tag: from then on nobody, with or without the key, can tell whose they are. */
export function settleScores(ctx: Ctx, open: OpenBox<RatingAnswer>): number {
  const until = ctx.now - ctx.settings.ratingChangeMinutes * 60_000;
  const over = open.answers.filter(isScore).filter(({ tag, at }) => tag !== undefined && (at ?? 0) <= until);
  for (const answer of over) makeFinal(answer);
  return over.length;
}

export function makeFinal(answer: ScoreAnswer): void {
  delete answer.tag;
  delete answer.at;
}

/** What may be released: everything but scores that can still change. */
export function finalAnswers(answers: readonly RatingAnswer[]): { scores: number[]; comments: string[] } {
  const scores = answers.filter(isScore).filter(({ tag }) => tag === undefined);
  return {
    scores: scores.map(({ score }) => score),
    comments: answers.flatMap((answer) => ("comment" in answer ? [answer.comment] : [])),
  };
}
