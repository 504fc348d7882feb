import { calendar, history, type History, type Busy, type Leave } from "./history.ts";
import { GROUPS, organisation, type Org } from "./org.ts";
import { hex } from "./random.ts";
import { sharedTables, START, type ChatIds, type Table } from "./shared.ts";
import { at } from "./dates.ts";

interface Chat {
  chat_id: string;
  name: string;
  group: string;
  audience: "lecturers" | "learners";
  owner_id: string;
  members: string[];
  /** The bot of the app is a member. */
  bot: boolean;
}

export interface Company {
  seed: number;
  /** The walk's first instant: Monday 2026-11-30 08:00 in Shanghai. */
  start: number;
  /** Credentials of the sandbox's app: made up, worth nothing elsewhere. */
  app: { app_id: string; app_secret: string; name: string; encrypt_key: string; verification_token: string };
  bases: { shared: string; admin: string };
  /** open_id of the admin who sets everything up (小陈). */
  admin: string;
  org: Org;
  chats: Chat[];
  shared: Table[];
  history: History;
  calendar: { leave: Leave[]; busy: Busy[]; departures: { open_id: string; name: string; at: number }[] };
}

/** The whole case company, a function of the seed; it writes nothing. */
export function company(seed = 1): Company {
  const org = organisation(seed);
  const admin = org.people.find((person) => person.role === "admin");
  if (!admin) throw new Error("the company has no admin");
  const chats = GROUPS.flatMap((group) => chatsOf(seed, org, group, admin.open_id));
  return {
    seed,
    start: at(START, "08:00"),
    app: {
      app_id: "cli_5ec7e20000000001",
      app_secret: `sandbox-only-${hex(19, seed, "app secret")}`,
      name: "讲台",
      encrypt_key: `sandbox-only-${hex(19, seed, "encrypt key")}`,
      verification_token: `sandbox-only-${hex(19, seed, "verification token")}`,
    },
    bases: { shared: "讲台", admin: "讲台·管理" },
    admin: admin.open_id,
    org,
    chats,
    shared: sharedTables(seed, org, chatIds(chats)),
    history: history(seed, org),
    calendar: calendar(seed, org),
  };
}

function chatsOf(seed: number, org: Org, group: string, owner: string): Chat[] {
  const belongs = org.people.filter((person) => person.groups.includes(group));
  const members = (roles: string[]) =>
    belongs.filter((person) => roles.includes(person.role)).map((person) => person.open_id);
  const id = (audience: string) => `oc_${hex(32, seed, "chat", group, audience)}`;
  const common = { group, owner_id: owner, bot: true };
  return [
    {
      chat_id: id("lecturers"),
      name: `${group}讲师群`,
      audience: "lecturers",
      members: members(["lecturer", "admin"]),
      ...common,
    },
    {
      chat_id: id("learners"),
      name: `${group}学员群`,
      audience: "learners",
      members: members(["learner", "lecturer", "admin", "manager"]),
      ...common,
    },
  ];
}

function chatIds(chats: readonly Chat[]): ChatIds {
  const ids: ChatIds = {};
  for (const chat of chats) {
    const entry = (ids[chat.group] ??= { lecturers: "", learners: "" });
    entry[chat.audience] = chat.chat_id;
  }
  return ids;
}
