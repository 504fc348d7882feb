/** Chats by hand: create, dissolve, who and which bots are in them, what they forbid, what was said. */
import type { Hono } from "hono";
import { z } from "zod";
import { addBot, addPeople, dissolve, newChat, removeBot, removePeople } from "../api/im/chats.ts";
import { type Chat, changedSince, im } from "../api/im/state.ts";
import type { Kernel } from "../kernel.ts";
import { input, LeverError } from "../lever-input.ts";
import { inboxEntry } from "./inbox-entry.ts";

export const chatSchema = z.object({
  chat_id: z.string().optional(),
  name: z.string(),
  description: z.string().optional(),
  owner: z.string().optional(),
  owner_id: z.string().optional(),
  members: z.array(z.string()).default([]),
  /** app ids; left out = every registered app's bot. */
  bots: z.array(z.string()).optional(),
});

/** A group as people make one, bots already in it unless told otherwise. */
export function addChat(kernel: Kernel, given: z.infer<typeof chatSchema>): Chat {
  const {
    chat_id,
    name,
    description = "",
    owner,
    owner_id,
    members,
    bots = Object.keys(kernel.apps),
  } = given;
  return newChat(kernel, {
    ...(chat_id ? { id: chat_id } : {}),
    mode: "group",
    name,
    description,
    owner: owner ?? owner_id ?? members[0] ?? "",
    people: [...new Set(members)],
    bots: [...bots],
  });
}

function chatOf(kernel: Kernel, id: string): Chat {
  const chat = im(kernel.state).chats[id];
  if (!chat) throw new LeverError(`no chat has the id ${id}: GET /sandbox/chats lists them`);
  return chat;
}

function summary(chat: Chat): Record<string, unknown> {
  const { id, mode, name, owner, people, bots, dissolved, forbids, messages } = chat;
  return {
    chat_id: id,
    mode,
    name,
    owner,
    members: people,
    bots,
    dissolved,
    forbids,
    messages: messages.length,
  };
}

const memberSchema = z.strictObject({
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
  by: z.string().optional(),
});
const botSchema = z.strictObject({
  app_id: z.string(),
  in: z.boolean().default(true),
  by: z.string().optional(),
});
const forbidSchema = z.strictObject({ what: z.enum(["nothing", "bots", "speech"]) });

export function chatLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/chats", (c) => c.json({ chats: Object.values(im(kernel.state).chats).map(summary) }));
  app.post("/sandbox/chats", async (c) => c.json(summary(addChat(kernel, await input(c, chatSchema)))));
  app.get("/sandbox/chats/:id/messages", (c) => {
    const chat = chatOf(kernel, c.req.param("id"));
    const found = changedSince(kernel.state, [chat.feed], Number(c.req.query("since") ?? 0));
    return c.json({ messages: found.map((message) => inboxEntry(kernel, message)) });
  });
  app.post("/sandbox/chats/:id/dissolve", (c) => {
    const chat = chatOf(kernel, c.req.param("id"));
    dissolve(kernel, chat, chat.owner);
    return c.json(summary(chat));
  });
  app.post("/sandbox/chats/:id/members", async (c) => {
    const chat = chatOf(kernel, c.req.param("id"));
    const { add, remove, by = chat.owner } = await input(c, memberSchema);
    addPeople(kernel, chat, add, by);
    removePeople(kernel, chat, remove, by);
    return c.json(summary(chat));
  });
  app.post("/sandbox/chats/:id/bots", async (c) => {
    const chat = chatOf(kernel, c.req.param("id"));
    const given = await input(c, botSchema);
    if (given.in) addBot(kernel, chat, given.app_id, given.by ?? chat.owner);
    else removeBot(kernel, chat, given.app_id, given.by ?? chat.owner);
    return c.json(summary(chat));
  });
  app.post("/sandbox/chats/:id/forbid", async (c) => {
    const chat = chatOf(kernel, c.req.param("id"));
    chat.forbids = (await input(c, forbidSchema)).what;
    return c.json(summary(chat));
  });
}
