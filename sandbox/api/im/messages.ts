/** im/v1/messages: create, reply, get, list (facts.md §7.1). */
import { type Call, FeishuError, operations, type Violation } from "../../kernel.ts";
import { sizeOf, tokenOf, offsetOf } from "../paging.ts";
import { requireSeen } from "./access.ts";
import { invalid } from "./content.ts";
import { botOf, requireSpeech, send, target } from "./send.ts";
import { type Chat, im, type Message } from "./state.ts";
import { messageView } from "./view.ts";
import { str } from "../text.ts";

const SEND = ["im:message", "im:message:send_as_bot", "im:message:send"];
export const RATE = { perMinute: 1000, perSecond: 50 };

/** The page's code for a request that breaks the contract. */
export function badRequest(violations: Violation[]): FeishuError {
  const first = violations[0];
  return invalid(first ? `${first.field}: ${first.description}` : "invalid request");
}

async function create(call: Call): Promise<unknown> {
  const app = botOf(call);
  return messageView(call, await send(call, app, () => target(call, app)), false);
}

async function reply(call: Call): Promise<unknown> {
  const app = botOf(call);
  const parent = requireSeen(call, app, call.path.message_id ?? "");
  if (parent.deleted) throw new FeishuError(230011, 400, "The message is recalled.");
  const thread = parent.thread ?? (call.body.reply_in_thread === true ? call.id("omt_") : undefined);
  const links = { root: parent.root ?? parent.id, parent: parent.id, ...(thread ? { thread } : {}) };
  const message = await send(call, app, () => chatOf(call, parent, app), links);
  return messageView(call, message, false);
}

function chatOf(call: Call, parent: Message, app: ReturnType<typeof botOf>): Chat {
  const chat = im(call.state).chats[parent.chat];
  if (!chat) throw invalid(`the chat of ${parent.id} is unknown`);
  requireSpeech(call, app, chat);
  return chat;
}

function wantsRaw(call: Call): boolean {
  const type = call.query.card_msg_content_type;
  if (type !== undefined && type !== "user_card_content" && type !== "raw_card_content")
    throw invalid(`card_msg_content_type ${str(type)} is unknown`);
  return type !== undefined;
}

function get(call: Call): unknown {
  const raw = wantsRaw(call);
  return { items: [messageView(call, requireSeen(call, botOf(call), call.path.message_id ?? ""), raw)] };
}

/** First index whose message was made at or after `at`. */
function firstFrom(call: Call, ids: string[], at: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((im(call.state).messages[ids[middle] ?? ""]?.created ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function container(call: Call): string[] {
  const id = str(call.query.container_id);
  if (call.query.container_id_type === "thread") {
    const app = botOf(call);
    return Object.values(im(call.state).messages)
      .filter(
        (message) => message.thread === id && im(call.state).chats[message.chat]?.bots.includes(app.appId),
      )
      .map((message) => message.id);
  }
  if (call.query.container_id_type !== "chat") throw invalid("container_id_type takes chat or thread");
  const chat = im(call.state).chats[id];
  if (!chat) throw invalid(`container_id ${id} is not a chat`);
  if (!chat.bots.includes(botOf(call).appId))
    throw new FeishuError(230002, 400, "The bot can not be outside the group.");
  return chat.messages;
}

function second(call: Call, name: "start_time" | "end_time"): number | null {
  const value = call.query[name];
  if (value === undefined || value === "") return null;
  if (!/^\d{1,11}$/.test(str(value))) throw invalid(`${name} takes seconds since 1970`);
  return Number(value) * 1000;
}

/** Pages lead by position in the chat, so that messages sent meanwhile shift nothing. */
function list(call: Call): unknown {
  const raw = wantsRaw(call);
  const size = sizeOf(call.query.page_size, { initial: 20, min: 1, max: 50 }, () =>
    invalid("page_size takes 1 to 50"),
  );
  const ids = container(call);
  const start = second(call, "start_time");
  const end = second(call, "end_time");
  const low = start === null ? 0 : firstFrom(call, ids, start);
  const high = end === null ? ids.length : firstFrom(call, ids, end + 1000);
  const down = call.query.sort_type === "ByCreateTimeDesc";
  const kind = `messages-${str(call.query.container_id)}-${down ? "down" : "up"}`;
  const asked = offsetOf(kind, call.query.page_token);
  if (asked === null) throw invalid("page_token is invalid");
  const first = call.query.page_token ? asked : down ? high : low;
  const found = down
    ? ids.slice(Math.max(low, first - size), first).toReversed()
    : ids.slice(first, Math.min(high, first + size));
  const next = down ? first - size : first + size;
  const more = down ? next > low : next < high;
  const items = found
    .flatMap((id) => im(call.state).messages[id] ?? [])
    .map((message) => messageView(call, message, raw));
  return { has_more: more, ...(more ? { page_token: tokenOf(kind, next) } : {}), items };
}

export const messages = operations([
  {
    method: "POST",
    path: "/open-apis/im/v1/messages",
    scopes: SEND,
    rate: RATE,
    invalid: badRequest,
    handle: create,
  },
  {
    method: "POST",
    path: "/open-apis/im/v1/messages/:message_id/reply",
    scopes: SEND,
    rate: RATE,
    invalid: badRequest,
    handle: reply,
  },
  {
    method: "GET",
    path: "/open-apis/im/v1/messages",
    scopes: ["im:message", "im:message:readonly", "im:message.history:readonly"],
    rate: RATE,
    invalid: badRequest,
    handle: list,
  },
  {
    method: "GET",
    path: "/open-apis/im/v1/messages/:message_id",
    scopes: ["im:message", "im:message:readonly"],
    rate: RATE,
    invalid: badRequest,
    handle: get,
  },
]);
