import { askRecount, recount } from "#server/services/admin/recount.ts";
import { classifyDemand } from "#server/services/demand/classify.ts";
import { defineAutomation } from "./define.ts";

/** What learners ask for gets its topic as soon as it stands in the table. */
export const classifyDemands = defineAutomation({
  id: "demand.classify",
  on: { record: ["demands"] },
  async run(ctx, trigger) {
    if (trigger.on === "record") return classifyDemand(ctx, trigger.record);
  },
});

/** Numbers in the Base: at most every quarter of an hour, only where something changed; once a day in any case. */
export const countAllRecords = defineAutomation({
  id: "records.count",
  on: {
    record: ["sessions", "demands", "topics", "lecturers"],
    wake: true,
    cron: "35 8 * * *",
    missed: "latest",
  },
  async run(ctx, trigger) {
    if (trigger.on === "record") return askRecount(ctx);
    return recount(ctx);
  },
});
