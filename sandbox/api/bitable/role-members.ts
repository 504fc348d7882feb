import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openBase } from "./access.ts";
import type { Opened } from "./access.ts";
import { refusal } from "./errors.ts";
import { LIMITS } from "./model.ts";
import type { Role } from "./model.ts";
import { paged } from "./page.ts";
import { chatOf, openIdOf } from "./people.ts";
import type { IdType } from "./people.ts";
import { needAdvanced, roleOf } from "./roles.ts";
import { SCOPES } from "./scopes.ts";
import { openForWrite } from "./writing.ts";
import { said } from "../given.ts";

const MEMBERS = "/open-apis/bitable/v1/apps/:app_token/roles/:role_id/members";
const rate = { perSecond: 10 };

type Member = Role["members"][number];

async function openRole(call: Call): Promise<{ opened: Opened; role: Role }> {
  const opened = needAdvanced(await openForWrite(call, "role", "manage"));
  return { opened, role: roleOf(opened, call) };
}

/** People by their open_id whatever id was given; chats and departments as they are. */
function memberOf(opened: Opened, type: string, id: string): Member {
  if (type === "chat_id") {
    if (!chatOf(opened.kernel, id)) throw refusal("role", 1254048, `chat ${id}`);
    return { type, id, kind: "chat" };
  }
  if (type.endsWith("department_id")) return { type, id, kind: "department" };
  const openId = openIdOf(opened.kernel, type as IdType, id);
  if (!openId) throw refusal("role", 1254048, `${type} ${id}`);
  return { type: "open_id", id: openId, kind: "user" };
}

function add(role: Role, members: Member[]): void {
  const fresh = members.filter(
    (one) => !role.members.some((known) => known.kind === one.kind && known.id === one.id),
  );
  if (role.members.length + fresh.length > LIMITS.roleMembers) throw refusal("role", 1254111);
  role.members.push(...fresh);
}

function drop(role: Role, members: Member[]): void {
  for (const one of members) {
    const place = role.members.findIndex((known) => known.kind === one.kind && known.id === one.id);
    if (place < 0) throw refusal("role", 1254048, one.id);
    role.members.splice(place, 1);
  }
}

function named(opened: Opened, call: Call): Member[] {
  const list = (call.body["member_list"] ?? []) as { type?: string; id: string }[];
  if (list.length === 0 || list.length > 100)
    throw refusal("role", 1254111, `${list.length} members, 1 to 100`);
  return list.map((one) => memberOf(opened, one.type ?? "open_id", one.id));
}

const idType = (call: Call): string => said(call.query["member_id_type"], "open_id");

async function create(call: Call) {
  const { opened, role } = await openRole(call);
  add(role, [memberOf(opened, idType(call), said(call.body["member_id"]))]);
  return {};
}

async function remove(call: Call) {
  const { opened, role } = await openRole(call);
  drop(role, [memberOf(opened, idType(call), call.path["member_id"] ?? "")]);
  return {};
}

async function batchCreate(call: Call) {
  const { opened, role } = await openRole(call);
  add(role, named(opened, call));
  return {};
}

async function batchRemove(call: Call) {
  const { opened, role } = await openRole(call);
  drop(role, named(opened, call));
  return {};
}

function list(call: Call) {
  const opened = needAdvanced(openBase(call, "role", "manage"));
  const items = roleOf(opened, call).members.map((member) => shown(opened, member));
  return paged(
    "role",
    items,
    call.query,
    { usual: 20, most: 100 },
    `members ${call.path["role_id"]}`,
    call.now(),
  );
}

function shown(opened: Opened, { kind, id }: Member) {
  const person = opened.kernel.people.find(id);
  return {
    member_id: id,
    open_id: kind === "user" ? id : "",
    union_id: person?.union_id ?? "",
    user_id: person?.user_id ?? "",
    chat_id: kind === "chat" ? id : "",
    open_department_id: kind === "department" ? id : "",
    member_name: person?.name ?? (kind === "chat" ? (chatOf(opened.kernel, id)?.name ?? "") : ""),
    member_en_name: person?.en_name ?? "",
    member_type: kind,
  };
}

export const roleMembers = operations([
  { method: "POST", path: MEMBERS, scopes: SCOPES.createMember, rate, handle: create },
  { method: "GET", path: MEMBERS, scopes: SCOPES.readMember, rate, handle: list },
  { method: "DELETE", path: `${MEMBERS}/:member_id`, scopes: SCOPES.deleteMember, rate, handle: remove },
  { method: "POST", path: `${MEMBERS}/batch_create`, scopes: SCOPES.createMember, rate, handle: batchCreate },
  { method: "POST", path: `${MEMBERS}/batch_delete`, scopes: SCOPES.deleteMember, rate, handle: batchRemove },
]);
