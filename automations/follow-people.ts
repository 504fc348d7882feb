import { z } from "zod";
import { followDirectory, personOfEvent } from "#server/services/people/follow-directory.ts";
import { leaveCompany } from "#server/services/people/leave-company.ts";
import { meetLeave } from "#server/services/sessions/meet-leave.ts";
import { defineAutomation } from "./define.ts";

/** People leave the company, or get another manager. */
export const followPeople = defineAutomation({
  id: "people.follow",
  on: { event: ["contact.user.deleted_v3", "contact.user.updated_v3"] },
  async run(ctx, trigger) {
    if (trigger.on !== "event") return;
    const person = personOfEvent(trigger.event);
    return trigger.type === "contact.user.deleted_v3"
      ? leaveCompany(ctx, person)
      : followDirectory(ctx, person);
  },
});

const leave = z.looseObject({ open_id: z.string().optional() });

/** Leave was approved: at once by its event, and on Mondays, because leave becomes visible only a month ahead (decisions.md 14). */
export const followLeave = defineAutomation({
  id: "leave.follow",
  on: { event: ["leave_approval", "leave_approvalV2"], cron: "40 8 * * 1", missed: "latest" },
  async run(ctx, trigger) {
    if (trigger.on === "cron") return meetLeave(ctx);
    if (trigger.on === "event") return meetLeave(ctx, leave.parse(trigger.event).open_id);
  },
});
