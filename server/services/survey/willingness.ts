import type { Motivation } from "#domain/messages/actions.ts";
import type { Ctx } from "../../context.ts";
import { readBox } from "../sealed/box.ts";
import { shuffled } from "../sealed/shuffled.ts";
import { surveyAnswer } from "./answer.ts";
import { roundOf, surveyBox, surveyRounds } from "./rounds.ts";

export interface Willingness {
  /** Month in which the round began, `YYYY-MM`. */
  month: string;
  asked: number;
  /** Answers 1–5, in random order. */
  answers: number[];
  /** Answers 4–5, and their share of all (texts.md §5.10). */
  willing: number;
  share: number;
  motivates: Record<Motivation | "none", number>;
}

/**
 * 分享意愿 of one round; null before it has closed and with fewer answers than may be shown. Shown while answers still come in,
 * each new figure would tell the answer that made it.
 */
export async function willingness(ctx: Ctx, period: string): Promise<Willingness | null> {
  const round = await roundOf(ctx, period);
  if (!round || ctx.now < round.closes) return null;
  const { answers } = await readBox(ctx, surveyBox(period), surveyAnswer);
  const scores = answers.flatMap((answer) => ("willing" in answer ? [answer.willing] : []));
  if (scores.length < ctx.settings.surveyLeast) return null;
  const motivates = { honour: 0, material: 0, growth: 0, none: 0 };
  for (const answer of answers) if ("motivates" in answer) motivates[answer.motivates]++;
  const willing = scores.filter((score) => score >= 4).length;
  return {
    month: period,
    asked: round.asked.length,
    answers: shuffled(scores),
    willing,
    share: willing / scores.length,
    motivates,
  };
}

/** Every round that may be shown, oldest first: what the monthly figures take. */
export async function shownSurveys(ctx: Ctx): Promise<Willingness[]> {
  const rounds = await surveyRounds(ctx);
  const shown = await Promise.all(rounds.map(({ period }) => willingness(ctx, period)));
  return shown.filter((one) => one !== null);
}
