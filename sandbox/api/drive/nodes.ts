import { FeishuError, slice } from "../../kernel.ts";
import type { Call, Kernel, State } from "../../kernel.ts";
import { chatOf } from "../bitable/people.ts";
import { directory } from "../directory.ts";

export type Perm = "view" | "edit" | "full_access";
export type Who = { kind: "user"; openId: string } | { kind: "app"; appId: string };

export interface Member {
  /** `app` cannot be invited by API; people do it with 「添加文档应用」 (decisions.md 3). */
  type: "user" | "chat" | "department" | "app" | "other";
  /** open_id, chat_id, department id or app_id. */
  id: string;
  perm: Perm;
}

export interface Public {
  external_access: boolean;
  security_entity: string;
  comment_entity: string;
  share_entity: string;
  link_share_entity: string;
  invite_external: boolean;
  manage_collaborator_entity: string;
  copy_entity: string;
  external_access_entity: string;
  lock_switch: boolean;
}

/** Anything that lies in Drive: a folder, a Base, a document, a file. Its content belongs to the service of its type. */
export interface Node {
  token: string;
  type: string;
  name: string;
  /** Folder token; "" = the root of its owner's space. */
  parent: string;
  owner: Who;
  members: Member[];
  public: Public;
  createdAt: number;
  modifiedAt: number;
  /** open_id of who changed it last. */
  modifiedBy: string;
  deleted: boolean;
  inWiki: boolean;
  subscribers: { appId: string; openId: string | null }[];
  views: { openId: string; at: number }[];
}

export interface Media {
  token: string;
  name: string;
  size: number;
  type: string;
  parentType: string;
  parentNode: string;
  /** Base64. */
  content: string;
  createdAt: number;
  by: string;
  deleted: boolean;
}

export interface Upload {
  name: string;
  size: number;
  parentType: string;
  parentNode: string;
  blocks: Record<string, string>;
  at: number;
  by: string;
}

export interface DriveState {
  nodes: Record<string, Node>;
  medias: Record<string, Media>;
  uploads: Record<string, Upload>;
  /** Temporary download addresses: code → file and end of life. */
  tickets: Record<string, { token: string; until: number }>;
  tasks: Record<string, { done: number }>;
}

export const drive = slice<DriveState>("drive", () => ({
  nodes: {},
  medias: {},
  uploads: {},
  tickets: {},
  tasks: {},
}));

const CLOSED: Public = {
  external_access: false,
  security_entity: "anyone_can_view",
  comment_entity: "anyone_can_view",
  share_entity: "anyone",
  link_share_entity: "closed",
  invite_external: false,
  manage_collaborator_entity: "collaborator_full_access",
  copy_entity: "anyone_can_view",
  external_access_entity: "closed",
  lock_switch: false,
};

/** Puts something into Drive. Docx and Base call it when they create; whoever creates owns. */
export function createNode(
  kernel: Kernel,
  spec: { token: string; type: string; name: string; parent: string; owner: Who; inWiki?: boolean },
): Node {
  const node: Node = {
    ...spec,
    inWiki: spec.inWiki ?? false,
    members: [],
    public: { ...CLOSED },
    createdAt: kernel.now(),
    modifiedAt: kernel.now(),
    modifiedBy: actorOf(kernel, spec.owner),
    deleted: false,
    subscribers: [],
    views: [],
  };
  drive(kernel.state).nodes[spec.token] = node;
  return node;
}

export function actorOf(kernel: Kernel, who: Who): string {
  return who.kind === "user" ? who.openId : (kernel.apps[who.appId]?.botOpenId ?? "");
}

export function whoOf(call: Call): Who {
  const principal = call.principal;
  if (!principal) throw new FeishuError(99991661, 400, "Missing access token for authorization.");
  return principal.kind === "user"
    ? { kind: "user", openId: principal.openId }
    : { kind: "app", appId: principal.appId };
}

/** The node by its token unless it is gone. */
export function nodeOf(state: State, token: string): Node | null {
  const node = drive(state).nodes[token];
  return node && !node.deleted ? node : null;
}

const RANK: Record<Perm, number> = { view: 1, edit: 2, full_access: 3 };

/** The best of what `who` may do with the node: owner, collaborator, chat, department, folder above, link sharing. */
export function permissionOf(kernel: Kernel, node: Node, who: Who): Perm | null {
  if (sameWho(node.owner, who)) return "full_access";
  let best: Perm | null = shared(node, who);
  for (const member of node.members) {
    if (matches(kernel, member, who)) best = better(best, member.perm);
  }
  const above = node.parent ? nodeOf(kernel.state, node.parent) : null;
  return above ? better(best, permissionOf(kernel, above, who)) : best;
}

export function atLeast(perm: Perm | null, need: Perm): boolean {
  return perm !== null && RANK[perm] >= RANK[need];
}

export function sameWho(a: Who, b: Who): boolean {
  return a.kind === "user"
    ? b.kind === "user" && a.openId === b.openId
    : b.kind === "app" && a.appId === b.appId;
}

function better(a: Perm | null, b: Perm | null): Perm | null {
  if (a === null || b === null) return a ?? b;
  return RANK[a] >= RANK[b] ? a : b;
}

function shared(node: Node, who: Who): Perm | null {
  if (who.kind === "app") return null;
  if (node.public.link_share_entity.endsWith("_editable")) return "edit";
  return node.public.link_share_entity.endsWith("_readable") ? "view" : null;
}

function matches(kernel: Kernel, member: Member, who: Who): boolean {
  if (member.type === "user") return who.kind === "user" && who.openId === member.id;
  if (member.type === "app") return who.kind === "app" && who.appId === member.id;
  if (member.type === "chat") {
    const chat = chatOf(kernel, member.id);
    return who.kind === "user" ? !!chat?.members.includes(who.openId) : !!chat?.bots.includes(who.appId);
  }
  return member.type === "department" && who.kind === "user" && inDepartment(kernel, who.openId, member.id);
}

/** In the department itself or below it. */
export function inDepartment(kernel: Kernel, openId: string, departmentId: string): boolean {
  const { people, departments } = directory(kernel.state);
  const above = (id: string): boolean => {
    if (id === departmentId) return true;
    const parent = departments[id]?.parent;
    return parent !== undefined && parent !== id && above(parent);
  };
  return people[openId]?.department_ids.some(above) ?? false;
}

/** Copying the content of a document type: the owner of the type registers it, the drive copies the node. */
type Copier = (kernel: Kernel, from: Node, to: Node, body: Record<string, unknown>) => void;
const copiers: Record<string, Copier> = {};

export function setCopier(type: string, copy: Copier): void {
  copiers[type] = copy;
}

export function copierOf(type: string): Copier | undefined {
  return copiers[type];
}

/** Address of this sandbox as the caller sees it: links must lead back here. */
export function originOf(call: { headers: Headers }): string {
  return `http://${call.headers.get("host") ?? "127.0.0.1"}`;
}

export function urlOf(call: { headers: Headers }, node: { type: string; token: string }): string {
  const folder: Record<string, string> = { bitable: "base", folder: "drive/folder" };
  return `${originOf(call)}/${folder[node.type] ?? node.type}/${node.token}`;
}
