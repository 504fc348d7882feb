import { remindDayOf } from "#server/services/sessions/remind.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** The day of the session, in the learners' chats. */
export const remindInTheMorning = defineAutomation({
  id: "day-of.morning",
  on: { cron: ({ settings }) => dailyAt(settings.dayOfAt) },
  run: (ctx) => remindDayOf(ctx, "morning"),
});

/** A session that starts before the morning's reminder is told of the workday before. */
export const remindOnTheEve = defineAutomation({
  id: "day-of.eve",
  on: { cron: ({ settings }) => dailyAt(settings.dayOfEveAt) },
  run: (ctx) => remindDayOf(ctx, "eve"),
});
