import { recheckDays } from "#server/services/schedule/recheck-days.ts";
import { defineAutomation } from "./define.ts";

/** Every Monday before planning, and when the company's days change: do the dates of what is planned still hold? */
export const recheckDates = defineAutomation({
  id: "schedule.recheck",
  on: { cron: "50 8 * * 1", missed: "latest", record: ["companyDays"] },
  run: (ctx) => recheckDays(ctx),
});
