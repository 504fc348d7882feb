/** calendar/v4 acls: who may read or write a calendar besides its owner. */
import { appOfBot, findPerson, idFor, idType } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { str } from "../text.ts";
import { badRequest, invalid, requireCalendar } from "./access.ts";
import { type Acl, type Calendar, nextChange, type Role } from "./state.ts";

const RATE = { perMinute: 1000, perSecond: 50 };
const READ = ["calendar:calendar", "calendar:calendar.acl:read", "calendar:calendar:readonly"];

function view(call: Call, acl: Acl): Record<string, unknown> {
  return { acl_id: acl.id, role: acl.role, scope: { type: "user", user_id: idFor(call, acl.user) } };
}

/** A shared calendar the caller owns; the rights on a primary one are its owner's alone. */
function owned(call: Call): Calendar {
  const found = requireCalendar(call, "owner");
  if (found.type === "primary" && found.owner !== call.actor)
    throw new FeishuError(191004, 403, "invalid calendar type");
  return found;
}

function create(call: Call): unknown {
  const found = owned(call);
  const role = str(call.body.role);
  if (role === "unknown") throw invalid("role unknown cannot be given");
  const id = str((call.body.scope as { user_id?: string }).user_id);
  const person = findPerson(call.state, id, idType(call));
  if (person?.resigned || (!person && !appOfBot(call, id)))
    throw new FeishuError(195100, 404, `user is dismiss or not exist in the tenant: ${id}`);
  const user = person?.open_id ?? id;
  const before = Object.values(found.acls).find((acl) => acl.user === user);
  const acl: Acl = { id: before?.id ?? `user_${call.id("acl", 16).slice(3)}`, role: role as Role, user };
  found.acls[acl.id] = acl;
  found.changed = nextChange(call.state);
  return view(call, acl);
}

function remove(call: Call): unknown {
  const found = owned(call);
  const id = call.path.acl_id ?? "";
  if (!found.acls[id]) throw new FeishuError(192000, 404, `acl not found: ${id}`);
  delete found.acls[id];
  found.changed = nextChange(call.state);
  return {};
}

function list(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 10, min: 10, max: 50 }, () =>
    invalid("page_size takes 10 to 50"),
  );
  const found = owned(call);
  const { items, ...rest } = pageOf(
    Object.values(found.acls),
    { kind: `acls-${found.id}`, size, token: call.query.page_token },
    () => new FeishuError(190008, 400, "page_token or sync_token expired"),
  );
  return { ...rest, acls: items.map((acl) => view(call, acl)) };
}

const ACLS = "/open-apis/calendar/v4/calendars/:calendar_id/acls";
export const acls = operations([
  {
    method: "POST",
    path: ACLS,
    scopes: ["calendar:calendar", "calendar:calendar.acl:create"],
    rate: RATE,
    invalid: badRequest,
    handle: create,
  },
  { method: "GET", path: ACLS, scopes: READ, rate: RATE, invalid: badRequest, handle: list },
  {
    method: "DELETE",
    path: `${ACLS}/:acl_id`,
    scopes: ["calendar:calendar", "calendar:calendar.acl:delete"],
    rate: RATE,
    invalid: badRequest,
    handle: remove,
  },
]);
