import { cardAction, formFields } from "#domain/messages/actions.ts";
import { askAllToRate, askToRate } from "#server/services/ratings/ask-to-rate.ts";
import { giveComment } from "#server/services/ratings/give-comment.ts";
import { giveScore } from "#server/services/ratings/give-score.ts";
import { takeBackScore } from "#server/services/ratings/take-back-score.ts";
import { untraced } from "#server/services/sealed/untraced.ts";
import { defineAutomation } from "./define.ts";

/** A session has taken place: everybody who was there is asked, and answers without leaving a name. */
export const rateSession = defineAutomation({
  id: "rate.ask",
  on: {
    record: ["sessions"],
    cron: "50 8 * * *",
    missed: "latest",
    card: ["rate.score", "rate.comment", "rate.undo"],
  },
  async run(ctx, trigger) {
    if (trigger.on === "record") return askToRate(ctx, trigger.record);
    if (trigger.on === "cron") return askAllToRate(ctx);
    if (trigger.on !== "card") return;
    const { value, form, person } = trigger.press;
    // Already the reading of the press may fail, and its error would hold the answer.
    return untraced(async () => {
      const action = cardAction.parse(value);
      if (action.act === "rate.score")
        return giveScore(ctx, { session: action.session, person, score: action.score });
      if (action.act === "rate.undo") return takeBackScore(ctx, { session: action.session, person });
      if (action.act !== "rate.comment") return;
      const typed = form[formFields.comment];
      return giveComment(ctx, {
        session: action.session,
        person,
        comment: typeof typed === "string" ? typed : "",
      });
    });
  },
});
