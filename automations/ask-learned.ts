import { cardAction } from "#domain/messages/actions.ts";
import { answerLearned, askLearned } from "#server/services/outcome/ask-learned.ts";
import { defineAutomation } from "./define.ts";

/** 30 days later: have you used it? Off until switched on. */
export const askWhatWasUsed = defineAutomation({
  id: "learned.ask",
  on: { cron: "30 10 * * *", card: ["learned.used", "learned.not-yet", "learned.no"] },
  async run(ctx, trigger) {
    if (trigger.on === "cron") return askLearned(ctx);
    if (trigger.on !== "card") return;
    const { person, value } = trigger.press;
    const action = cardAction.parse(value);
    if (action.act === "learned.used")
      return answerLearned(ctx, { session: action.session, person, answer: "used" });
    if (action.act === "learned.not-yet")
      return answerLearned(ctx, { session: action.session, person, answer: "not-yet" });
    if (action.act === "learned.no")
      return answerLearned(ctx, { session: action.session, person, answer: "no" });
  },
});
