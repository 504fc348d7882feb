import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { paged } from "../bitable/page.ts";
import { refusal } from "./errors.ts";
import {
  actorOf,
  atLeast,
  copierOf,
  createNode,
  drive,
  nodeOf,
  permissionOf,
  sameWho,
  urlOf,
  whoOf,
} from "./nodes.ts";
import type { Node, Perm, Who } from "./nodes.ts";
import { SCOPES } from "./scopes.ts";
import { said } from "../given.ts";

const FILES = "/open-apis/drive/v1/files";
const CHILDREN_MAX = 1500;
const RETRY = { code: 1061045, status: 400, perSecond: 5 } as const;

/** The node with at least this permission. @throws 1061003, 1061007, 1061004. */
function open(call: Call, token: string, need: Perm): Node {
  const node = nodeOf(call.state, token);
  if (!node) throw refusal(drive(call.state).nodes[token] ? 1061007 : 1061003, `token ${token}`);
  if (!atLeast(permissionOf(call, node, whoOf(call)), need)) throw refusal(1061004, `token ${token}`);
  return node;
}

function folderFor(call: Call): string {
  const token = said(call.body["folder_token"]);
  if (token === "") return "";
  const folder = open(call, token, "edit");
  if (folder.type !== "folder") throw refusal(1061002, `folder_token ${token} is a ${folder.type}`);
  if (childrenOf(call, token, whoOf(call)).length >= CHILDREN_MAX)
    throw refusal(1062507, `folder_token ${token}`);
  return token;
}

/** The root is the space of who asks; a folder shows what lies in it. */
function childrenOf(call: Call, folder: string, who: Who): Node[] {
  const nodes = Object.values(drive(call.state).nodes);
  return nodes.filter(
    (node) =>
      !node.deleted && node.parent === folder && !node.inWiki && (folder !== "" || sameWho(node.owner, who)),
  );
}

function shown(call: Call, node: Node) {
  return {
    token: node.token,
    name: node.name,
    type: node.type,
    parent_token: node.parent,
    url: urlOf(call, node),
    created_time: String(Math.floor(node.createdAt / 1000)),
    modified_time: String(Math.floor(node.modifiedAt / 1000)),
    owner_id: actorOf(call, node.owner),
  };
}

/** Asynchronous for Bases: they answer 1254036 until the copy is done (facts.md §4.2, §5.3). */
function copy(call: Call) {
  const source = open(call, call.path["file_token"] ?? "", "view");
  const name = said(call.body["name"]);
  if (name === "" || Buffer.byteLength(name) > 256) throw refusal(1061008, name);
  const type = said(call.body["type"]);
  if (type !== source.type) throw refusal(1061002, `type ${type}, the file is a ${source.type}`);
  const parent = folderFor(call);
  const prefix: Record<string, string> = { bitable: "bas", docx: "dox" };
  const token = call.id(prefix[type] ?? "fil", 24);
  const made = createNode(call, { token, type, name, parent, owner: whoOf(call) });
  copierOf(type)?.(call, source, made, call.body);
  return { file: { token, name, type, parent_token: parent, url: urlOf(call, made) } };
}

function createFolder(call: Call) {
  const name = said(call.body["name"]);
  if (name === "" || Buffer.byteLength(name) > 256) throw refusal(1061002, `name ${name}`);
  const parent = folderFor(call);
  const node = createNode(call, {
    token: call.id("fld", 24),
    type: "folder",
    name,
    parent,
    owner: whoOf(call),
  });
  return { token: node.token, url: urlOf(call, node) };
}

function list(call: Call) {
  const folder = said(call.query["folder_token"]);
  if (folder !== "") open(call, folder, "view");
  const key = call.query["order_by"] === "CreatedTime" ? "createdAt" : "modifiedAt";
  const sign = call.query["direction"] === "ASC" ? 1 : -1;
  const nodes = childrenOf(call, folder, whoOf(call)).toSorted((a, b) => sign * (a[key] - b[key]));
  const limits = { usual: 200, most: 200 };
  const page = paged("other", nodes, call.query, limits, `files ${folder} ${key} ${sign}`, call.now());
  return {
    files: page.items.map((node) => shown(call, node)),
    has_more: page.has_more,
    ...(page.page_token ? { next_page_token: page.page_token } : {}),
  };
}

