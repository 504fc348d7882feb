import { z } from "zod";
import { cardAction } from "#domain/messages/actions.ts";
import { checkIn } from "#server/services/attendance/check-in.ts";
import { askWhetherHeld, endSession, openCheckIn } from "#server/services/sessions/day.ts";
import { decideHeld } from "#server/services/sessions/decide-held.ts";
import { defineAutomation } from "./define.ts";

const input = z.object({ session: z.string(), start: z.number() });

/** A quarter of an hour before: the card in the chat becomes the check-in. */
export const openSessionCheckIn = defineAutomation({
  id: "day.check-in",
  on: { wake: true, card: ["check-in"] },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return openCheckIn(ctx, input.parse(trigger.input));
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "check-in")
      return checkIn(ctx, { session: action.session, person: trigger.press.person, source: "card" });
  },
});

/** The end has passed: held, if anyone checked in. */
export const endHeldSession = defineAutomation({
  id: "day.ended",
  on: { wake: true },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return endSession(ctx, input.parse(trigger.input));
  },
});

/** Nobody checked in: a human says whether it took place. */
export const decideUndecided = defineAutomation({
  id: "day.undecided",
  on: { wake: true, card: ["delivered.yes", "delivered.no"] },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return askWhetherHeld(ctx, input.parse(trigger.input));
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "delivered.yes" || action.act === "delivered.no")
      return decideHeld(ctx, {
        session: action.session,
        person: trigger.press.person,
        held: action.act === "delivered.yes",
      });
  },
});
