/** A person's Messenger: the chats they are in, and what was said there. */
import type { Context, Hono } from "hono";
import { nameOf } from "../api/directory.ts";
import { parseCard } from "../api/cards/simple.ts";
import { viewCard } from "../api/cards/view.ts";
import { type Chat, im, type Message } from "../api/im/state.ts";
import type { Kernel } from "../kernel.ts";
import { LeverError } from "../lever-input.ts";
import { contentFor, inboxEntry } from "./inbox-entry.ts";
import { chatsOf } from "./inbox.ts";
import { personOf } from "./org.ts";

const PAGE = 40;
const MOST = 200;

/** The chat, if the person may read it. */
function chatOf(kernel: Kernel, c: Context): { chat: Chat; openId: string } {
  const openId = personOf(kernel, c.req.param("id") ?? "").open_id;
  const chat = im(kernel.state).chats[c.req.param("chat") ?? ""];
  if (!chat?.people.includes(openId))
    throw new LeverError(`${openId} is not in the chat ${c.req.param("chat")}`);
  return { chat, openId };
}

function lastOf(kernel: Kernel, chat: Chat): Message | undefined {
  return im(kernel.state).messages[chat.messages.at(-1) ?? ""];
}

/** One line of a message, as a list of chats shows it. */
function line(kernel: Kernel, message: Message, openId: string): string {
  if (message.type === "interactive" && !message.deleted) {
    const card = parseCard(contentFor(message, openId)) ?? {};
    const view = viewCard(card, (id) => nameOf(kernel, id));
    return view.title ?? view.texts[0] ?? "";
  }
  const { texts } = inboxEntry(kernel, message, openId);
  return Array.isArray(texts) ? texts.join(" ") : "";
}

function summary(kernel: Kernel, chat: Chat, openId: string) {
  const last = lastOf(kernel, chat);
  const bots = chat.bots.flatMap((id) => kernel.apps[id]?.name ?? []);
  return {
    chat_id: chat.id,
    mode: chat.mode,
    name: chat.mode === "p2p" ? (bots[0] ?? chat.name) : chat.name,
    members: chat.people.length,
    bots,
    dissolved: chat.dissolved,
    /** Messages of others so far: a client keeps how many of them it has shown. */
    heard: chat.messages.filter((id) => im(kernel.state).messages[id]?.sender.id !== openId).length,
    last: last ? { at: last.created, text: line(kernel, last, openId), sender: sender(kernel, last) } : null,
  };
}

const sender = (kernel: Kernel, { sender: { kind, id } }: Message): string =>
  kind === "app" ? (kernel.apps[id]?.name ?? id) : nameOf(kernel, id);

/** An inbox entry, with who said it and whom it mentions. */
function entry(kernel: Kernel, message: Message, openId: string) {
  return {
    ...inboxEntry(kernel, message, openId),
    sender_name: sender(kernel, message),
    mentions: message.mentions.map(({ key, name }) => ({ key, name })),
  };
}

function page(kernel: Kernel, chat: Chat, openId: string, before: string, limit: number) {
  const end = before === "" ? chat.messages.length : Math.max(0, chat.messages.indexOf(before));
  const from = Math.max(0, end - Math.min(MOST, limit > 0 ? limit : PAGE));
  const ids = chat.messages.slice(from, end);
  return {
    more: from > 0,
    messages: ids.flatMap((id) => {
      const message = im(kernel.state).messages[id];
      return message ? [entry(kernel, message, openId)] : [];
    }),
  };
}

export function personChatLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/people/:id/chats", (c) => {
    const openId = personOf(kernel, c.req.param("id")).open_id;
    const chats = chatsOf(kernel, openId, true).map((chat) => summary(kernel, chat, openId));
    return c.json({ chats: chats.toSorted((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0)) });
  });
  app.get("/sandbox/people/:id/chats/:chat/messages", (c) => {
    const { chat, openId } = chatOf(kernel, c);
    return c.json(page(kernel, chat, openId, c.req.query("before") ?? "", Number(c.req.query("limit") ?? 0)));
  });
  app.get("/sandbox/people/:id/chats/:chat/files/:key", (c) => {
    const { chat } = chatOf(kernel, c);
    const key = c.req.param("key");
    const stored = im(kernel.state).images[key] ?? im(kernel.state).files[key];
    const said = chat.messages.some((id) => im(kernel.state).messages[id]?.content.includes(key));
    if (!stored || !said) return c.json({ error: `no message of this chat has the file ${key}` }, 404);
    const bytes = new Uint8Array(Buffer.from(stored.bytes, "base64"));
    return c.body(bytes, 200, {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
    });
  });
}
