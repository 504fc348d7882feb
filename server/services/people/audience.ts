import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { chatsOf } from "../sessions/facts.ts";
import { membersOf } from "./roles.ts";

/** Who listens: the learners' chats by name, and how many people sit in them, counted once each. */
export interface Audience {
  chats: string[];
  people: number;
}

/** The audience of a group; a chat that the bot cannot look into is left out. */
export async function audienceOf(ctx: Ctx, group: Rec<"groups"> | null): Promise<Audience> {
  const everyone = new Set<string>();
  const chats: string[] = [];
  for (const chat of chatsOf(group).learners) {
    const members = await membersOf(ctx, chat);
    if (members.length === 0) continue;
    for (const { openId } of members) everyone.add(openId);
    chats.push((await ctx.feishu.chats.get(chat)).name);
  }
  return { chats, people: everyone.size };
}
