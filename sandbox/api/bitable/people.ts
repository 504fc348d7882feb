import type { Kernel, Person } from "../../kernel.ts";
import { im } from "../im/state.ts";

export type IdType = "open_id" | "union_id" | "user_id";

export interface Chat {
  chatId: string;
  name: string;
  avatar: string;
  /** open_ids of the people in it. */
  members: string[];
  /** app_ids of the bots in it. */
  bots: string[];
}

/** A group chat by its id; null when there is none, or it was dissolved. Without any chats every id is taken. */
export function chatOf(kernel: Kernel, chatId: string): Chat | null {
  const { chats } = im(kernel.state);
  const chat = chats[chatId];
  if (chat) {
    if (chat.dissolved) return null;
    const avatar = chat.settings["avatar"];
    return {
      chatId,
      name: chat.name,
      avatar: typeof avatar === "string" ? avatar : "",
      members: chat.people,
      bots: chat.bots,
    };
  }
  return Object.keys(chats).length === 0 ? { chatId, name: chatId, avatar: "", members: [], bots: [] } : null;
}

/** open_id of a person given in any id kind; null = nobody by that id. Without any people every open_id is taken. */
export function openIdOf(kernel: Kernel, idType: IdType, id: string): string | null {
  if (idType === "open_id") {
    if (kernel.people.find(id) || botOf(kernel, id)) return id;
    return kernel.people.list().length === 0 && id.startsWith("ou_") ? id : null;
  }
  return kernel.people.list().find((person) => person[idType] === id)?.open_id ?? null;
}

export function botOf(kernel: Kernel, openId: string) {
  return Object.values(kernel.apps).find((app) => app.botOpenId === openId) ?? null;
}

function idAs(kernel: Kernel, idType: IdType, openId: string): string {
  if (idType === "open_id") return openId;
  return kernel.people.find(openId)?.[idType] ?? openId;
}

/** A person as Base shows it in a cell (facts.md §4.7, type 11). */
export function personCell(kernel: Kernel, idType: IdType, openId: string) {
  const person: Person | null = kernel.people.find(openId);
  if (person) {
    return {
      id: idAs(kernel, idType, openId),
      name: person.name,
      en_name: person.en_name,
      email: person.email,
      avatar_url: person.avatar_url,
    };
  }
  const name = botOf(kernel, openId)?.name ?? "";
  return { id: openId, name, en_name: name, email: "", avatar_url: "" };
}

/** `operator_id` and the like in events. */
export function idTriple(kernel: Kernel, openId: string) {
  const person = kernel.people.find(openId);
  return { open_id: openId, union_id: person?.union_id ?? "", user_id: person?.user_id ?? "" };
}
