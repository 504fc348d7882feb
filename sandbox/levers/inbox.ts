/** What people find in Feishu and what they write there. Reading an inbox costs its new messages only. */
import type { Hono } from "hono";
import { z } from "zod";
import { directChat } from "../api/im/chats.ts";
import { type Chat, changedSince, im, type Mention, type Message } from "../api/im/state.ts";
import { post } from "../api/im/send.ts";
import { userIds } from "../api/directory.ts";
import type { App, Kernel } from "../kernel.ts";
import { input, LeverError } from "../lever-input.ts";
import { inboxEntry } from "./inbox-entry.ts";
import { personOf } from "./org.ts";

/** Direct chats with bots, and with `groups` every chat the person is in. */
export function chatsOf(kernel: Kernel, openId: string, groups: boolean): Chat[] {
  const all = im(kernel.state);
  const direct = Object.keys(kernel.apps).flatMap(
    (appId) => all.chats[all.direct[`${appId}|${openId}`] ?? ""] ?? [],
  );
  return groups ? [...direct, ...(all.groupsOf[openId] ?? []).flatMap((id) => all.chats[id] ?? [])] : direct;
}

const saySchema = z.strictObject({
  text: z.string().min(1).optional(),
  chat_id: z.string().optional(),
  app_id: z.string().optional(),
  /** Mention the bot; also when the text has `@` and its name. */
  mention: z.boolean().default(false),
  reply_to: z.string().optional(),
  /** Another kind of message, its content as an object. */
  msg_type: z.string().optional(),
  content: z.record(z.string(), z.unknown()).optional(),
});
type Said = z.infer<typeof saySchema>;

function appFor(kernel: Kernel, id: string | undefined): App {
  const app = id === undefined ? Object.values(kernel.apps)[0] : kernel.apps[id];
  if (!app) throw new LeverError(`no app ${id ?? ""} is registered: POST /sandbox/apps`);
  return app;
}

/** A person writes to a bot or into a chat; the bots that may know are told with `im.message.receive_v1`. */
function say(kernel: Kernel, openId: string, said: Said): Message {
  const app = appFor(kernel, said.app_id);
  const chat =
    said.chat_id === undefined ? directChat(kernel, app.appId, openId) : im(kernel.state).chats[said.chat_id];
  if (!chat || chat.dissolved || !chat.people.includes(openId))
    throw new LeverError(`${openId} is not in a living chat ${said.chat_id ?? ""}`);
  const { content, mentions } = contentOf(kernel, chat, said);
  const parent = said.reply_to === undefined ? undefined : im(kernel.state).messages[said.reply_to];
  const links = parent ? { parent: parent.id, root: parent.root ?? parent.id } : {};
  const message = post(kernel, chat, {
    type: said.msg_type ?? "text",
    content,
    mentions,
    sender: { kind: "user", id: openId },
    ...links,
  });
  for (const id of chat.bots) tell(kernel, chat, message, id);
  return message;
}

function contentOf(kernel: Kernel, chat: Chat, said: Said): { content: string; mentions: Mention[] } {
  if (said.content) return { content: JSON.stringify(said.content), mentions: [] };
  const mentions: Mention[] = [];
  let text = said.text ?? "";
  for (const id of chat.mode === "group" ? chat.bots : []) {
    const app = kernel.apps[id];
    if (!app || !(said.mention || text.includes(`@${app.name}`))) continue;
    const key = `@_user_${mentions.length + 1}`;
    mentions.push({ key, id: app.botOpenId, id_type: "open_id", name: app.name });
    text = text.includes(`@${app.name}`) ? text.replaceAll(`@${app.name}`, key) : `${key} ${text}`;
  }
  return { content: JSON.stringify({ text }), mentions };
}

/** In groups a bot hears what mentions it, everything only with the scope for it. */
function tell(kernel: Kernel, chat: Chat, message: Message, appId: string): void {
  const app = kernel.apps[appId];
  if (!app) return;
  const mentioned = message.mentions.some((mention) => mention.id === app.botOpenId);
  if (chat.mode === "group" && !mentioned && !app.tenantScopes.includes("im:message.group_msg")) return;
  kernel.emit("im.message.receive_v1", received(kernel, chat, message, app), { appId });
}

function received(kernel: Kernel, chat: Chat, message: Message, app: App): Record<string, unknown> {
  const sender = {
    sender_id: userIds(kernel.state, message.sender.id),
    sender_type: "user",
    tenant_key: app.tenantKey,
  };
  const mentions = message.mentions.map(({ key, id, name }) => ({
    key,
    id: userIds(kernel.state, id),
    name,
    tenant_key: app.tenantKey,
  }));
  return {
    sender,
    message: {
      message_id: message.id,
      ...(message.root ? { root_id: message.root } : {}),
      ...(message.parent ? { parent_id: message.parent } : {}),
      create_time: String(message.created),
      update_time: String(message.changed),
      chat_id: chat.id,
      chat_type: chat.mode,
      message_type: message.type,
      content: message.content,
      ...(mentions.length ? { mentions } : {}),
    },
  };
}

export function inboxLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/people/:id/inbox", (c) => {
    const openId = personOf(kernel, c.req.param("id")).open_id;
    const feeds = chatsOf(kernel, openId, c.req.query("chats") === "1").map((chat) => chat.feed);
    const found = changedSince(kernel.state, feeds, Number(c.req.query("since") ?? 0));
    return c.json({ messages: found.map((message) => inboxEntry(kernel, message, openId)) });
  });
  app.get("/sandbox/inbox/all", (c) => {
    const found = changedSince(kernel.state, [im(kernel.state).feed], Number(c.req.query("since") ?? 0));
    return c.json({ messages: found.map((message) => inboxEntry(kernel, message)) });
  });
  app.post("/sandbox/people/:id/say", async (c) => {
    const message = say(kernel, personOf(kernel, c.req.param("id")).open_id, await input(c, saySchema));
    return c.json({ message_id: message.id, chat_id: message.chat });
  });
}
