/** calendar/v4 calendars: primary, primarys, create, get, list with sync, patch, delete, subscribe (facts.md §6.1). */
import { idFor, nameOf, requirePerson } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { str } from "../text.ts";
import { badRequest, invalid, newCalendar, primaryOf, requireCalendar, roleOf } from "./access.ts";
import { type Calendar, calendar, nextChange } from "./state.ts";
import { readSync, syncToken } from "./sync.ts";
import { calendarView } from "./view.ts";

const RATE = { perMinute: 1000, perSecond: 50 };
const READ = ["calendar:calendar", "calendar:calendar:read", "calendar:calendar:readonly"];
const MOST_SUBSCRIBED = 1000;
const badToken = (): FeishuError => new FeishuError(190008, 400, "page_token or sync_token expired");

function view(call: Call, found: Calendar): Record<string, unknown> {
  return calendarView(found, roleOf(found, call.actor) ?? "unknown");
}

function primary(call: Call): unknown {
  if (!call.actor) throw new FeishuError(190007, 404, "app bot_id not found");
  const found = primaryOf(call, call.actor, nameOf(call, call.actor));
  return { calendars: [{ calendar: view(call, found), user_id: idFor(call, call.actor) }] };
}

function primarys(call: Call): unknown {
  const ids = call.body.user_ids as string[];
  if (ids.length < 1) throw invalid("user_ids takes 1 to 10 ids");
  if (ids.length > 10) throw new FeishuError(198001, 400, "the number of user IDs exceeds the limit");
  const calendars = ids.map((id) => {
    const person = requirePerson(call, id);
    if (person.resigned) throw new FeishuError(195100, 404, "user is dismiss or not exist in the tenant");
    return { calendar: view(call, primaryOf(call, person.open_id, person.name)), user_id: id };
  });
  return { calendars };
}

function requireTexts(call: Call): void {
  for (const name of ["summary", "description", "summary_alias"])
    if (str(call.body[name]).length > 255) throw invalid(`${name} may have at most 255 characters`);
}

function create(call: Call): unknown {
  requireTexts(call);
  const {
    summary = "",
    description = "",
    permissions = "show_only_free_busy",
    color = -1,
  } = call.body as Partial<Calendar>;
  const made = newCalendar(call, {
    owner: call.actor,
    type: "shared",
    summary,
    description,
    permissions,
    color,
  });
  return { calendar: view(call, made) };
}

function mine(call: Call): Calendar[] {
  const all = calendar(call.state);
  const listed = new Set(all.subscribed[call.actor] ?? []);
  return Object.values(all.calendars).filter(
    (found) =>
      found.owner === call.actor ||
      listed.has(found.id) ||
      Object.values(found.acls).some((acl) => acl.user === call.actor),
  );
}

function list(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 500, min: 50, max: 1000 }, () =>
    invalid("page_size takes 50 to 1000"),
  );
  const since = call.query.sync_token
    ? readSync(call, "calendars", str(call.query.sync_token), badToken)
    : null;
  const found = mine(call).filter((one) => (since === null ? !one.deleted : one.changed > since));
  const page = pageOf(found, { kind: "calendars", size, token: call.query.page_token }, badToken);
  const { items, ...rest } = page;
  return {
    ...rest,
    calendar_list: items.map((one) => view(call, one)),
    ...(page.has_more ? {} : { sync_token: syncToken(call, "calendars") }),
  };
}

function patch(call: Call): unknown {
  requireTexts(call);
  const found = requireCalendar(call, "owner");
  const { summary, description, permissions, color } = call.body as Partial<Calendar>;
  const changes = { summary, description, permissions, color };
  Object.assign(
    found,
    Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
    { changed: nextChange(call.state) },
  );
  return { calendar: view(call, found) };
}

function remove(call: Call): unknown {
  const found = requireCalendar(call, "owner");
  if (found.type === "primary")
    throw new FeishuError(191004, 403, "invalid calendar type: a primary calendar cannot be deleted");
  found.deleted = true;
  found.changed = nextChange(call.state);
  return {};
}

function subscribe(call: Call): unknown {
  const found = requireCalendar(call, "free_busy_reader");
  const list = (calendar(call.state).subscribed[call.actor] ??= []);
  if (!list.includes(found.id) && list.length >= MOST_SUBSCRIBED)
    throw new FeishuError(191005, 400, "subscribe calendars count rich limit");
  if (!list.includes(found.id)) list.push(found.id);
  return { calendar: view(call, found) };
}

function unsubscribe(call: Call): unknown {
  const found = requireCalendar(call, "free_busy_reader");
  if (found.type === "primary" && found.owner === call.actor)
    throw new FeishuError(191008, 400, "primary calendar can not be unsubscribed");
  const list = calendar(call.state).subscribed[call.actor] ?? [];
  if (!list.includes(found.id)) throw new FeishuError(191007, 400, "target calendar is already unsubscribed");
  calendar(call.state).subscribed[call.actor] = list.filter((id) => id !== found.id);
  return {};
}

const CALENDARS = "/open-apis/calendar/v4/calendars";
const userIds = {
  type: "object",
  properties: { user_id_type: { type: "string", enum: ["open_id", "union_id", "user_id"] } },
};
export const calendars = operations([
  {
    method: "POST",
    path: `${CALENDARS}/primary`,
    scopes: ["calendar:calendar:read", "calendar:calendar:readonly"],
    rate: RATE,
    invalid: badRequest,
    handle: primary,
  },
  {
    method: "POST",
    path: `${CALENDARS}/primarys`,
    tokens: ["tenant", "user"],
    scopes: ["calendar:calendar:read", "calendar:calendar:readonly"],
    rate: RATE,
    reads: true,
    invalid: badRequest,
    schema: {
      params: userIds,
      data: {
        type: "object",
        properties: { user_ids: { type: "array", items: { type: "string" } } },
        required: ["user_ids"],
      },
    },
    handle: primarys,
  },
  {
    method: "POST",
    path: CALENDARS,
    scopes: ["calendar:calendar", "calendar:calendar:create"],
    rate: RATE,
    invalid: badRequest,
    handle: create,
  },
  { method: "GET", path: CALENDARS, scopes: READ, rate: RATE, invalid: badRequest, handle: list },
  {
    method: "GET",
    path: `${CALENDARS}/:calendar_id`,
    scopes: READ,
    rate: RATE,
    invalid: badRequest,
    handle: (call) => view(call, requireCalendar(call, "free_busy_reader")),
  },
  {
    method: "PATCH",
    path: `${CALENDARS}/:calendar_id`,
    scopes: ["calendar:calendar", "calendar:calendar:update"],
    rate: RATE,
    invalid: badRequest,
    handle: patch,
  },
  {
    method: "DELETE",
    path: `${CALENDARS}/:calendar_id`,
    scopes: ["calendar:calendar", "calendar:calendar:delete"],
    rate: RATE,
    invalid: badRequest,
    handle: remove,
  },
  {
    method: "POST",
    path: `${CALENDARS}/:calendar_id/subscribe`,
    scopes: ["calendar:calendar", "calendar:calendar:subscribe"],
    rate: RATE,
    invalid: badRequest,
    handle: subscribe,
  },
  {
    method: "POST",
    path: `${CALENDARS}/:calendar_id/unsubscribe`,
    scopes: ["calendar:calendar", "calendar:calendar:subscribe"],
    rate: RATE,
    invalid: badRequest,
    handle: unsubscribe,
  },
]);
