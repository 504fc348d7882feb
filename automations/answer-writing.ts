import { answerWriting } from "#server/services/messages/answer-writing.ts";
import { defineAutomation } from "./define.ts";

/** A person writes to the bot. */
export const answerPeople = defineAutomation({
  id: "writing.answer",
  on: { event: ["im.message.receive_v1"] },
  async run(ctx, trigger) {
    if (trigger.on === "event") return answerWriting(ctx, trigger.event);
  },
});
