import { z } from "zod";
import { smallText } from "#base/defaults/small-texts.ts";
import { cardAction } from "#domain/messages/actions.ts";
import { announce } from "#server/services/content/announce.ts";
import { reviewContent } from "#server/services/content/review.ts";
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

const input = z.object({ session: z.string(), content: z.string(), reviewed: z.boolean().optional() });

/** The quiet minutes are over. */
export const announceContent = defineAutomation({
  id: "content.announce",
  on: { wake: true, card: ["announce.approve", "announce.hold"] },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return announce(ctx, input.parse(trigger.input));
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    if (action.act !== "announce.approve" && action.act !== "announce.hold") return;
    const { session } = action;
    return reviewContent(ctx, {
      session,
      person: trigger.press.person,
      approve: action.act === "announce.approve",
    });
  },
});
