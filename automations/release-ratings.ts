import { localDay } from "#domain/time.ts";
import { workdays } from "#server/services/calendar/workdays.ts";
import { forgetRaters } from "#server/services/ratings/forget-raters.ts";
import { releaseRatings } from "#server/services/ratings/release.ts";
import { remindToRate } from "#server/services/ratings/remind-to-rate.ts";
import { settleAllScores } from "#server/services/ratings/settle-scores.ts";
import { forgetAnswerers } from "#server/services/survey/forget-answerers.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** Once a workday what people said is shown, shuffled; every day the last traces of who said it are taken off. */
export const releaseOnWorkdays = defineAutomation({
  id: "rate.release",
  on: { cron: ({ settings }) => dailyAt(settings.releaseAt), missed: "latest" },
  async run(ctx) {
    const { settled } = await settleAllScores(ctx);
    const open = (await workdays(ctx)).is(localDay(ctx.now, ctx.workspace.timezone));
    const released = open ? await releaseRatings(ctx) : { batches: 0, answers: 0 };
    return { settled, ...released };
  },
});

/** The next workday, when fewer than the minimum have answered: once, to everybody who was asked. */
export const remindOfRating = defineAutomation({
  id: "rate.remind",
  on: { cron: ({ settings }) => dailyAt(settings.releaseAt), missed: "latest" },
  run: (ctx) => remindToRate(ctx),
});

/** Who has answered is forgotten a month after the answers closed. */
export const forgetWhoAnswered = defineAutomation({
  id: "answers.forget",
  on: { cron: "50 8 * * *", missed: "latest" },
  async run(ctx) {
    const ratings = await forgetRaters(ctx);
    const surveys = await forgetAnswerers(ctx);
    return { ratings: ratings.forgotten, surveys: surveys.forgotten };
  },
});
