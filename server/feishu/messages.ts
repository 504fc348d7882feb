import { z } from "zod";
import { NotFoundError } from "../errors.ts";
import type { Client } from "./client.ts";
import type { Once } from "./once.ts";
import { collect } from "./paging.ts";
import { anything, list, numeric, optional, text } from "./parts.ts";
import { uuidFor } from "./tokens.ts";

export type Receiver = { openId: string } | { chatId: string };

/** `content` as Feishu documents it per type, as an object: the gateway makes the JSON text of it. */
export interface OutgoingMessage {
  msgType: "interactive" | "text" | "post";
  content: Record<string, unknown>;
}

export interface Message {
  messageId: string;
  /** Also the private chat's id, when sent to a person: remember it, the look-up needs it. */
  chatId: string;
  msgType: string;
  /** ms since 1970. */
  createTime: number;
  deleted: boolean;
  updated: boolean;
  senderId?: string;
  senderType?: string;
  /** JSON text; empty where Feishu leaves it out. */
  content: string;
}

/** Single messages by the bot. */
export interface Messages {
  /** Within an hour of `once.since` the same key sends at most one message. */
  send(to: Receiver, message: OutgoingMessage, once: Once): Promise<Message>;
  reply(messageId: string, message: OutgoingMessage, once: Once): Promise<Message>;
  /** Cards of our own only, at most 14 days old. */
  patchCard(messageId: string, card: Record<string, unknown>): Promise<void>;
  /** null when it does not exist or was recalled. */
  get(messageId: string): Promise<Message | null>;
  /** All messages of a chat in a window (ms), oldest first unless asked otherwise: the look-up after an unknown outcome. */
  list(chatId: string, window?: { from?: number; to?: number; newestFirst?: boolean }): Promise<Message[]>;
  /** A message already recalled is no error. */
  recall(messageId: string): Promise<void>;
}

const PAGE = 50;

const message = z
  .object({
    message_id: z.string(),
    chat_id: text,
    msg_type: text,
    create_time: optional(numeric),
    deleted: optional(z.boolean()),
    updated: optional(z.boolean()),
    sender: z.object({ id: text, sender_type: text }).nullish(),
    body: z.object({ content: text }).nullish(),
  })
  .transform((raw): Message => ({
    messageId: raw.message_id,
    chatId: raw.chat_id ?? "",
    msgType: raw.msg_type ?? "",
    createTime: raw.create_time ?? 0,
    deleted: raw.deleted ?? false,
    updated: raw.updated ?? false,
    senderId: raw.sender?.id,
    senderType: raw.sender?.sender_type,
    content: raw.body?.content ?? "",
  }));

function bodyOf({ msgType, content }: OutgoingMessage, once: Once): Record<string, unknown> {
  return { msg_type: msgType, content: JSON.stringify(content), uuid: uuidFor(once.key) };
}

const seconds = (ms: number | undefined, round: (value: number) => number): string | undefined =>
  ms === undefined ? undefined : String(round(ms / 1000));

export function createMessages(client: Client): Messages {
  return {
    send(to, outgoing, once) {
      const [type, id] = "openId" in to ? ["open_id", to.openId] : ["chat_id", to.chatId];
      const body = { receive_id: id, ...bodyOf(outgoing, once) };
      const request = { query: { receive_id_type: type }, body, since: once.since };
      return client.call("messages.send", request, message);
    },
    reply(messageId, outgoing, once) {
      const path = { message_id: messageId };
      const request = { path, body: bodyOf(outgoing, once), since: once.since };
      return client.call("messages.reply", request, message);
    },
    async patchCard(messageId, card) {
      const request = { path: { message_id: messageId }, body: { content: JSON.stringify(card) } };
      await client.call("messages.patch", request, anything);
    },
    async get(messageId) {
      const request = { path: { message_id: messageId }, query: { user_id_type: "open_id" } };
      try {
        const reply = await client.call("messages.get", request, z.object({ items: list(message) }));
        return reply.items[0] ?? null;
      } catch (error) {
        if (error instanceof NotFoundError) return null;
        throw error;
      }
    },
    list(chatId, window = {}) {
      const query = {
        container_id_type: "chat",
        container_id: chatId,
        start_time: seconds(window.from, Math.floor),
        end_time: seconds(window.to, Math.ceil),
        sort_type: window.newestFirst ? "ByCreateTimeDesc" : "ByCreateTimeAsc",
        page_size: PAGE,
      };
      const shape = z.object({ items: list(message) });
      return collect(client, "messages.list", { query }, shape, (page) => page.items);
    },
    async recall(messageId) {
      try {
        await client.call("messages.recall", { path: { message_id: messageId } }, anything);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    },
  };
}
