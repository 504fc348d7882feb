import { operations } from "../../kernel.ts";
import type { Call, Operation } from "../../kernel.ts";
import { openBase } from "./access.ts";
import type { Opened } from "./access.ts";
import { raise } from "./commit.ts";
import { refusal } from "./errors.ts";
import { LIMITS } from "./model.ts";
import type { Role } from "./model.ts";
import { paged } from "./page.ts";
import { ROLE_BODY } from "./role-schema.ts";
import { SCOPES } from "./scopes.ts";
import { openForWrite } from "./writing.ts";
import { said } from "../given.ts";

const OLD = "/open-apis/bitable/v1/apps/:app_token/roles";
const NEW = "/open-apis/base/v2/apps/:app_token/roles";
const rate = { perSecond: 10 };

/** Roles exist only under advanced permissions, and only a manager sees them: 1254301, 1254302. */
export function needAdvanced(opened: Opened): Opened {
  if (!opened.base.advanced || opened.base.advancedAt > opened.kernel.now()) {
    throw refusal("role", 1254301, "advanced permissions are off, or not yet in effect");
  }
  return opened;
}

export function roleOf(opened: Opened, call: Call): Role {
  const role = opened.base.roles.find((one) => one.id === call.path["role_id"]);
  if (!role) throw refusal("role", 1254047, `role_id ${call.path["role_id"]}`);
  return role;
}

const shown = (role: Role) => ({ role_id: role.id, role_name: role.name, ...role.body });

/** Name and body as sent, checked against the tables of the Base. */
function checked(
  opened: Opened,
  call: Call,
  own: Role | null,
): { name: string; body: Record<string, unknown> } {
  const { role_name, ...body } = call.body;
  const name = said(role_name).trim();
  if (name === "" || name.length > 100) throw refusal("role", 1254032, `role_name ${name}`);
  if (opened.base.roles.some((role) => role.name === name && role !== own))
    throw refusal("role", 1254033, name);
  for (const { table_id, table_name } of (body["table_roles"] ?? []) as {
    table_id?: string;
    table_name?: string;
  }[]) {
    const known = opened.base.tables.some((table) =>
      table_id ? table.id === table_id : table.name === table_name,
    );
    if (!known) throw refusal("role", 1254041, `table ${table_id ?? table_name}`);
  }
  return { name, body };
}

async function create(call: Call) {
  const opened = needAdvanced(await openForWrite(call, "role", "manage"));
  if (opened.base.roles.length >= LIMITS.roles) throw refusal("role", 1254110);
  const role: Role = { id: call.id("rol"), ...checked(opened, call, null), members: [] };
  opened.base.roles.push(role);
  raise(call, opened.base, null, opened.actor);
  return { role: shown(role) };
}

async function update(call: Call) {
  const opened = needAdvanced(await openForWrite(call, "role", "manage"));
  const role = roleOf(opened, call);
  Object.assign(role, checked(opened, call, role));
  raise(call, opened.base, null, opened.actor);
  return { role: shown(role) };
}

async function remove(call: Call) {
  const opened = needAdvanced(await openForWrite(call, "role", "manage"));
  const role = roleOf(opened, call);
  opened.base.roles = opened.base.roles.filter((one) => one !== role);
  raise(call, opened.base, null, opened.actor);
  return {};
}

function list(call: Call) {
  const { base } = needAdvanced(openBase(call, "role", "manage"));
  return paged(
    "role",
    base.roles.map(shown),
    call.query,
    { usual: 20, most: 30 },
    `roles ${base.token}`,
    call.now(),
  );
}

/** The old path is in the contract file, the new one is not: its bodies are described by hand. */
const both = (
  method: Operation["method"],
  more: string,
  scopes: string[],
  handle: Operation["handle"],
  body = false,
): Operation[] => [
  { method, path: OLD + more, scopes, rate, handle },
  {
    method,
    path: NEW + more,
    scopes,
    rate,
    handle,
    schema: body ? { data: ROLE_BODY } : { params: { type: "object" } },
  },
];

export const roles = operations([
  ...both("POST", "", SCOPES.createRole, create, true),
  ...both("GET", "", SCOPES.readRole, list),
  ...both("PUT", "/:role_id", SCOPES.updateRole, update, true),
  ...both("DELETE", "/:role_id", SCOPES.deleteRole, remove),
]);
