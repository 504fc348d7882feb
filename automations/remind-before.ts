import { remindBefore } from "#server/services/sessions/remind.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** Three workdays before a session the lecturer hears of it, with help at hand. */
export const remindThreeDaysBefore = defineAutomation({
  id: "remind.before",
  on: { cron: ({ settings }) => dailyAt(settings.remindAt) },
  run: (ctx) => remindBefore(ctx),
});
