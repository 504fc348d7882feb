import { reportToManagers } from "#server/services/outcome/report-managers.ts";
import { reportMonth } from "#server/services/outcome/report-month.ts";
import { defineAutomation } from "./define.ts";

/** The first workday at ten: the month before in figures. */
export const reportFigures = defineAutomation({
  id: "figures.report",
  on: { cron: "0 10 * * *" },
  async run(ctx, trigger) {
    if (trigger.on === "cron")
      return { ...(await reportMonth(ctx, trigger.slot)), ...(await reportToManagers(ctx, trigger.slot)) };
  },
});
