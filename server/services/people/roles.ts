import type { Ctx } from "../../context.ts";
import type { ChatMember, Gateway } from "../../feishu/gateway.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { chatsOf, speakersOf, type SessionView } from "../sessions/facts.ts";
import { isAdmin } from "./name.ts";

/** How long a chat's members are believed: people who join see the material a few minutes later at most. */
const MEMBERS_LIFE_MS = 5 * 60_000;

type Members = { at: number; people: ChatMember[] };
const known = new WeakMap<Gateway, Map<string, Members>>();

/** The people in a chat; none when the bot cannot look into it. */
export async function membersOf(ctx: Ctx, chat: string): Promise<ChatMember[]> {
  const cache = known.get(ctx.feishu) ?? new Map<string, Members>();
  known.set(ctx.feishu, cache);
  const seen = cache.get(chat);
  if (seen && ctx.now - seen.at < MEMBERS_LIFE_MS) return seen.people;
  try {
    const people = await ctx.feishu.chats.members(chat);
    cache.set(chat, { at: ctx.now, people });
    return people;
  } catch (error) {
    const closed =
      error instanceof Error && ["UnreachableError", "NotFoundError", "PermissionError"].includes(error.name);
    if (!closed) throw error;
    ctx.log.warn({ chat, error: error.message }, "the members of a chat cannot be read");
    return [];
  }
}

export const isMember = async (ctx: Ctx, person: string, chat: string): Promise<boolean> =>
  (await membersOf(ctx, chat)).some(({ openId }) => openId === person);

/** Whether a person sits in the learners' chats or the lecturers' chat of a group. */
export async function inChatsOf(ctx: Ctx, person: string, group: Rec<"groups"> | null): Promise<boolean> {
  for (const chat of chatsOf(group).all) if (await isMember(ctx, person, chat)) return true;
  return false;
}

/** What a person is to a session; everything false for a stranger. */
export interface Roles {
  admin: boolean;
  speaker: boolean;
  manager: boolean;
  /** In the group's chats. */
  audience: boolean;
  /** Any lecturer of the workspace who has not left. */
  lecturer: boolean;
}

export async function rolesIn(ctx: Ctx, person: string, view: SessionView): Promise<Roles> {
  return {
    admin: await isAdmin(ctx, person),
    speaker: (await speakersOf(ctx, view.session)).includes(person),
    manager: view.lecturer?.manager === person,
    audience: await inChatsOf(ctx, person, view.group),
    lecturer: (await activeLecturer(ctx, person)) !== null,
  };
}

export const anyRole = (roles: Roles) => Object.values(roles).some(Boolean);

/** The lecturer behind an account, while in the programme. */
export async function activeLecturer(ctx: Ctx, person: string): Promise<Rec<"lecturers"> | null> {
  const all = await allRecords(ctx, "lecturers");
  return all.find((row) => row.person === person && row.state !== "left") ?? null;
}

/** Whether a person has to do with this workspace at all: admin, lecturer, manager of one, or in one of its chats. */
export async function belongs(ctx: Ctx, person: string): Promise<boolean> {
  if (await isAdmin(ctx, person)) return true;
  const lecturers = await allRecords(ctx, "lecturers");
  if (lecturers.some((row) => row.state !== "left" && (row.person === person || row.manager === person)))
    return true;
  for (const group of await allRecords(ctx, "groups")) if (await inChatsOf(ctx, person, group)) return true;
  return false;
}
