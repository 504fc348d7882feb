/** contact/v3/departments: get, children, batch, parent; contact/v3/scopes (facts.md §8). */
import { type Department, directory, idFor, reaches } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { str } from "../text.ts";

const READ = [
  "contact:contact.base:readonly",
  "contact:contact:access_as_app",
  "contact:contact:readonly",
  "contact:contact:readonly_as_app",
];
const RATE = { perMinute: 1000, perSecond: 50 };
const ROOT: Department = { open_department_id: "0", department_id: "0", name: "", parent: "", leader: null };
const badSize = (): FeishuError => new FeishuError(40011, 400, "page size is invalid");
const badToken = (): FeishuError => new FeishuError(40012, 400, "page token is invalid error");

function find(call: Call, id: string): Department | null {
  if (id === "0") return ROOT;
  const all = directory(call.state).departments;
  if (call.query.department_id_type !== "department_id") return all[id] ?? null;
  return Object.values(all).find((department) => department.department_id === id) ?? null;
}

/** The department a call names by the kind of id it speaks, or 40008. */
export function requireDepartment(call: Call, id: string): Department {
  const department = find(call, id);
  if (!department) throw new FeishuError(40008, 400, `dept Info is null error: no department ${id}`);
  return department;
}

function idOf(call: Call, open: string): string {
  return call.query.department_id_type === "department_id"
    ? (directory(call.state).departments[open]?.department_id ?? open)
    : open;
}

function childrenOf(call: Call, open: string, deep: boolean): Department[] {
  const direct = Object.values(directory(call.state).departments).filter(
    (department) => department.parent === open,
  );
  return deep
    ? direct.flatMap((child) => [child, ...childrenOf(call, child.open_department_id, true)])
    : direct;
}

function memberCount(call: Call, open: string): number {
  const within = new Set([open, ...childrenOf(call, open, true).map((child) => child.open_department_id)]);
  return Object.values(directory(call.state).people).filter(
    (person) => !person.resigned && person.department_ids.some((id) => within.has(id)),
  ).length;
}

function view(call: Call, department: Department): Record<string, unknown> {
  return {
    name: department.name,
    i18n_name: {},
    parent_department_id: department.parent === "" ? "0" : idOf(call, department.parent),
    department_id: department.department_id,
    open_department_id: department.open_department_id,
    ...(department.leader ? { leader_user_id: idFor(call, department.leader) } : {}),
    chat_id: "",
    order: "0",
    member_count: memberCount(call, department.open_department_id),
    status: { is_deleted: false },
  };
}

function children(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 10, min: 1, max: 50 }, badSize);
  const parent = requireDepartment(call, call.path.department_id ?? "0");
  const found = childrenOf(call, parent.open_department_id, call.query.fetch_child === true);
  const page = pageOf(
    found,
    { kind: `children-${parent.open_department_id}`, size, token: call.query.page_token },
    badToken,
  );
  return { ...page, items: page.items.map((department) => view(call, department)) };
}

function batch(call: Call): unknown {
  const ids = call.query.department_ids as string[];
  if (ids.length < 1 || ids.length > 50) throw new FeishuError(40011, 400, "page size is more than 50 error");
  const found = ids.map((id) => find(call, id)).filter((department) => department !== null);
  return { items: found.map((department) => view(call, department)) };
}

function parents(call: Call): unknown {
  const all = directory(call.state).departments;
  const chain: Department[] = [];
  for (let at = all[requireDepartment(call, str(call.query.department_id)).parent]; at; at = all[at.parent])
    chain.push(at);
  return { items: chain.map((department) => view(call, department)), has_more: false };
}

/** The app's contact range: the root department when nothing is held back, else the single people. */
function scopes(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 50, min: 1, max: 100 }, badSize);
  if (!call.app?.availability)
    return {
      department_ids: Object.values(directory(call.state).departments)
        .filter((d) => d.parent === "0")
        .map((d) => idOf(call, d.open_department_id)),
      user_ids: unplaced(call),
      group_ids: [],
      has_more: false,
    };
  const page = pageOf(
    call.app.availability,
    { kind: "scopes", size, token: call.query.page_token },
    badToken,
  );
  return {
    department_ids: [],
    user_ids: page.items.map((id) => idFor(call, id)),
    group_ids: [],
    has_more: page.has_more,
    ...(page.page_token ? { page_token: page.page_token } : {}),
  };
}

function unplaced(call: Call): string[] {
  const people = Object.values(directory(call.state).people);
  return people
    .filter(
      (person) =>
        !person.resigned && person.department_ids.includes("0") && reaches(call.app, person.open_id),
    )
    .map((person) => idFor(call, person.open_id));
}

export const departments = operations([
  {
    method: "GET",
    path: "/open-apis/contact/v3/departments/batch",
    scopes: ["contact:contact.base:readonly"],
    rate: RATE,
    handle: batch,
  },
  {
    method: "GET",
    path: "/open-apis/contact/v3/departments/parent",
    scopes: ["contact:department.organize:readonly", ...READ],
    rate: RATE,
    handle: parents,
  },
  {
    method: "GET",
    path: "/open-apis/contact/v3/departments/:department_id/children",
    scopes: ["contact:department.organize:readonly", ...READ],
    rate: RATE,
    handle: children,
  },
  {
    method: "GET",
    path: "/open-apis/contact/v3/departments/:department_id",
    scopes: READ,
    rate: RATE,
    handle: (call) => ({ department: view(call, requireDepartment(call, call.path.department_id ?? "")) }),
  },
  { method: "GET", path: "/open-apis/contact/v3/scopes", scopes: READ, rate: RATE, handle: scopes },
]);
