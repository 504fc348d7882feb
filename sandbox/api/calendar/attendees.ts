/** calendar/v4 attendees: create, list, batch_delete, chat_members (facts.md §6.3). */
import { findPerson, idType } from "../directory.ts";
import { im } from "../im/state.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { str } from "../text.ts";
import { badRequest, invalid } from "./access.ts";
import { type Found, requireEvent } from "./event-core.ts";
import { eventChanged, notify } from "./notices.ts";
import { chatMembers, invitation, invitedPeople } from "./people.ts";
import type { Attendee, Event } from "./state.ts";
import { attendeeView, memberView } from "./view.ts";

const RATE = { perMinute: 1000, perSecond: 50 };
const READ = ["calendar:calendar", "calendar:calendar.event:read", "calendar:calendar:readonly"];
const WRITE = ["calendar:calendar", "calendar:calendar.event:update"];
const MOST_PER_CALL = 1000;
const MOST_ROOMS = 100;
const MOST_OF_EVENT = 3000;
const MOST_DELETED = 500;
const badToken = (): FeishuError => new FeishuError(190008, 400, "page_token or sync_token expired");

interface Given {
  type?: Attendee["type"];
  is_optional?: boolean;
  user_id?: string;
  chat_id?: string;
  room_id?: string;
  third_party_email?: string;
  operate_id?: string;
}

function mayInvite(call: Call, { event, organizes }: Found): boolean {
  const ability = str(event.fields.attendee_ability);
  return (
    organizes ||
    (invitation(call.state, event, call.actor) !== null &&
      (ability === "can_invite_others" || ability === "can_modify_event"))
  );
}

/** Who is meant, or the refusal for somebody who cannot be invited. */
function refOf(call: Call, given: Given): string {
  if (given.type === "user") {
    const person = findPerson(call.state, str(given.user_id), idType(call));
    if (!person || person.resigned)
      throw new FeishuError(195100, 404, `user is dismiss or not exist in the tenant: ${str(given.user_id)}`);
    return person.open_id;
  }
  if (given.type === "chat") return chatRef(call, str(given.chat_id));
  if (given.type === "third_party" && /^[^@\s]+@[^@\s]+$/.test(str(given.third_party_email)))
    return str(given.third_party_email);
  if (given.type === "resource" && given.room_id) return given.room_id;
  throw new FeishuError(194004, 400, `invalid attendee type ${str(given.type)} or no id for it`);
}

function chatRef(call: Call, id: string): string {
  const chat = im(call.state).chats[id];
  if (!chat || chat.dissolved || chat.mode !== "group")
    throw new FeishuError(194000, 404, `attendee not found: chat ${id}`);
  const inside =
    call.principal?.kind === "user"
      ? chat.people.includes(call.actor)
      : chat.bots.includes(call.app?.appId ?? "");
  if (!inside)
    throw new FeishuError(
      194002,
      403,
      "no permission to create event attendees: the caller is not in the chat",
    );
  return id;
}

/** Repeated invitations change nothing; an invited person who was taken off is invited again. */
function create(call: Call): unknown {
  const found = requireEvent(call);
  const { event } = found;
  if (!mayInvite(call, found)) throw new FeishuError(194002, 403, "no permission to create event attendees");
  const given = (call.body.attendees ?? []) as Given[];
  requireCounts(event, given);
  const before = new Set(invitedPeople(call.state, event));
  const added = given
    .map((one) => ({ given: one, ref: refOf(call, one) }))
    .map(({ given: one, ref }) => addTo(event, one, ref));
  const fresh = invitedPeople(call.state, event).filter((id) => !before.has(id));
  notify(call, event, "invite", fresh, call.body.need_notification !== false);
  eventChanged(call, event);
  return { attendees: added.map((one) => attendeeView(call, event, one)) };
}

function requireCounts(event: Event, given: Given[]): void {
  if (given.length > MOST_PER_CALL) throw invalid(`attendees takes at most ${MOST_PER_CALL} in one call`);
  if (given.filter((one) => one.type === "resource").length > MOST_ROOMS)
    throw invalid(`attendees takes at most ${MOST_ROOMS} rooms in one call`);
  if (event.attendees.length + given.length > MOST_OF_EVENT)
    throw invalid(`an event has at most ${MOST_OF_EVENT} attendees`);
}

