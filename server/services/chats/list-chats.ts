import type { Ctx } from "../../context.ts";
import type { Chat } from "../../feishu/gateway.ts";
import { isMember } from "../people/roles.ts";

export interface ChatChoice {
  id: string;
  name: string;
  /** People in it; null where Feishu does not say. */
  people: number | null;
}

/**
 * Chats a programme may use: those the bot is in, and of these only the ones the person is in too. One deployment serves many
 * Bases, so that the names of other people's chats are nobody's business.
 */
export async function listChats(ctx: Ctx, person: string): Promise<ChatChoice[]> {
  const mine: Chat[] = [];
  for (const chat of await ctx.feishu.chats.list())
    if (await isMember(ctx, person, chat.chatId)) mine.push(chat);
  return mine
    .map(({ chatId, name, userCount }) => ({ id: chatId, name: name || chatId, people: userCount ?? null }))
    .sort((a, b) => a.name.localeCompare(b.name, "zh"));
}
