import type { Figures } from "#domain/outcome/figures.ts";
import { headlineOf } from "#domain/outcome/headline.ts";
import type { MessageFacts } from "#domain/messages/facts.ts";
import { periodWords } from "#domain/messages/dates.ts";
import { addMonths, localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { isNthWorkday } from "../incentive/due-periods.ts";
import { allRecords } from "../records/read.ts";
import { shownSurveys } from "../survey/willingness.ts";
import { openTodos } from "../todos/todo.ts";
import { declaredBaseline, monthlyFigures } from "./figures.ts";
import { writeMetrics } from "./write-metrics.ts";

/** On the first workday: the month before, in figures with their counts, for those who run the programme. */
export async function reportMonth(ctx: Ctx, slot: number): Promise<{ month: string | null }> {
  const zone = ctx.workspace.timezone;
  if (!isNthWorkday(await workdays(ctx), slot, 1, zone)) return { month: null };
  const month = addMonths(localDay(slot, zone).slice(0, 7), -1);
  const figures = await monthlyFigures(ctx, [addMonths(month, -1), month]);
  const now = figures.find((one) => one.month === month && one.group === null)!;
  const before = figures.find((one) => one.month === addMonths(month, -1) && one.group === null) ?? null;
  const facts = await reportFacts(ctx, now, before && before.proactive.of > 0 ? before : null);
  await transaction(ctx, async (tx) => {
    await writeMetrics(
      tx,
      figures.filter((one) => one.month === month),
    );
    await post(
      tx,
      tx.workspace.admins.map((person) => ({
        kind: "message",
        key: `monthly:${month}:${person}`,
        to: { person },
        audience: "admin",
        template: "monthly",
        data: facts,
        useUntil: slot + 20 * 86_400_000,
      })),
    );
  });
  return { month };
}

async function reportFacts(
  ctx: Ctx,
  now: Figures,
  before: Figures | null,
): Promise<MessageFacts & { period: string }> {
  const { language } = ctx.settings;
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const declared = await declaredBaseline(ctx);
  const survey = (await shownSurveys(ctx)).findLast(({ month }) => month <= now.month);
  const [topic] = (await allRecords(ctx, "topics"))
    .filter(({ count, share }) => (count ?? 0) >= ctx.settings.topicLeastCount && share !== undefined)
    .sort((a, b) => b.count! - a.count! || (a.id < b.id ? -1 : 1));
  const waiting = (await openTodos(ctx)).length;
  const { proactive, satisfaction, coordination } = now;
  return {
    period: now.month,
    headline: headlineOf(now, before, language),
    ...(proactive.share === null
      ? {}
      : { proactive: percent(proactive.share), proactiveN: proactive.n, heldN: proactive.of }),
    ...(before?.proactive.share == null ? {} : { proactivePrev: percent(before.proactive.share) }),
    ...(satisfaction.mean === null ? {} : { score: satisfaction.mean, answers: satisfaction.n }),
    ...(before?.satisfaction.mean == null ? {} : { scorePrev: before.satisfaction.mean.toFixed(1) }),
    ...(coordination.acts === 0 ? {} : { hours: coordination.hoursPerWeek.toFixed(1) }),
    ...(declared?.hoursPerWeek == null ? {} : { hoursBase: String(declared.hoursPerWeek) }),
    ...(survey
      ? {
          willing: percent(survey.share),
          willingN: survey.willing,
          askedN: survey.answers.length,
          surveyMonth: periodWords(survey.month, language),
        }
      : {}),
    ...(topic ? { topic: topic.name, share: topic.share, count: topic.count } : {}),
    ...(waiting > 0 ? { decisions: language === "zh" ? `${waiting} 项` : String(waiting) } : {}),
  };
}
