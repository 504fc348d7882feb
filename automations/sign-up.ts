import { cardAction } from "#domain/messages/actions.ts";
import { signUp } from "#server/services/attendance/sign-up.ts";
import { defineAutomation } from "./define.ts";

/** A learner puts a session into the own calendar, or cannot come. */
export const signUpForSession = defineAutomation({
  id: "session.sign-up",
  on: { card: ["calendar.add", "attend.cannot"] },
  async run(ctx, trigger) {
    if (trigger.on !== "card") return;
    const { person } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    if (action.act !== "calendar.add" && action.act !== "attend.cannot") return;
    return signUp(ctx, { session: action.session, person, coming: action.act === "calendar.add" });
  },
});
