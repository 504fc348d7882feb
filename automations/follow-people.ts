import { z } from "zod";
import { forgetLeave, rememberLeave } from "#server/services/calendar/leave.ts";
import { noteStanding, noteStandingOfProfile } from "#server/services/fairness/note-standing.ts";
import { followDirectory, personOfEvent } from "#server/services/people/follow-directory.ts";
import { leaveCompany } from "#server/services/people/leave-company.ts";
import { handOverAbsence, meetAbsence, meetOwnAbsence } from "#server/services/sessions/meet-absence.ts";
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

const leave = z.looseObject({
  open_id: z.string(),
  instance_code: z.string(),
  leave_start_time: z.string(),
  leave_end_time: z.string(),
});
const revoked = z.looseObject({ instance_code: z.string() });

/**
 * Leave was approved or taken back: at once by its event, and on Mondays, because leave becomes visible to a query only a month
 * ahead (decisions.md 14).
 */
export const followLeave = defineAutomation({
  id: "leave.follow",
  on: {
    event: ["leave_approval", "leave_approvalV2", "leave_approval_revert"],
    cron: "40 8 * * 1",
    missed: "latest",
  },
  async run(ctx, trigger) {
    if (trigger.on === "cron") return meetAbsence(ctx);
    if (trigger.on !== "event") return;
    if (trigger.type === "leave_approval_revert")
      return forgetLeave(ctx, revoked.parse(trigger.event).instance_code);
    const event = leave.parse(trigger.event);
    await rememberLeave(ctx, {
      instance: event.instance_code,
      person: event.open_id,
      start: event.leave_start_time,
      end: event.leave_end_time,
    });
    return meetAbsence(ctx, event.open_id);
  },
});

const unanswered = z.object({ session: z.string(), lecturer: z.string(), start: z.number() });

/** A lecturer's record changed: what fairness must remember, and dates they keep free. */
export const followStanding = defineAutomation({
  id: "lecturer.follow",
  on: { record: ["lecturers", "profiles"] },
  async run(ctx, trigger) {
    if (trigger.on !== "record") return;
    if (trigger.table === "profiles") return noteStandingOfProfile(ctx, trigger.record);
    return { ...(await noteStanding(ctx, trigger.record)), ...(await meetOwnAbsence(ctx, trigger.record)) };
  },
});

/** Nobody chose another date for a session whose lecturer is away. */
export const handOverAbsences = defineAutomation({
  id: "absence.unanswered",
  on: { wake: true },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return handOverAbsence(ctx, unanswered.parse(trigger.input));
  },
});
