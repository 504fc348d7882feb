import { cardAction } from "#domain/messages/actions.ts";
import { dismissOffer, makeOffers, takeOffer } from "#server/services/incentive/offer.ts";
import { defineAutomation } from "./define.ts";

/** A reward within reach, at most once a quarter. Off until switched on. */
export const offerRewards = defineAutomation({
  id: "offer.make",
  on: { cron: "0 11 * * 1", missed: "latest", card: ["offer.volunteer", "offer.other", "offer.dismiss"] },
  async run(ctx, trigger) {
    if (trigger.on === "cron") return makeOffers(ctx);
    if (trigger.on !== "card") return;
    const { person, value } = trigger.press;
    const action = cardAction.parse(value);
    if (action.act === "offer.volunteer") return takeOffer(ctx, { offer: action.offer, person });
    if (action.act === "offer.other" || action.act === "offer.dismiss")
      return dismissOffer(ctx, { offer: action.offer, person, other: action.act === "offer.other" });
  },
});
