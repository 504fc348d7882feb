/** calendar/v4 events: create, patch, delete, reply (facts.md §6.2). */
import { directory } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { str } from "../text.ts";
import { badRequest, invalid, requireCalendar } from "./access.ts";
import { makeEvent, requireEvent, splitOff } from "./event-core.ts";
import { PERSONAL_FIELDS, personalOf, requireFields, sharedOf } from "./fields.ts";
import { eventChanged, notify } from "./notices.ts";
import { invitation, invitedPeople } from "./people.ts";
import { type Calendar, calendar, type Event, type Rsvp } from "./state.ts";
import { whenOf } from "./time.ts";
import { eventView, isBot } from "./view.ts";

const RATE = { perMinute: 1000, perSecond: 50 };
const ALL = "calendar:calendar";

function create(call: Call): unknown {
  const shown = requireCalendar(call, "writer");
  const key = keyOf(call, shown);
  const made = key ? calendar(call.state).events[calendar(call.state).keys[key] ?? ""] : undefined;
  const event = made ?? newEvent(call, shown);
  if (key) calendar(call.state).keys[key] = event.id;
  return { event: eventView(call, event) };
}

/** The idempotency key with its scope: app and calendar. */
function keyOf(call: Call, shown: Calendar): string | null {
  const key = call.query.idempotency_key;
  if (key === undefined || key === "") return null;
  const length = str(key).length;
  if (length < 32 || length > 128) throw invalid("idempotency_key takes 32 to 128 characters");
  return `${call.app?.appId ?? ""}|${shown.id}|${str(key)}`;
}

function span(call: Call): Pick<Event, "start" | "end" | "from" | "to"> {
  const start = whenOf(call.body.start_time, "start_time", false);
  const end = whenOf(call.body.end_time, "end_time", true);
  if ((start.when.date === undefined) !== (end.when.date === undefined))
    throw invalid("start_time and end_time are both dates or both timestamps");
  if (start.at >= end.at) throw invalid("start_time must be before end_time");
  return { start: start.when, end: end.when, from: start.at, to: end.at };
}

function newEvent(call: Call, shown: Calendar): Event {
  const times = span(call);
  requireFields(call, isBot(call, shown.owner));
  return makeEvent(call, shown, {
    ...times,
    fields: sharedOf(call.body),
    personal: { [call.actor]: own(call) },
    recurrence: str(call.body.recurrence),
  });
}

/** Reminders and color of the caller; visibility and busy state are everybody's when the organizer sets them. */
function own(call: Call): Event["personal"][string] {
  const { reminders, color } = personalOf(call.body);
  return { ...(reminders ? { reminders } : {}), ...(color === undefined ? {} : { color }) };
}

function patch(call: Call): unknown {
  const { event, instance, organizes } = requireEvent(call);
  if ((call.body.start_time === undefined) !== (call.body.end_time === undefined))
    throw invalid("start_time and end_time are changed together");
  const { need_notification: _, ...changes } = call.body;
  if (!organizes) return { event: eventView(call, patchOwn(call, event, changes)) };
  requireFields(call, isBot(call, event.organizer));
  const times = call.body.start_time === undefined ? {} : span(call);
  const one = instance ? splitOff(call, event, instance) : event;
  Object.assign(one, times);
  Object.assign(one.fields, sharedOf(call.body));
  one.personal[call.actor] = { ...one.personal[call.actor], ...own(call) };
  if (call.body.recurrence !== undefined && !instance) one.recurrence = str(call.body.recurrence);
  notify(call, one, "update", invitedPeople(call.state, one), call.body.need_notification !== false);
  eventChanged(call, one);
  return { event: eventView(call, one) };
}

/** Whoever is invited may change only what acts for themselves, or everything when the organizer allowed it. */
function patchOwn(call: Call, event: Event, changes: Record<string, unknown>): Event {
  const invited = invitation(call.state, event, call.actor) !== null;
  const wide = Object.keys(changes).some((name) => !(PERSONAL_FIELDS as readonly string[]).includes(name));
  if (!invited || (wide && event.fields.attendee_ability !== "can_modify_event"))
    throw new FeishuError(193002, 403, "no permission to operate event");
  event.personal[call.actor] = { ...event.personal[call.actor], ...personalOf(changes) };
  if (wide) Object.assign(event.fields, sharedOf(changes));
  if (wide && changes.start_time !== undefined) Object.assign(event, span(call));
  eventChanged(call, event);
  return event;
}

function remove(call: Call): unknown {
  const { event, instance, organizes } = requireEvent(call);
  if (!organizes) throw new FeishuError(193002, 403, "no permission to operate event");
  notify(call, event, "cancel", invitedPeople(call.state, event), call.query.need_notification !== "false");
  if (instance) event.gone.push(instance.from);
  else event.deleted = true;
  eventChanged(call, event);
  return {};
}

/** An invited person answers; a bot is answered for as an attendee of its own calendar is not. */
function reply(call: Call): unknown {
  const { shown, event } = requireEvent(call);
  const person = shown.type === "primary" ? shown.owner : call.actor;
  if (!(person in directory(call.state).people) || invitation(call.state, event, person) === null)
    throw new FeishuError(193002, 403, "no permission to operate event");
  event.rsvp[person] = call.body.rsvp_status as Rsvp;
  eventChanged(call, event);
  return {};
}

export const eventWrites = operations([
  {
    method: "POST",
    path: "/open-apis/calendar/v4/calendars/:calendar_id/events",
    scopes: [ALL, "calendar:calendar.event:create"],
    rate: RATE,
    invalid: badRequest,
    handle: create,
  },
  {
    method: "PATCH",
    path: "/open-apis/calendar/v4/calendars/:calendar_id/events/:event_id",
    scopes: [ALL, "calendar:calendar.event:update"],
    rate: RATE,
    invalid: badRequest,
    handle: patch,
  },
  {
    method: "DELETE",
    path: "/open-apis/calendar/v4/calendars/:calendar_id/events/:event_id",
    scopes: [ALL, "calendar:calendar.event:delete"],
    rate: RATE,
    invalid: badRequest,
    handle: remove,
  },
  {
    method: "POST",
    path: "/open-apis/calendar/v4/calendars/:calendar_id/events/:event_id/reply",
    scopes: [ALL, "calendar:calendar.event:reply", "calendar:calendar.event:writeonly"],
    rate: RATE,
    invalid: badRequest,
    handle: reply,
  },
]);
