import { forgetRuns } from "#server/services/keeping/forget.ts";
import { defineAutomation } from "./define.ts";

/** The queue keeps what may be asked for again, and no more. */
export const forgetFinishedRuns = defineAutomation({
  id: "queue.forget",
  on: { cron: "30 3 * * *", missed: "latest" },
  run: (ctx) => forgetRuns(ctx),
});
