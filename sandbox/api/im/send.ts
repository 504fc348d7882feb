/** One message from a bot into a chat: who may be reached, how often, once per uuid (facts.md §7.1). */
import { findPerson, type IdType, type Person, reaches } from "../directory.ts";
import { type App, type Call, FeishuError, type Kernel } from "../../kernel.ts";
import { take } from "../windows.ts";
import { directChat } from "./chats.ts";
import { invalid, prepare, type Ready } from "./content.ts";
import { type Chat, holdUuid, im, type Message, noted, uuidHolder } from "./state.ts";
import { str } from "../text.ts";

export const UUID_WINDOW = 3_600_000;
const TARGET_QPS = 5;

/** The calling app with its bot; 230006 when it has none. */
export function botOf(call: Call): App {
  if (!call.app?.botOpenId) throw new FeishuError(230006, 400, "Bot ability is not activated.");
  return call.app;
}

/** Throws when the bot cannot write to this person. */
function requireReachable(app: App, person: Person): void {
  if (person.resigned) throw new FeishuError(230029, 400, "User has resigned.");
  if (!reaches(app, person.open_id))
    throw new FeishuError(230013, 400, "Bot has NO availability to this user.");
  if (person.bot_stopped)
    throw new FeishuError(230053, 400, "The user has stopped the bot from sending messages.");
}

/** Throws when the bot cannot speak in this chat. */
export function requireSpeech(kernel: Kernel, app: App, chat: Chat): void {
  if (chat.dissolved)
    throw new FeishuError(232009, 400, "Your request specifies a chat which has already been dissolved.");
  if (!chat.bots.includes(app.appId))
    throw new FeishuError(230002, 400, "The bot can not be outside the group.");
  if (chat.forbids === "bots")
    throw new FeishuError(230018, 400, "These operations are NOT allowed at current group settings.");
  if (chat.forbids === "speech") throw new FeishuError(230035, 400, "Send Message Permission deny.");
  const person = chat.mode === "p2p" ? findPerson(kernel.state, chat.people[0] ?? "") : null;
  if (person) requireReachable(app, person);
}

/** The chat a `receive_id` means. */
export function target(call: Call, app: App): Chat {
  const id = str(call.body.receive_id);
  const type = str(call.query.receive_id_type);
  const wrong = (): FeishuError =>
    new FeishuError(230034, 400, `The receive_id is invalid: no ${type} ${id}`);
  if (type === "chat_id") {
    const chat = im(call.state).chats[id];
    if (!chat) throw wrong();
    requireSpeech(call, app, chat);
    return chat;
  }
  const person = findPerson(call.state, id, type as IdType | "email");
  if (!person) throw wrong();
  requireReachable(app, person);
  return directChat(call, app.appId, person.open_id);
}

/** Rates per person and per chat; a chat's is shared by all bots in it. */
function requireRate(call: Call, chat: Chat, app: App): void {
  if (!call.switches.rates) return;
  const key = chat.mode === "p2p" ? `im ${app.appId} ${chat.people[0] ?? ""}` : `im ${chat.id}`;
  if (!take(call.state, key, TARGET_QPS, call.now()))
    throw new FeishuError(230020, 400, "This operation triggers the frequency limit.");
}

/** Puts a message into a chat. */
export function post(
  kernel: Kernel,
  chat: Chat,
  given: Pick<Message, "type" | "sender"> & Ready & Partial<Message>,
): Message {
  const now = kernel.now();
  const message: Message = {
    id: kernel.id("om_"),
    chat: chat.id,
    created: now,
    changed: now,
    n: 0,
    deleted: false,
    updated: false,
    edits: 0,
    ...given,
  };
  im(kernel.state).messages[message.id] = message;
  chat.messages.push(message.id);
  noted(kernel.state, message, now);
  return message;
}

/** Sends what the call's body holds into `chat`, at most once per uuid within the hour. */
export async function send(
  call: Call,
  app: App,
  chatOf: () => Chat,
  more: Partial<Message> = {},
): Promise<Message> {
  const uuid = call.body.uuid as string | undefined;
  if (uuid === undefined || uuid === "") return sendNow(call, app, chatOf, more);
  if (uuid.length > 50) throw invalid("uuid may have at most 50 characters");
  const key = `${app.appId}|${uuid}`;
  await call.exclusive(`im uuid ${key}`, new FeishuError(230049, 400, "The message is being sent."));
  const sent = im(call.state).messages[uuidHolder(call.state, key, call.now(), UUID_WINDOW) ?? ""];
  if (sent) return sent;
  const message = sendNow(call, app, chatOf, more);
  holdUuid(call.state, key, message.id, call.now());
  return message;
}

function sendNow(call: Call, app: App, chatOf: () => Chat, more: Partial<Message>): Message {
  const type = str(call.body.msg_type);
  const ready = prepare(call, type, str(call.body.content));
  const chat = chatOf();
  if (type === "system" && chat.mode !== "p2p") throw invalid("system messages go to direct chats only");
  requireRate(call, chat, app);
  return post(call, chat, { type, ...ready, sender: { kind: "app", id: app.appId }, ...more });
}
