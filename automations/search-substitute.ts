import { z } from "zod";
import { cardAction } from "#domain/messages/actions.ts";
import { acceptSubstitution, askNext, declineSubstitution } from "#server/services/turns/substitute.ts";
import { defineAutomation } from "./define.ts";

const input = z.object({ session: z.string(), start: z.number() });

/** Colleagues are asked to step in, the fairest first, until one says yes or nobody is left. */
export const searchSubstitutes = defineAutomation({
  id: "substitute.search",
  on: { record: ["sessions"], wake: true, card: ["substitute.accept", "substitute.decline"] },
  async run(ctx, trigger) {
    if (trigger.on === "record") return askNext(ctx, { session: trigger.record });
    if (trigger.on === "wake") return askNext(ctx, input.parse(trigger.input));
    if (trigger.on !== "card") return;
    const { person } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "substitute.accept")
      return acceptSubstitution(ctx, { session: action.session, person });
    if (action.act === "substitute.decline")
      return declineSubstitution(ctx, { session: action.session, person });
  },
});
