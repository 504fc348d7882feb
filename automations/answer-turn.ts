import { z } from "zod";
import { cardAction } from "#domain/messages/actions.ts";
import { acceptTurn } from "#server/services/turns/answer.ts";
import { declineTurn } from "#server/services/turns/decline.ts";
import { moveTurn, offerDates } from "#server/services/turns/move.ts";
import { pickTopic } from "#server/services/turns/pick-topic.ts";
import { searchSubstitute } from "#server/services/turns/substitute.ts";
import { answerSwap, chooseSwap, endSwap, proposeSwap } from "#server/services/turns/swap.ts";
import { defineAutomation } from "./define.ts";

const ended = z.object({ swap: z.string(), askedAt: z.number() });

/** Two colleagues change places: one asks, the other agrees or keeps things as they are. */
export const swapTurns = defineAutomation({
  id: "turn.swap",
  on: { card: ["swap.choose", "swap.propose", "swap.agree", "swap.keep"], wake: true },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return endSwap(ctx, ended.parse(trigger.input));
    if (trigger.on !== "card") return;
    const { person } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    switch (action.act) {
      case "swap.choose":
        return chooseSwap(ctx, { session: action.session, person });
      case "swap.propose":
        return proposeSwap(ctx, { session: action.session, with: action.with, person });
      case "swap.agree":
        return answerSwap(ctx, { swap: action.swap, person, agree: true });
      case "swap.keep":
        return answerSwap(ctx, { swap: action.swap, person, agree: false });
      default:
        throw new Error(`turn.swap got ${action.act}`);
    }
  },
});

/** The lecturer answers the invitation. */
export const answerTurn = defineAutomation({
  id: "turn.answer",
  on: {
    card: [
      "invite.accept",
      "invite.dates",
      "invite.pick-date",
      "invite.decline",
      "topic.pick",
      "substitute.search",
    ],
  },
  async run(ctx, trigger) {
    if (trigger.on !== "card") return;
    const { person } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    switch (action.act) {
      case "invite.accept":
        return acceptTurn(ctx, { session: action.session, person });
      case "invite.dates":
        return offerDates(ctx, { session: action.session, person });
      case "invite.pick-date":
        return moveTurn(ctx, { session: action.session, person, start: action.start });
      case "invite.decline":
        return declineTurn(ctx, { session: action.session, person, reason: action.reason });
      case "topic.pick":
        return pickTopic(ctx, { session: action.session, person, topic: action.topic });
      case "substitute.search":
        return searchSubstitute(ctx, { session: action.session, person });
      default:
        throw new Error(`turn.answer got ${action.act}`);
    }
  },
});
