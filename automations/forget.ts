import { forgetRuns } from "#server/services/keeping/forget.ts";
import { forgetNames } from "#server/services/keeping/forget-names.ts";
import { defineAutomation } from "./define.ts";

/** The queue keeps what may be asked for again, and no more. */
export const forgetFinishedRuns = defineAutomation({
  id: "queue.forget",
  on: { cron: "30 3 * * *", missed: "latest" },
  run: (ctx) => forgetRuns(ctx),
});

/** Names and words are kept as long as the settings say. */
export const forgetOldNames = defineAutomation({
  id: "names.forget",
  on: { cron: "40 3 * * *", missed: "latest" },
  run: (ctx) => forgetNames(ctx),
});
