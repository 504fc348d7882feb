/** Events by the id of a call's path, and what the caller may do with them. */
import { type Call, FeishuError, type Kernel } from "../../kernel.ts";
import { atLeast, requireCalendar, roleOf } from "./access.ts";
import { eventChanged } from "./notices.ts";
import { invitation } from "./people.ts";
import { type Instance, requireInstance } from "./recurrence.ts";
import { type Calendar, calendar, type Event } from "./state.ts";

const EVENT_ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})_(\d+)$/;

export interface Found {
  shown: Calendar;
  event: Event;
  /** The instance meant, when the id names one of a series. */
  instance: Instance | null;
  /** On the organizer's calendar with the right to write there. */
  organizes: boolean;
}

function newUid(kernel: Kernel): string {
  const hex = kernel.id("evt_", 32).slice(4);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A new event on a calendar, with nobody invited. */
export function makeEvent(
  kernel: Kernel,
  shown: Calendar,
  given: Pick<Event, "start" | "end" | "from" | "to" | "fields"> & Partial<Event>,
): Event {
  const uid = newUid(kernel);
  const event: Event = {
    id: `${uid}_0`,
    uid,
    calendar: shown.id,
    organizer: shown.owner,
    personal: {},
    recurrence: "",
    gone: [],
    attendees: [],
    rsvp: {},
    removed: [],
    notices: [],
    deleted: false,
    created: kernel.now(),
    changed: 0,
    ...given,
  };
  calendar(kernel.state).events[event.id] = event;
  shown.events.push(event.id);
  eventChanged(kernel, event);
  return event;
}

/** The event of the path, on the calendar of the path. */
export function requireEvent(call: Call, least: "free_busy_reader" | "reader" = "reader"): Found {
  const shown = requireCalendar(call, least);
  const id = call.path.event_id ?? "";
  const parts = EVENT_ID.exec(id);
  if (!parts) throw new FeishuError(193000, 400, `invalid event_id ${id}`);
  const all = calendar(call.state).events;
  const single = all[id];
  const event = single ?? all[`${parts[1]}_0`];
  if (!event || !shows(call, shown, event))
    throw new FeishuError(193001, 404, `event not found: ${id} on ${shown.id}`);
  if (event.deleted) throw new FeishuError(193003, 403, "event is deleted");
  const instance = single ? null : requireInstance(event, Number(parts[2]) * 1000);
  return {
    shown,
    event,
    instance,
    organizes: shown.id === event.calendar && atLeast(roleOf(shown, call.actor), "writer"),
  };
}

function shows(call: Call, shown: Calendar, event: Event): boolean {
  return (
    event.calendar === shown.id ||
    (shown.type === "primary" && invitation(call.state, event, shown.owner) !== null)
  );
}

/** A changed instance of a series as an event of its own; the series loses that instance. */
export function splitOff(kernel: Kernel, event: Event, instance: Instance): Event {
  const zone = event.start.timezone;
  const made: Event = {
    ...structuredClone(event),
    id: instance.id,
    recurrence: "",
    gone: [],
    original: instance.from,
    from: instance.from,
    to: instance.to,
    start: { timestamp: String(instance.from / 1000), timezone: zone },
    end: { timestamp: String(instance.to / 1000), timezone: zone },
  };
  event.gone.push(instance.from);
  calendar(kernel.state).events[made.id] = made;
  calendar(kernel.state).calendars[event.calendar]?.events.push(made.id);
  return made;
}
