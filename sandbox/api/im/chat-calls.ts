/** im/v1/chats: list, search by membership, create, get, update, dissolve (facts.md §7.5). */
import { directory, idFor, idType, nameOf, requirePerson } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { addPeople, chatUpdated, dissolve, newChat, requireChat } from "./chats.ts";
import { badRequest, RATE } from "./messages.ts";
import { botOf, UUID_WINDOW } from "./send.ts";
import { type Chat, holdUuid, im, uuidHolder } from "./state.ts";
import { str } from "../text.ts";

const READ = ["im:chat", "im:chat:readonly", "im:chat:read"];
const CHAT_UUID_WINDOW = 10 * UUID_WINDOW;
export const badChat = (ext: string): FeishuError =>
  new FeishuError(232001, 400, `Your request contains an invalid request parameter, ext=${ext}`);

/** Whether the caller, bot or person, is in the chat. */
export function isMember(call: Call, chat: Chat): boolean {
  return call.principal?.kind === "user"
    ? chat.people.includes(call.actor)
    : chat.bots.includes(call.app?.appId ?? "");
}

/** A living group the caller is in. */
export function memberOf(call: Call, id: string): Chat {
  const chat = requireChat(call, id);
  if (!isMember(call, chat)) throw new FeishuError(232011, 400, "Operator can NOT be out of the chat.");
  return chat;
}

function ownerOf(call: Call, chat: Chat): Record<string, unknown> {
  if (!(chat.owner in directory(call.state).people)) return {};
  return { owner_id: idFor(call, chat.owner), owner_id_type: idType(call) };
}

function brief(call: Call, chat: Chat): Record<string, unknown> {
  return {
    chat_id: chat.id,
    avatar: "",
    name: chat.name,
    description: chat.description,
    ...ownerOf(call, chat),
    external: false,
    tenant_key: call.app?.tenantKey ?? "",
    chat_status: chat.dissolved ? "dissolved" : "normal",
  };
}

function full(call: Call, chat: Chat): Record<string, unknown> {
  return {
    ...brief(call, chat),
    i18n_names: { zh_cn: chat.name },
    add_member_permission: "all_members",
    share_card_permission: "allowed",
    at_all_permission: "all_members",
    edit_permission: "all_members",
    user_manager_id_list: chat.managers
      .filter((id) => id in directory(call.state).people)
      .map((id) => idFor(call, id)),
    bot_manager_id_list: chat.managers.filter((id) => id in call.apps),
    group_message_type: "chat",
    chat_mode: chat.mode,
    chat_type: "private",
    chat_tag: "inner",
    join_message_visibility: "all_members",
    leave_message_visibility: "all_members",
    membership_approval: "no_approval_required",
    moderation_permission: chat.forbids === "speech" ? "only_owner" : "all_members",
    user_count: str(chat.people.length),
    bot_count: str(chat.bots.length),
    ...chat.settings,
  };
}

function mine(call: Call): Chat[] {
  const all = im(call.state);
  const groups =
    call.principal?.kind === "user"
      ? (all.groupsOf[call.actor] ?? []).flatMap((id) => all.chats[id] ?? [])
      : Object.values(all.chats);
  return groups.filter((chat) => chat.mode === "group" && !chat.dissolved && isMember(call, chat));
}

function list(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 20, min: 1, max: 100 }, () =>
    badChat("page_size takes 1 to 100"),
  );
  const found = mine(call);
  if (call.query.sort_type === "ByActiveTimeDesc")
    found.sort((a, b) => (b.feed.at(-1)?.[2] ?? b.created) - (a.feed.at(-1)?.[2] ?? a.created));
  const page = pageOf(found, { kind: "chats", size, token: call.query.page_token }, () =>
    badChat("page_token is invalid"),
  );
  return { ...page, items: page.items.map((chat) => brief(call, chat)) };
}

async function create(call: Call): Promise<unknown> {
  const app = botOf(call);
  const uuid = call.query.uuid as string | undefined;
  const key = `chat ${app.appId}|${uuid ?? ""}`;
  if (uuid) {
    if (uuid.length > 50) throw badChat("uuid may have at most 50 characters");
    await call.exclusive(
      key,
      new FeishuError(232068, 400, "The group is being created, please wait a moment."),
    );
    const made = im(call.state).chats[uuidHolder(call.state, key, call.now(), CHAT_UUID_WINDOW) ?? ""];
    if (made) return { chat_id: made.id, ...full(call, made) };
  }
  const chat = make(call, app.appId);
  if (uuid) holdUuid(call.state, key, chat.id, call.now());
  return { chat_id: chat.id, ...full(call, chat) };
}

