/** Chats by id, the direct chat of a bot and a person, membership, and what each change tells the apps. */
import { nameOf, userIds } from "../directory.ts";
import { type App, FeishuError, type Kernel } from "../../kernel.ts";
import { type Chat, im } from "./state.ts";

/** A new chat with nothing in it. */
export function newChat(kernel: Kernel, given: Partial<Chat> & { mode: Chat["mode"] }): Chat {
  const id = given.id ?? kernel.id("oc_");
  const chat: Chat = {
    name: "",
    description: "",
    owner: "",
    people: [],
    bots: [],
    managers: [],
    created: kernel.now(),
    dissolved: false,
    forbids: "nothing",
    settings: {},
    messages: [],
    feed: [],
    ...given,
    id,
  };
  im(kernel.state).chats[id] = chat;
  if (chat.mode === "group") for (const person of chat.people) joined(kernel, chat, person);
  return chat;
}

function joined(kernel: Kernel, chat: Chat, openId: string): void {
  const groups = (im(kernel.state).groupsOf[openId] ??= []);
  if (!groups.includes(chat.id)) groups.push(chat.id);
}

/** The direct chat of an app's bot and a person, made at the first word. */
export function directChat(kernel: Kernel, appId: string, openId: string): Chat {
  const all = im(kernel.state);
  const known = all.chats[all.direct[`${appId}|${openId}`] ?? ""];
  if (known) return known;
  const chat = newChat(kernel, { mode: "p2p", people: [openId], bots: [appId] });
  all.direct[`${appId}|${openId}`] = chat.id;
  return chat;
}

/** The chat of an id, or 232006. */
export function requireChat(kernel: Kernel, id: string): Chat {
  const chat = im(kernel.state).chats[id];
  if (!chat) throw new FeishuError(232006, 400, `Your request specifies a chat_id which is invalid: ${id}`);
  if (chat.dissolved)
    throw new FeishuError(232009, 400, "Your request specifies a chat which has already been dissolved.");
  return chat;
}

function common(kernel: Kernel, chat: Chat, app: App, operator: string): Record<string, unknown> {
  return {
    chat_id: chat.id,
    operator_id: userIds(kernel.state, operator),
    external: false,
    operator_tenant_key: app.tenantKey,
    name: chat.name,
    i18n_names: { zh_cn: chat.name, en_us: chat.name, ja_jp: chat.name },
  };
}

/** Tells the apps whose bots are in the chat. */
function tell(
  kernel: Kernel,
  chat: Chat,
  type: string,
  operator: string,
  more: (app: App) => Record<string, unknown> = () => ({}),
): void {
  for (const id of chat.bots) {
    const app = kernel.apps[id];
    if (app) kernel.emit(type, { ...common(kernel, chat, app, operator), ...more(app) }, { appId: id });
  }
}

function usersOf(kernel: Kernel, people: string[], tenant: string): Record<string, unknown>[] {
  return people.map((id) => ({
    name: nameOf(kernel, id),
    tenant_key: tenant,
    user_id: userIds(kernel.state, id),
  }));
}

export function addPeople(kernel: Kernel, chat: Chat, people: string[], operator: string): void {
  const fresh = people.filter((id) => !chat.people.includes(id));
  if (!fresh.length) return;
  chat.people.push(...fresh);
  for (const id of fresh) joined(kernel, chat, id);
  tell(kernel, chat, "im.chat.member.user.added_v1", operator, (app) => ({
    users: usersOf(kernel, fresh, app.tenantKey),
  }));
}

export function removePeople(kernel: Kernel, chat: Chat, people: string[], operator: string): void {
  const gone = people.filter((id) => chat.people.includes(id));
  if (!gone.length) return;
  chat.people = chat.people.filter((id) => !gone.includes(id));
  for (const id of gone)
    im(kernel.state).groupsOf[id] = (im(kernel.state).groupsOf[id] ?? []).filter(
      (group) => group !== chat.id,
    );
  tell(kernel, chat, "im.chat.member.user.deleted_v1", operator, (app) => ({
    users: usersOf(kernel, gone, app.tenantKey),
  }));
}

export function addBot(kernel: Kernel, chat: Chat, appId: string, operator: string): void {
  if (chat.bots.includes(appId)) return;
  chat.bots.push(appId);
  const app = kernel.apps[appId];
  if (app) kernel.emit("im.chat.member.bot.added_v1", common(kernel, chat, app, operator), { appId });
}

export function removeBot(kernel: Kernel, chat: Chat, appId: string, operator: string): void {
  if (!chat.bots.includes(appId)) return;
  chat.bots = chat.bots.filter((id) => id !== appId);
  const app = kernel.apps[appId];
  if (app) kernel.emit("im.chat.member.bot.deleted_v1", common(kernel, chat, app, operator), { appId });
}

export function dissolve(kernel: Kernel, chat: Chat, operator: string): void {
  tell(kernel, chat, "im.chat.disbanded_v1", operator);
  chat.dissolved = true;
  for (const id of chat.people)
    im(kernel.state).groupsOf[id] = (im(kernel.state).groupsOf[id] ?? []).filter(
      (group) => group !== chat.id,
    );
}

/** A name or setting changed. */
export function chatUpdated(
  kernel: Kernel,
  chat: Chat,
  operator: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): void {
  tell(kernel, chat, "im.chat.updated_v1", operator, () => ({ before_change: before, after_change: after }));
}
