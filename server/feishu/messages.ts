import type { Once } from "./once.ts";

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
  get(messageId: string): Promise<Message | null>;
  /** All messages of a chat in a window (ms), oldest first unless asked otherwise: the look-up after an unknown outcome. */
  list(chatId: string, window?: { from?: number; to?: number; newestFirst?: boolean }): Promise<Message[]>;
  /** A message already recalled is no error. */
  recall(messageId: string): Promise<void>;
}