function addTo(event: Event, given: Given, ref: string): Attendee {
  const type = given.type ?? "user";
  event.removed = event.removed.filter((id) => id !== ref);
  const known = event.attendees.find((one) => one.type === type && one.ref === ref);
  if (known) return known;
  const made: Attendee = {
    id: `${type}_${ref.replace(/^(ou|oc|omm)_/, "")}`,
    type,
    ref,
    optional: given.is_optional === true,
    ...(given.operate_id ? { operate_id: given.operate_id } : {}),
  };
  event.attendees.push(made);
  return made;
}

function requireSight(call: Call, { event, organizes }: Found): void {
  const ability = str(event.fields.attendee_ability) || "none";
  if (!organizes && ability === "none")
    throw new FeishuError(194001, 403, "no permission to list event attendees");
}

function list(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 20, min: 10, max: 100 }, () =>
    invalid("page_size takes 10 to 100"),
  );
  const found = requireEvent(call);
  requireSight(call, found);
  const page = pageOf(
    found.event.attendees,
    { kind: `attendees-${found.event.id}`, size, token: call.query.page_token },
    badToken,
  );
  return { ...page, items: page.items.map((one) => attendeeView(call, found.event, one)) };
}

function members(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 20, min: 10, max: 100 }, () =>
    invalid("page_size takes 10 to 100"),
  );
  const found = requireEvent(call);
  requireSight(call, found);
  const attendee = found.event.attendees.find((one) => one.id === call.path.attendee_id);
  if (!attendee) throw new FeishuError(194000, 404, `attendee not found: ${call.path.attendee_id ?? ""}`);
  if (attendee.type !== "chat") throw new FeishuError(194004, 400, "invalid attendee type");
  const page = pageOf(
    chatMembers(call.state, found.event, attendee),
    { kind: `chat-members-${attendee.id}`, size, token: call.query.page_token },
    badToken,
  );
  return { ...page, items: page.items.map((id) => memberView(call, found.event, attendee, id, true)) };
}

function batchDelete(call: Call): unknown {
  const { event, organizes } = requireEvent(call);
  if (!organizes) throw new FeishuError(194003, 403, "no permission to delete event attendees");
  const ids = (call.body.attendee_ids ?? []) as string[];
  const refs = (call.body.delete_ids ?? []) as Given[];
  if (ids.length + refs.length < 1 || ids.length + refs.length > MOST_DELETED)
    throw invalid(`attendee_ids and delete_ids take 1 to ${MOST_DELETED} together`);
  const named = new Set(refs.map((one) => refOf(call, one)));
  const before = invitedPeople(call.state, event);
  const gone = event.attendees.filter((one) => ids.includes(one.id) || named.has(one.ref));
  const fromChats = [...named].filter((ref) => !gone.some((one) => one.ref === ref) && before.includes(ref));
  if (!gone.length && !fromChats.length) throw new FeishuError(194000, 404, "attendee not found");
  event.attendees = event.attendees.filter((one) => !gone.includes(one));
  event.removed.push(...fromChats);
  const left = new Set(invitedPeople(call.state, event));
  notify(
    call,
    event,
    "cancel",
    before.filter((id) => !left.has(id)),
    call.body.need_notification !== false,
  );
  eventChanged(call, event);
  return {};
}

const ATTENDEES = "/open-apis/calendar/v4/calendars/:calendar_id/events/:event_id/attendees";
export const attendees = operations([
  { method: "POST", path: ATTENDEES, scopes: WRITE, rate: RATE, invalid: badRequest, handle: create },
  { method: "GET", path: ATTENDEES, scopes: READ, rate: RATE, invalid: badRequest, handle: list },
  {
    method: "POST",
    path: `${ATTENDEES}/batch_delete`,
    scopes: WRITE,
    rate: RATE,
    invalid: badRequest,
    handle: batchDelete,
  },
  {
    method: "GET",
    path: `${ATTENDEES}/:attendee_id/chat_members`,
    scopes: READ,
    rate: RATE,
    invalid: badRequest,
    handle: members,
  },
]);