function make(call: Call, appId: string): Chat {
  const users = (call.body.user_id_list ?? []) as string[];
  const bots = (call.body.bot_id_list ?? []) as string[];
  if (users.length > 50) throw badChat("user_id_list takes at most 50 ids");
  if (bots.length > 5) throw badChat("bot_id_list takes at most 5 ids");
  const people = users.map((id) => requirePerson(call, id));
  if (people.some((person) => person.resigned))
    throw new FeishuError(232022, 400, "User has already resigned.");
  const stranger = bots.find((id) => !(id in call.apps));
  if (stranger) throw new FeishuError(232021, 400, `Bot can NOT be found: ${stranger}`);
  const owner =
    call.body.owner_id === undefined ? appId : requirePerson(call, str(call.body.owner_id)).open_id;
  const members = [
    ...new Set([...people.map((person) => person.open_id), ...(owner === appId ? [] : [owner])]),
  ];
  const manager = call.query.set_bot_manager === true && owner !== appId ? [appId] : [];
  return newChat(call, {
    mode: "group",
    name: str(call.body.name ?? ""),
    description: str(call.body.description ?? ""),
    owner,
    people: members,
    bots: [...new Set([appId, ...bots])],
    managers: manager,
  });
}

function update(call: Call): unknown {
  const chat = memberOf(call, call.path.chat_id ?? "");
  const { name, description, owner_id, ...settings } = call.body;
  const before = { name: chat.name, description: chat.description };
  if (owner_id !== undefined) {
    if (chat.owner !== call.actor && chat.owner !== call.app?.appId)
      throw new FeishuError(
        232017,
        400,
        "No Permission: If the operator is NOT owner or creator with the scope, the operator can NOT complete the request.",
      );
    const owner = requirePerson(call, str(owner_id)).open_id;
    addPeople(call, chat, [owner], call.actor);
    chat.owner = owner;
  }
  if (typeof name === "string") chat.name = name;
  if (typeof description === "string") chat.description = description;
  Object.assign(chat.settings, settings);
  chatUpdated(call, chat, call.actor, before, { name: chat.name, description: chat.description });
  return {};
}

function remove(call: Call): unknown {
  const chat = memberOf(call, call.path.chat_id ?? "");
  if (chat.mode === "p2p")
    throw new FeishuError(
      232008,
      400,
      "Your request specifies a chat whose type is NOT supported currently.",
    );
  if (chat.owner !== call.actor && chat.owner !== call.app?.appId)
    throw new FeishuError(
      232017,
      400,
      "No Permission: If the operator is NOT owner or creator with the scope, the operator can NOT complete the request.",
    );
  dissolve(call, chat, call.actor);
  return {};
}

/** A dissolved chat still answers, as `chat_status: dissolved`; one the bot is not in shows only its name. */
function get(call: Call): unknown {
  const chat = im(call.state).chats[call.path.chat_id ?? ""];
  if (!chat)
    throw new FeishuError(
      232006,
      400,
      `Your request specifies a chat_id which is invalid: ${call.path.chat_id ?? ""}`,
    );
  if (!isMember(call, chat)) throw new FeishuError(232011, 400, "Operator can NOT be out of the chat.");
  const { chat_id: _, ...view } = full(call, chat);
  return view;
}

export const chatCalls = operations([
  {
    method: "GET",
    path: "/open-apis/im/v1/chats",
    scopes: ["im:chat.group_info:readonly", ...READ],
    rate: RATE,
    handle: list,
  },
  {
    method: "POST",
    path: "/open-apis/im/v1/chats",
    scopes: ["im:chat", "im:chat:create"],
    rate: RATE,
    invalid: badRequest,
    handle: create,
  },
  { method: "GET", path: "/open-apis/im/v1/chats/:chat_id", scopes: READ, rate: RATE, handle: get },
  {
    method: "PUT",
    path: "/open-apis/im/v1/chats/:chat_id",
    scopes: ["im:chat", "im:chat:update"],
    rate: RATE,
    handle: update,
  },
  {
    method: "DELETE",
    path: "/open-apis/im/v1/chats/:chat_id",
    scopes: ["im:chat", "im:chat:delete"],
    rate: RATE,
    handle: remove,
  },
]);

/** Members as the members call lists them: bots are left out. */
export function memberView(call: Call, openId: string): Record<string, unknown> {
  const type =
    call.query.member_id_type === "union_id" || call.query.member_id_type === "user_id"
      ? call.query.member_id_type
      : "open_id";
  const person = directory(call.state).people[openId];
  return {
    member_id_type: type,
    member_id: person ? person[type] : openId,
    name: nameOf(call, openId),
    tenant_key: call.app?.tenantKey ?? "",
  };
}
