import { sweep } from "#server/services/records/sweep.ts";
import { defineAutomation } from "./define.ts";

/** Events may be lost: every ten minutes one call a Base tells which tables moved. */
export const sweepBase = defineAutomation({
  id: "base.sweep",
  on: { cron: "*/10 * * * *", missed: "latest" },
  run: (ctx) => sweep(ctx),
});
