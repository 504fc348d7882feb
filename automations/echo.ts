import { cardAction, formFields } from "#domain/messages/actions.ts";
import { replyThanks } from "#server/services/echo/reply-thanks.ts";
import { sayThanks, writeThanks } from "#server/services/echo/say-thanks.ts";
import { sendEchoes } from "#server/services/echo/send-echoes.ts";
import { thankAll } from "#server/services/echo/thank-all.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** What came back, to the lecturer, the workday after; listed behind the release, so that it knows what was just shown. */
export const sendEchoOnWorkdays = defineAutomation({
  id: "echo.send",
  on: { cron: ({ settings }) => dailyAt(settings.releaseAt), missed: "latest", card: ["echo.thank"] },
  async run(ctx, trigger) {
    if (trigger.on === "cron") return sendEchoes(ctx);
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "echo.thank")
      return thankAll(ctx, { session: action.session, person: trigger.press.person });
  },
});

/** Signed thanks and the answer to them. */
export const passOnThanks = defineAutomation({
  id: "thanks",
  on: { card: ["thanks.write", "thanks.say", "thanks.reply"] },
  async run(ctx, trigger) {
    if (trigger.on !== "card") return;
    const { person, form } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    const typed = (name: string) => (typeof form[name] === "string" ? form[name] : "");
    if (action.act === "thanks.write") return writeThanks(ctx, { session: action.session, person });
    if (action.act === "thanks.say")
      return sayThanks(ctx, { session: action.session, person, text: typed(formFields.thanks) });
    if (action.act === "thanks.reply")
      return replyThanks(ctx, {
        session: action.session,
        thanks: action.thanks,
        person,
        text: typed(formFields.comment),
      });
  },
});
