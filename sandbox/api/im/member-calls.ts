/** im/v1/chats/:id/members: list, add, remove, is_in_chat, me_join (facts.md §7.5). */
import { findPerson, type IdType } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { badChat, isMember, memberOf, memberView } from "./chat-calls.ts";
import { addBot, addPeople, removeBot, removePeople, requireChat } from "./chats.ts";
import { RATE } from "./messages.ts";
import { im } from "./state.ts";
import { str } from "../text.ts";

const READ = ["im:chat", "im:chat:readonly", "im:chat.members:read", "im:chat.group_info:readonly"];
const WRITE = ["im:chat", "im:chat.members:write_only"];

function list(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 20, min: 1, max: 100 }, () =>
    badChat("page_size takes 1 to 100"),
  );
  const chat = memberOf(call, call.path.chat_id ?? "");
  const page = pageOf(chat.people, { kind: `members-${chat.id}`, size, token: call.query.page_token }, () =>
    badChat("page_token is invalid"),
  );
  return { ...page, items: page.items.map((id) => memberView(call, id)), member_total: chat.people.length };
}

interface Named {
  people: string[];
  bots: string[];
  unknown: string[];
  resigned: string[];
}

/** The ids of the body as people or bots, by `member_id_type`. */
function named(call: Call): Named {
  const ids = (call.body.id_list ?? []) as string[];
  if (!ids.length)
    throw new FeishuError(
      232027,
      400,
      "There are no valid members in the ID list specified in your request.",
    );
  const type = str(call.query.member_id_type ?? "open_id");
  if (ids.length > (type === "app_id" ? 5 : 50))
    throw badChat(`id_list takes at most ${type === "app_id" ? 5 : 50} ids`);
  if (type === "app_id")
    return {
      people: [],
      bots: ids.filter((id) => id in call.apps),
      unknown: ids.filter((id) => !(id in call.apps)),
      resigned: [],
    };
  const found = ids.map((id) => [id, findPerson(call.state, id, type as IdType)] as const);
  return {
    people: found.flatMap(([, person]) => (person && !person.resigned ? [person.open_id] : [])),
    bots: [],
    unknown: found.filter(([, person]) => !person).map(([id]) => id),
    resigned: found.filter(([, person]) => person?.resigned).map(([id]) => id),
  };
}

/** `succeed_type` 0: unknown ids are an error; 1: the good ones join; 2: any bad one stops all. */
function add(call: Call): unknown {
  const chat = memberOf(call, call.path.chat_id ?? "");
  const ids = named(call);
  const mode = Number(call.query.succeed_type ?? 0);
  if (ids.unknown.length && mode !== 1)
    throw new FeishuError(232043, 400, `Your request contains unavailable ids: ${ids.unknown.join(",")}`);
  if (ids.resigned.length && mode === 2)
    throw new FeishuError(232043, 400, `Your request contains unavailable ids: ${ids.resigned.join(",")}`);
  addPeople(call, chat, ids.people, call.actor);
  for (const id of ids.bots) addBot(call, chat, id, call.actor);
  return { invalid_id_list: ids.resigned, not_existed_id_list: ids.unknown, pending_approval_id_list: [] };
}

function remove(call: Call): unknown {
  const chat = memberOf(call, call.path.chat_id ?? "");
  const ids = named(call);
  if (ids.people.includes(chat.owner)) throw new FeishuError(232076, 400, "Can't kick chat owner.");
  removePeople(call, chat, ids.people, call.actor);
  for (const id of ids.bots) removeBot(call, chat, id, call.actor);
  return { invalid_id_list: [...ids.unknown, ...ids.resigned] };
}

function isInChat(call: Call): unknown {
  const chat = im(call.state).chats[call.path.chat_id ?? ""];
  if (!chat)
    throw new FeishuError(
      232006,
      400,
      `Your request specifies a chat_id which is invalid: ${call.path.chat_id ?? ""}`,
    );
  return { is_in_chat: isMember(call, chat) && !chat.dissolved };
}

/** Only public groups may be joined unasked. */
function meJoin(call: Call): unknown {
  const chat = requireChat(call, call.path.chat_id ?? "");
  if (isMember(call, chat)) return {};
  if (chat.settings.chat_type !== "public")
    throw new FeishuError(
      232008,
      400,
      "Your request specifies a chat whose type is NOT supported currently.",
    );
  if (call.principal?.kind === "user") addPeople(call, chat, [call.actor], call.actor);
  else if (call.app) addBot(call, chat, call.app.appId, call.actor);
  return {};
}

export const memberCalls = operations([
  {
    method: "GET",
    path: "/open-apis/im/v1/chats/:chat_id/members/is_in_chat",
    scopes: READ,
    rate: RATE,
    handle: isInChat,
  },
  {
    method: "PATCH",
    path: "/open-apis/im/v1/chats/:chat_id/members/me_join",
    scopes: WRITE,
    rate: RATE,
    handle: meJoin,
  },
  { method: "GET", path: "/open-apis/im/v1/chats/:chat_id/members", scopes: READ, rate: RATE, handle: list },
  { method: "POST", path: "/open-apis/im/v1/chats/:chat_id/members", scopes: WRITE, rate: RATE, handle: add },
  {
    method: "DELETE",
    path: "/open-apis/im/v1/chats/:chat_id/members",
    scopes: WRITE,
    rate: RATE,
    handle: remove,
  },
]);
