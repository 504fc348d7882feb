import { loseChat, regainChat, settleLostChats } from "#server/services/chats/lost.ts";
import { defineAutomation } from "./define.ts";

/** Chats are dissolved, bots are put out and taken in again. */
export const followChats = defineAutomation({
  id: "chats.follow",
  on: {
    event: ["im.chat.disbanded_v1", "im.chat.member.bot.deleted_v1", "im.chat.member.bot.added_v1"],
    record: ["groups"],
  },
  async run(ctx, trigger) {
    if (trigger.on === "record") return settleLostChats(ctx);
    if (trigger.on !== "event") return;
    if (trigger.type === "im.chat.member.bot.added_v1") return regainChat(ctx, trigger.event);
    return loseChat(ctx, trigger.event, trigger.type === "im.chat.disbanded_v1" ? "disbanded" : "bot-out");
  },
});
