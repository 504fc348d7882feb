import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { bayesMean } from "#domain/feedback/score.ts";
import { toneOf } from "#domain/feedback/tone.ts";
import { fromHundredths } from "#domain/numbers.ts";
import type { MessageFacts } from "#domain/messages/facts.ts";
import { monthsOf } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { award, released } from "../../db/schema.ts";
import { allRecords, getRecord } from "../records/read.ts";
import { priorOf } from "./facts.ts";
import { loadRules } from "./load-rules.ts";

export type AwardRow = typeof award.$inferSelect;

/** What an award's cards speak of: feedback first, then points. */
export async function awardFacts(ctx: Ctx, row: AwardRow): Promise<MessageFacts & { awardId: string }> {
  const lecturer = await getRecord(ctx, "lecturers", row.lecturer);
  const { scores, comments } = await feedbackOf(ctx, row.lecturer, row.period);
  const prior = await priorOf(ctx);
  const rule = (await loadRules(ctx)).findLast(({ id }) => id === row.rule);
  const shown = scores.length >= ctx.settings.minimum;
  const points = rule ? Math.round(rule.points * 100) : 0;
  return {
    awardId: row.key,
    lecturer: lecturer?.name,
    award: row.title,
    period: row.period,
    quotes: comments.slice(0, 1),
    ...(shown
      ? {
          answers: scores.length,
          score: bayesMean(scores, {
            mean: prior.mean ?? 0,
            weight: prior.mean === undefined ? 0 : prior.weight,
          }),
        }
      : {}),
    ...(points > 0 ? { points: fromHundredths(points) } : {}),
  };
}

const texts = z.array(z.string());

/** Released answers about a lecturer in a period; comments that say something good first, hidden ones left out. */
async function feedbackOf(
  ctx: Ctx,
  lecturer: string,
  period: string,
): Promise<{ scores: number[]; comments: string[] }> {
  const months = new Set(monthsOf(period));
  const rows = (
    await ctx.db
      .select()
      .from(released)
      .where(and(eq(released.workspace, ctx.workspace.id), eq(released.lecturer, lecturer)))
  ).filter(({ month }) => months.has(month));
  const hidden = new Set(
    (await allRecords(ctx, "ratings")).flatMap(({ hidden: is, comment }) => (is && comment ? [comment] : [])),
  );
  const comments = rows.flatMap((row) => texts.parse(row.comments)).filter((comment) => !hidden.has(comment));
  const good = comments.map((comment) => ({ comment, ...toneOf(comment) })).filter(({ score }) => score > 0);
  good.sort(
    (a, b) => b.score - a.score || b.comment.length - a.comment.length || (a.comment < b.comment ? -1 : 1),
  );
  return { scores: rows.flatMap(({ scores }) => scores), comments: good.map(({ comment }) => comment) };
}
