/** calendar/v4 events: get, list with sync, instances, instance_view, search (facts.md §6.2). */
import { im } from "../im/state.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { str } from "../text.ts";
import { badRequest, invalid, requireCalendar } from "./access.ts";
import { requireEvent } from "./event-core.ts";
import { eventsOn, invitation } from "./people.ts";
import { instancesOf } from "./recurrence.ts";
import { calendar, type Event } from "./state.ts";
import { readSync, syncToken } from "./sync.ts";
import { secondsOf, whenOf } from "./time.ts";
import { attendeeView, eventView, instanceView } from "./view.ts";

const RATE = { perMinute: 1000, perSecond: 50 };
const READ = ["calendar:calendar", "calendar:calendar.event:read", "calendar:calendar:readonly"];
const DAY = 86_400_000;
const MOST_INSTANCES = 1000;
const badToken = (): FeishuError => new FeishuError(190008, 400, "page_token or sync_token expired");

function get(call: Call): unknown {
  const most = call.query.max_attendee_num === undefined ? 10 : Number(call.query.max_attendee_num);
  if (most < 1 || most > 100) throw invalid("max_attendee_num takes 1 to 100");
  const { event, instance } = requireEvent(call);
  const view = instance ? instanceView(call, event, instance) : eventView(call, event);
  if (call.query.need_attendee !== true) return { event: view };
  const attendees = event.attendees.slice(0, most).map((one) => attendeeView(call, event, one));
  return { event: { ...view, attendees, has_more_attendee: event.attendees.length > most } };
}

/** Everything since a sync token, cancelled events too; else the calendar's living events. */
function list(call: Call): unknown {
  const shown = requireCalendar(call, "reader");
  const size = sizeOf(call.query.page_size, { initial: 500, min: 50, max: 1000 }, () =>
    invalid("page_size takes 50 to 1000"),
  );
  const [start, end, anchor] = [
    secondsOf(call.query.start_time, "start_time"),
    secondsOf(call.query.end_time, "end_time"),
    secondsOf(call.query.anchor_time, "anchor_time"),
  ];
  const { sync_token: sync, page_token: page } = call.query;
  if (sync && (start !== null || end !== null || anchor !== null))
    throw new FeishuError(190009, 400, "sync token cannot be used with other request restrictions");
  if ((start === null) !== (end === null)) throw invalid("start_time and end_time are used together");
  const all = eventsOn(call, shown);
  if (start !== null && end !== null) return window(call, all, [start, end], [page, anchor], size);
  const since = sync ? readSync(call, "events", str(sync), badToken) : null;
  const found = all.filter((event) =>
    since === null
      ? !event.deleted && (anchor === null || event.recurrence !== "" || event.to >= anchor)
      : event.changed > since,
  );
  const result = pageOf(found, { kind: `events-${shown.id}`, size, token: page }, badToken);
  return {
    ...result,
    items: result.items.map((event) => eventView(call, event)),
    ...(result.has_more ? {} : { sync_token: syncToken(call, "events") }),
  };
}

/** A window is answered at once, cut at the page size. */
function window(
  call: Call,
  all: Event[],
  [start, end]: [number, number],
  others: unknown[],
  size: number,
): unknown {
  if (others.some((other) => other !== undefined && other !== null && other !== ""))
    throw new FeishuError(190009, 400, "sync token cannot be used with other request restrictions");
  const found = all
    .filter((event) => !event.deleted && instancesOf(event, start, end).length > 0)
    .slice(0, size);
  return { items: found.map((event) => eventView(call, event)), has_more: false };
}

function instances(call: Call): unknown {
  const size = sizeOf(call.query.page_size, { initial: 50, min: 10, max: 500 }, () =>
    invalid("page_size takes 10 to 500"),
  );
  const { start, end } = bounds(call, 732 * DAY, false);
  const { event } = requireEvent(call);
  const page = pageOf(
    instancesOf(event, start, end),
    { kind: `instances-${event.id}`, size, token: call.query.page_token },
    badToken,
  );
  return { ...page, items: page.items.map((one) => instanceView(call, event, one)) };
}

/** The window of a call; 193103 when it is longer than allowed. */
function bounds(call: Call, longest: number, open: boolean): { start: number; end: number } {
  const start = secondsOf(call.query.start_time, "start_time") ?? 0;
  const end = secondsOf(call.query.end_time, "end_time") ?? 0;
  if (start >= end) throw invalid("start_time must be before end_time");
  if (end - start > longest || (open && end - start === longest))
    throw new FeishuError(193103, 400, "requested time exceeds the allowed range");
  return { start, end };
}

