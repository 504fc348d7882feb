import { askForContent } from "#server/services/sessions/remind.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** One workday before, once, when nothing is uploaded yet. */
export const askForMissingContent = defineAutomation({
  id: "content.missing",
  on: { cron: ({ settings }) => dailyAt(settings.contentMissingAt) },
  run: (ctx) => askForContent(ctx),
});