function remove(call: Call) {
  const node = open(call, call.path["file_token"] ?? "", "full_access");
  if (node.type !== call.query["type"]) throw refusal(1061002, `type ${said(call.query["type"])}`);
  for (const child of Object.values(drive(call.state).nodes))
    if (child.parent === node.token) child.deleted = true;
  node.deleted = true;
  const task = call.id("tsk", 16);
  drive(call.state).tasks[task] = { done: call.now() };
  return node.type === "folder" ? { task_id: task } : {};
}

function taskCheck(call: Call) {
  const task = drive(call.state).tasks[said(call.query["task_id"])];
  if (!task) throw refusal(1061003, `task_id ${said(call.query["task_id"])}`);
  return { status: task.done <= call.now() ? "success" : "process" };
}

function metas(call: Call) {
  const wanted = call.body["request_docs"] as { doc_token: string; doc_type: string }[];
  if (wanted.length === 0 || wanted.length > 200)
    throw refusal(1061002, `${wanted.length} request_docs, 1 to 200`);
  const answer = { metas: [] as unknown[], failed_list: [] as { token: string; code: number }[] };
  for (const { doc_token: token, doc_type } of wanted) {
    const node = nodeOf(call.state, token);
    if (!node || node.type !== doc_type) answer.failed_list.push({ token, code: 970005 });
    else if (!permissionOf(call, node, whoOf(call))) answer.failed_list.push({ token, code: 970003 });
    else answer.metas.push(meta(call, node));
  }
  return answer;
}

function meta(call: Call, node: Node) {
  return {
    doc_token: node.token,
    doc_type: node.type,
    title: node.name,
    owner_id: actorOf(call, node.owner),
    create_time: String(Math.floor(node.createdAt / 1000)),
    latest_modify_user: node.modifiedBy,
    latest_modify_time: String(Math.floor(node.modifiedAt / 1000)),
    ...(call.body["with_url"] === true ? { url: urlOf(call, node) } : {}),
  };
}

/** Who opened a file, latest first; a person shows once. */
function viewRecords(call: Call) {
  const node = open(call, call.path["file_token"] ?? "", "view");
  const latest = new Map<string, number>();
  for (const view of node.views) latest.set(view.openId, view.at);
  const views = [...latest].toSorted((a, b) => b[1] - a[1]);
  const page = paged("other", views, call.query, { usual: 10, most: 50 }, `views ${node.token}`, call.now());
  const items = page.items.map(([openId, at]) => ({
    viewer_id: openId,
    name: call.people.find(openId)?.name ?? "",
    avatar_url: call.people.find(openId)?.avatar_url ?? "",
    last_view_time: String(Math.floor(at / 1000)),
  }));
  return { items, has_more: page.has_more, ...(page.page_token ? { page_token: page.page_token } : {}) };
}

export const files = operations([
  { method: "POST", path: `${FILES}/:file_token/copy`, scopes: SCOPES.copy, rate: RETRY, handle: copy },
  {
    method: "POST",
    path: `${FILES}/create_folder`,
    scopes: SCOPES.folder,
    rate: RETRY,
    handle: createFolder,
  },
  { method: "GET", path: FILES, scopes: SCOPES.list, handle: list },
  { method: "DELETE", path: `${FILES}/:file_token`, scopes: SCOPES.remove, rate: RETRY, handle: remove },
  { method: "GET", path: `${FILES}/task_check`, scopes: SCOPES.list, handle: taskCheck },
  {
    method: "GET",
    path: `${FILES}/:file_token/view_records`,
    scopes: SCOPES.viewRecords,
    handle: viewRecords,
  },
  {
    method: "POST",
    path: "/open-apis/drive/v1/metas/batch_query",
    scopes: SCOPES.metas,
    reads: true,
    handle: metas,
  },
]);