function instanceWindow(call: Call): unknown {
  const shown = requireCalendar(call, "reader");
  const { start, end } = bounds(call, 40 * DAY, true);
  const found = eventsOn(call, shown)
    .filter((event) => !event.deleted)
    .flatMap((event) => instancesOf(event, start, end).map((one) => ({ event, one })));
  if (found.length >= MOST_INSTANCES)
    throw new FeishuError(193104, 400, "exceeded the maximum instance number");
  return {
    items: found
      .toSorted((a, b) => a.one.from - b.one.from)
      .map(({ event, one }) => instanceView(call, event, one)),
  };
}

interface Filter {
  start_time?: unknown;
  end_time?: unknown;
  user_ids?: string[];
  chat_ids?: string[];
}

function search(call: Call): unknown {
  const shown = requireCalendar(call, "reader");
  const size = sizeOf(call.query.page_size, { initial: 20, min: 10, max: 100 }, () =>
    invalid("page_size takes 10 to 100"),
  );
  const filter = (call.body.filter ?? {}) as Filter;
  const from =
    filter.start_time === undefined ? null : whenOf(filter.start_time, "filter.start_time", false).at;
  const to = filter.end_time === undefined ? null : whenOf(filter.end_time, "filter.end_time", true).at;
  const query = str(call.body.query).toLowerCase();
  const found = eventsOn(call, shown).filter(
    (event) =>
      !event.deleted &&
      str(event.fields.summary).toLowerCase().includes(query) &&
      within(event, from, to) &&
      concerns(call, event, filter),
  );
  const page = pageOf(found, { kind: `search-${shown.id}`, size, token: call.query.page_token }, badToken);
  return {
    items: page.items.map((event) => eventView(call, event)),
    ...(page.page_token ? { page_token: page.page_token } : {}),
  };
}

function within(event: Event, from: number | null, to: number | null): boolean {
  return (
    instancesOf(event, from ?? 0, to ?? 8.64e15 / 2).length > 0 ||
    (event.recurrence === "" && (to === null || event.from < to) && (from === null || event.to > from))
  );
}

function concerns(call: Call, event: Event, filter: Filter): boolean {
  const people = (filter.user_ids ?? []).every((id) => invitation(call.state, event, id) !== null);
  const chats = (filter.chat_ids ?? []).every(
    (id) => id in im(call.state).chats && event.attendees.some((one) => one.ref === id),
  );
  return people && chats;
}

/** Changes of events are announced only to a person's own token (facts.md §6.6). */
function watch(call: Call, on: boolean): unknown {
  const shown = requireCalendar(call, "reader");
  const watched = (calendar(call.state).watched[shown.id] ??= {});
  if (on) watched[call.actor] = call.app?.appId ?? "";
  else delete watched[call.actor];
  return {};
}

const EVENTS = "/open-apis/calendar/v4/calendars/:calendar_id/events";
export const eventReads = operations([
  { method: "GET", path: EVENTS, scopes: READ, rate: RATE, invalid: badRequest, handle: list },
  {
    method: "GET",
    path: `${EVENTS}/instance_view`,
    scopes: READ,
    rate: RATE,
    invalid: badRequest,
    handle: instanceWindow,
  },
  { method: "GET", path: `${EVENTS}/:event_id`, scopes: READ, rate: RATE, invalid: badRequest, handle: get },
  {
    method: "GET",
    path: `${EVENTS}/:event_id/instances`,
    scopes: READ,
    rate: RATE,
    invalid: badRequest,
    handle: instances,
  },
  { method: "POST", path: `${EVENTS}/search`, scopes: READ, rate: RATE, invalid: badRequest, handle: search },
  {
    method: "POST",
    path: `${EVENTS}/subscription`,
    tokens: ["user"],
    scopes: READ,
    rate: RATE,
    invalid: badRequest,
    handle: (call) => watch(call, true),
  },
  {
    method: "POST",
    path: `${EVENTS}/unsubscription`,
    tokens: ["user"],
    scopes: READ,
    rate: RATE,
    invalid: badRequest,
    handle: (call) => watch(call, false),
  },
]);
