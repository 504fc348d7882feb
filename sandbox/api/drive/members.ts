import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { chatOf, openIdOf } from "../bitable/people.ts";
import type { IdType } from "../bitable/people.ts";
import { refusal } from "./errors.ts";
import { atLeast, drive, nodeOf, permissionOf, sameWho, whoOf } from "./nodes.ts";
import type { Member, Node, Perm, Who } from "./nodes.ts";
import { SCOPES } from "./scopes.ts";
import { said } from "../given.ts";

const MEMBERS = "/open-apis/drive/v1/permissions/:token/members";
const rate = { perMinute: 100 };

/** The node by token and type. @throws 1063005 when it is gone, 1063001 for another type, 1063002 without permission. */
export function openForPermissions(call: Call, need: Perm): Node {
  const token = call.path["token"] ?? "";
  const node = nodeOf(call.state, token);
  if (!node) throw refusal(drive(call.state).nodes[token] ? 1063005 : 1063001, `token ${token}`);
  const type = said(call.query["type"]);
  const wiki = type === "wiki" && node.inWiki;
  if (type !== node.type && !wiki) throw refusal(1063001, `type ${type}, the file is a ${node.type}`);
  if (!atLeast(permissionOf(call, node, whoOf(call)), need)) throw refusal(1063002, `token ${token}`);
  return node;
}

/** Who may share: `share_entity` says whether every collaborator or only managers. */
function openForSharing(call: Call): Node {
  const node = openForPermissions(call, "view");
  const need: Perm = node.public.share_entity === "only_full_access" ? "full_access" : "edit";
  if (!atLeast(permissionOf(call, node, whoOf(call)), need)) throw refusal(1063004, `token ${node.token}`);
  return node;
}

interface Given {
  member_type?: string;
  member_id?: string;
  perm?: Perm;
  type?: string;
}

const USERS: Record<string, IdType> = { openid: "open_id", unionid: "union_id", userid: "user_id" };

/** A member of the request, with the id that is kept. @throws 1063001 for unknown people, 1063003 for what a bot may not. */
function resolve(call: Call, given: Given): { type: Member["type"]; id: string } {
  const { member_type: kind = "", member_id: id = "" } = given;
  const idType = USERS[kind];
  if (idType || kind === "email") {
    const openId = idType
      ? openIdOf(call, idType, id)
      : call.people.list().find((one) => one.email === id)?.open_id;
    if (!openId) throw refusal(1063001, `${kind} ${id}`);
    return { type: "user", id: openId };
  }
  if (kind === "openchat") {
    if (!chatOf(call, id)) throw refusal(1063001, `chat ${id}`);
    return { type: "chat", id };
  }
  if (kind === "opendepartmentid") {
    // A tenant token cannot add departments (facts.md §5.5).
    if (call.principal?.kind !== "user") throw refusal(1063003, "an app cannot add departments");
    return { type: "department", id };
  }
  return { type: "other", id };
}

/** Nobody gives more than they have. */
function put(call: Call, node: Node, given: Given): Member {
  const perm = given.perm ?? "view";
  const { type, id } = resolve(call, given);
  const who: Who = type === "user" ? { kind: "user", openId: id } : { kind: "app", appId: "" };
  if (type === "user" && sameWho(node.owner, who)) throw refusal(1063003, "the owner is no collaborator");
  if (!atLeast(permissionOf(call, node, whoOf(call)), perm))
    throw refusal(1063004, `perm ${perm} is more than your own`);
  const member: Member = { type, id, perm };
  node.members = [...node.members.filter((one) => one.type !== type || one.id !== id), member];
  return member;
}

const answer = (given: Given) => ({
  member_type: given.member_type,
  member_id: given.member_id,
  perm: given.perm,
  type: given.type ?? (given.member_type === "openchat" ? "chat" : "user"),
});

/** Only a person's token can notify (facts.md §5.5); the notice itself is no part of the sandbox. */
function checkNotice(call: Call): void {
  if (call.query["need_notification"] === true && call.principal?.kind !== "user") {
    throw refusal(1063003, "need_notification works with a user token only");
  }
}

function create(call: Call) {
  checkNotice(call);
  const node = openForSharing(call);
  put(call, node, call.body);
  return { member: answer(call.body) };
}

function batchCreate(call: Call) {
  checkNotice(call);
  const node = openForSharing(call);
  const members = call.body["members"] as Given[];
  if (members.length === 0 || members.length > 10)
    throw refusal(1063001, `${members.length} members, 1 to 10`);
  const before = node.members;
  try {
    for (const one of members) put(call, node, one);
  } catch (error) {
    node.members = before;
    throw error;
  }
  return { members: members.map(answer) };
}

