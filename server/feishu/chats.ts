import { z } from "zod";
import type { Client } from "./client.ts";
import { collect } from "./paging.ts";
import { list, numeric, optional, text } from "./parts.ts";

export interface Chat {
  chatId: string;
  name: string;
  description?: string;
  ownerId?: string;
  external?: boolean;
  chatStatus?: string;
  userCount?: number;
}

export interface ChatMember {
  openId: string;
  name: string;
}

/** Group chats the bot is in; private chats are never listed (facts.md §7.5). */
export interface Chats {
  list(): Promise<Chat[]>;
  get(chatId: string): Promise<Chat>;
  /** People only: Feishu leaves bots out. Needs the bot in the chat. */
  members(chatId: string): Promise<ChatMember[]>;
  /** Whether the bot itself is in the chat. */
  isInChat(chatId: string): Promise<boolean>;
}

const PAGE = 100;
const byOpenId = { user_id_type: "open_id" };

const detail = z.object({
  name: text,
  description: text,
  owner_id: text,
  external: optional(z.boolean()),
  chat_status: text,
  user_count: optional(numeric),
});

function chatOf(chatId: string, raw: z.infer<typeof detail>): Chat {
  return {
    chatId,
    name: raw.name ?? "",
    description: raw.description,
    ownerId: raw.owner_id,
    external: raw.external,
    chatStatus: raw.chat_status,
    userCount: raw.user_count,
  };
}

const item = detail.extend({ chat_id: z.string() }).transform((raw) => chatOf(raw.chat_id, raw));
const member = z
  .object({ member_id: z.string(), name: text })
  .transform((raw): ChatMember => ({ openId: raw.member_id, name: raw.name ?? "" }));

export function createChats(client: Client): Chats {
  return {
    list() {
      const query = { ...byOpenId, page_size: PAGE };
      return collect(client, "chats.list", { query }, z.object({ items: list(item) }), (page) => page.items);
    },
    async get(chatId) {
      const request = { path: { chat_id: chatId }, query: byOpenId };
      return chatOf(chatId, await client.call("chats.get", request, detail));
    },
    members(chatId) {
      const query = { member_id_type: "open_id", page_size: PAGE };
      const request = { path: { chat_id: chatId }, query };
      return collect(
        client,
        "chats.members",
        request,
        z.object({ items: list(member) }),
        (page) => page.items,
      );
    },
    async isInChat(chatId) {
      const reply = z.object({ is_in_chat: optional(z.boolean()) });
      return (await client.call("chats.isInChat", { path: { chat_id: chatId } }, reply)).is_in_chat ?? false;
    },
  };
}
