import { cardAction } from "#domain/messages/actions.ts";
import { closeDue } from "#server/services/incentive/close.ts";
import { correctClosed } from "#server/services/incentive/correct-closed.ts";
import { decideAward } from "#server/services/incentive/decide-award.ts";
import { expireAwards, followAwardRecord } from "#server/services/incentive/follow-awards.ts";
import { readRule } from "#server/services/incentive/rules.ts";
import { answerAward } from "#server/services/incentive/share-award.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** The third workday: the month before becomes ledger entries and suggested awards, the workday before the admin sees them. */
export const closePeriods = defineAutomation({
  id: "incentive.close",
  on: { cron: ({ settings }) => dailyAt(settings.closeAt) },
  async run(ctx, trigger) {
    if (trigger.on === "cron")
      return { ...(await closeDue(ctx, trigger.slot)), ...(await expireAwards(ctx)) };
  },
});

/** A session of a closed month changed: entries are set right by entries. */
export const correctPeriods = defineAutomation({
  id: "incentive.correct",
  on: { record: ["sessions"] },
  async run(ctx, trigger) {
    if (trigger.on === "record") return correctClosed(ctx, trigger.record);
  },
});

/** A human confirms, the lecturer says who may know. */
export const decideAwards = defineAutomation({
  id: "award.decide",
  on: { card: ["award.approve", "award.refuse", "award.share", "award.private"], record: ["awards"] },
  async run(ctx, trigger) {
    if (trigger.on === "record") return followAwardRecord(ctx, trigger.record);
    if (trigger.on !== "card") return;
    const { person } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "award.approve" || action.act === "award.refuse")
      return decideAward(ctx, { award: action.award, person, approve: action.act === "award.approve" });
    if (action.act === "award.share" || action.act === "award.private")
      return answerAward(ctx, { award: action.award, person, share: action.act === "award.share" });
  },
});

/** Rules are written in the Base: read, checked, and in force from the next month. */
export const readRules = defineAutomation({
  id: "rules.read",
  on: { record: ["rules"] },
  async run(ctx, trigger) {
    if (trigger.on === "record") return readRule(ctx, trigger.record);
  },
});
