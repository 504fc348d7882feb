import { z } from "zod";
import { smallText } from "#base/defaults/small-texts.ts";
import { cardAction } from "#domain/messages/actions.ts";
import { announce } from "#server/services/content/announce.ts";
import { submitContent, undoAnnouncement } from "#server/services/content/submit.ts";
import { talkOnly } from "#server/services/content/talk-only.ts";
import { defineAutomation } from "./define.ts";

/** Content appeared in a session's record, by whatever hand. */
export const submitSessionContent = defineAutomation({
  id: "content.submit",
  on: { record: ["sessions"], card: ["announce.undo", "material.none"] },
  async run(ctx, trigger) {
    if (trigger.on === "record") return submitContent(ctx, trigger.record);
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    const { language } = ctx.settings;
    if (action.act === "material.none")
      return talkOnly(ctx, { session: action.session, person: trigger.press.person });
    if (action.act !== "announce.undo") return;
    const undone =
      (await undoAnnouncement(ctx, { session: action.session, person: trigger.press.person })) === "undone";
    return {
      card: {
        template: "settled",
        data: { text: smallText(undone ? "announceUndone" : "announceGone", language) },
      },
    };
  },
});

const input = z.object({ session: z.string(), content: z.string() });

/** The quiet minutes are over. */
export const announceContent = defineAutomation({
  id: "content.announce",
  on: { wake: true },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return announce(ctx, input.parse(trigger.input));
  },
});