function known(call: Call, node: Node, given: Given): Member {
  const { type, id } = resolve(call, given);
  const member = node.members.find((one) => one.type === type && one.id === id);
  if (!member) throw refusal(1063001, `${given.member_type} ${id} is no collaborator`);
  return member;
}

function update(call: Call) {
  const node = openForSharing(call);
  const given: Given = { ...call.body, member_id: call.path["member_id"] };
  known(call, node, given);
  put(call, node, given);
  return { member: answer(given) };
}

function remove(call: Call) {
  const node = openForSharing(call);
  const given: Given = { member_type: said(call.query["member_type"]), member_id: call.path["member_id"] };
  const member = known(call, node, given);
  node.members = node.members.filter((one) => one !== member);
  return {};
}

const KIND = {
  user: "openid",
  chat: "openchat",
  department: "opendepartmentid",
  app: "appid",
  other: "groupid",
} as const;

function list(call: Call) {
  const node = openForPermissions(call, "view");
  const owner: Member = {
    type: node.owner.kind === "user" ? "user" : "app",
    id: idOf(node.owner),
    perm: "full_access",
  };
  const everybody = [owner, ...node.members.filter((one) => one.id !== owner.id)];
  return {
    items: everybody.map((one) => ({
      member_type: KIND[one.type],
      member_id: one.id,
      perm: one.perm,
      type: one.type,
      name: call.people.find(one.id)?.name ?? call.apps[one.id]?.name ?? "",
      avatar: call.people.find(one.id)?.avatar_url ?? "",
      external_label: false,
    })),
  };
}

const idOf = (who: Who): string => (who.kind === "user" ? who.openId : who.appId);

const NEEDS: Record<string, Perm> = {
  view: "view",
  copy: "view",
  print: "view",
  export: "view",
  comment: "view",
  edit: "edit",
};

/** Whether the caller may do something, without doing it. */
function auth(call: Call) {
  const token = call.path["token"] ?? "";
  const node = nodeOf(call.state, token);
  if (!node) throw refusal(1063005, `token ${token}`);
  const action = said(call.query["action"]);
  const need =
    NEEDS[action] ??
    (action === "share" && node.public.share_entity !== "only_full_access" ? "edit" : "full_access");
  return { auth_result: atLeast(permissionOf(call, node, whoOf(call)), need) };
}

/** The old owner keeps full access unless told otherwise; a new owner is a person (facts.md §5.5, decisions.md 18). */
function transfer(call: Call) {
  checkNotice(call);
  const node = openForPermissions(call, "view");
  if (!sameWho(node.owner, whoOf(call))) throw refusal(1063002, "only the owner gives a file away");
  const { type, id } = resolve(call, call.body);
  if (type !== "user") throw refusal(1063001, `member_type ${said(call.body["member_type"])}`);
  const old = node.owner;
  const perm = said(call.query["old_owner_perm"], "full_access");
  if (!["view", "edit", "full_access"].includes(perm)) throw refusal(1063001, `old_owner_perm ${perm}`);
  node.owner = { kind: "user", openId: id };
  node.members = node.members.filter((one) => one.id !== id);
  if (call.query["remove_old_owner"] !== true) {
    node.members.push({ type: old.kind, id: idOf(old), perm: perm as Perm });
  }
  // It moves into the new owner's space unless it is to stay.
  if (call.query["stay_put"] !== true) node.parent = "";
  return {};
}

export const members = operations([
  { method: "POST", path: MEMBERS, scopes: SCOPES.memberCreate, rate, handle: create },
  { method: "POST", path: `${MEMBERS}/batch_create`, scopes: SCOPES.memberBatch, rate, handle: batchCreate },
  { method: "GET", path: MEMBERS, scopes: SCOPES.memberRead, rate, handle: list },
  { method: "PUT", path: `${MEMBERS}/:member_id`, scopes: SCOPES.memberUpdate, rate, handle: update },
  { method: "DELETE", path: `${MEMBERS}/:member_id`, scopes: SCOPES.memberDelete, rate, handle: remove },
  { method: "GET", path: `${MEMBERS}/auth`, scopes: SCOPES.memberAuth, rate, handle: auth },
  { method: "POST", path: `${MEMBERS}/transfer_owner`, scopes: SCOPES.transfer, rate, handle: transfer },
]);
