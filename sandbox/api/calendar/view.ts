/** An event as the caller sees it. */
import { appOfBot, directory, idFor, nameOf } from "../directory.ts";
import type { Call } from "../../kernel.ts";
import { answerOf, chatMembers } from "./people.ts";
import type { Instance } from "./recurrence.ts";
import type { Attendee, Calendar, Event } from "./state.ts";
import { im } from "../im/state.ts";

export function calendarView(found: Calendar, role: string): Record<string, unknown> {
  const { id, summary, description, permissions, color, type } = found;
  return {
    calendar_id: id,
    summary,
    description,
    permissions,
    color,
    type,
    summary_alias: "",
    is_deleted: found.deleted,
    is_third_party: false,
    role,
  };
}

/** Reminders and color are the caller's own; others get the defaults. */
export function eventView(call: Call, event: Event): Record<string, unknown> {
  const own = event.personal[call.actor] ?? {};
  const inSeconds = Math.floor(event.created / 1000);
  return {
    event_id: event.id,
    organizer_calendar_id: event.calendar,
    summary: "",
    description: "",
    need_notification: true,
    visibility: "default",
    attendee_ability: "none",
    free_busy_status: "busy",
    ...event.fields,
    start_time: event.start,
    end_time: event.end,
    vchat: vchatOf(event),
    color: -1,
    reminders: [],
    ...own,
    recurrence: event.recurrence,
    status: event.deleted ? "cancelled" : "confirmed",
    is_exception: event.original !== undefined,
    ...(event.original === undefined ? {} : { recurring_event_id: `${event.uid}_0` }),
    create_time: String(inSeconds),
    app_link: `https://applink.feishu.cn/client/calendar/event/detail?calendarId=${event.calendar}&key=${event.uid}&originalTime=0&startTime=${event.from / 1000}`,
    event_organizer: organizer(call, event),
  };
}

function vchatOf(event: Event): Record<string, unknown> {
  const given = (event.fields.vchat ?? { vc_type: "vc" }) as Record<string, unknown>;
  return given.vc_type === "vc"
    ? {
        meeting_url: `https://vc.feishu.cn/j/${Number.parseInt(event.uid.slice(0, 8), 16) % 1_000_000_000}`,
        ...given,
      }
    : given;
}

/** A bot as organizer has a name and no user id. */
function organizer(call: Call, event: Event): Record<string, unknown> {
  const person = event.organizer in directory(call.state).people;
  return {
    ...(person ? { user_id: idFor(call, event.organizer) } : {}),
    display_name: nameOf(call, event.organizer),
  };
}

/** An instance of a recurring event; single events come as they are. */
export function instanceView(call: Call, event: Event, instance: Instance): Record<string, unknown> {
  const view = eventView(call, event);
  if (event.recurrence === "") return view;
  const zone = event.start.timezone;
  return {
    ...view,
    event_id: instance.id,
    recurring_event_id: `${event.uid}_0`,
    start_time: { timestamp: String(instance.from / 1000), timezone: zone },
    end_time: { timestamp: String(instance.to / 1000), timezone: zone },
  };
}

export function attendeeView(call: Call, event: Event, attendee: Attendee): Record<string, unknown> {
  const common = {
    type: attendee.type,
    attendee_id: attendee.id,
    is_optional: attendee.optional,
    is_external: attendee.type === "third_party",
  };
  if (attendee.type === "user")
    return {
      ...common,
      rsvp_status: answerOf(event, attendee.ref),
      is_organizer: attendee.ref === event.organizer,
      display_name: nameOf(call, attendee.ref),
      user_id: idFor(call, attendee.ref),
    };
  if (attendee.type === "chat")
    return {
      ...common,
      rsvp_status: "needs_action",
      is_organizer: false,
      display_name: im(call.state).chats[attendee.ref]?.name ?? "",
      chat_id: attendee.ref,
      chat_members: chatMembers(call.state, event, attendee)
        .slice(0, 100)
        .map((id) => memberView(call, event, attendee, id, false)),
    };
  if (attendee.type === "third_party")
    return {
      ...common,
      rsvp_status: "needs_action",
      is_organizer: false,
      display_name: attendee.ref,
      third_party_email: attendee.ref,
    };
  return {
    ...common,
    rsvp_status: "needs_action",
    is_organizer: false,
    display_name: attendee.ref,
    room_id: attendee.ref,
    ...(attendee.operate_id ? { operate_id: attendee.operate_id } : {}),
  };
}

/** A member of an invited chat; only the list of members names the user. */
export function memberView(
  call: Call,
  event: Event,
  attendee: Attendee,
  openId: string,
  named: boolean,
): Record<string, unknown> {
  return {
    rsvp_status: answerOf(event, openId),
    is_optional: attendee.optional,
    display_name: nameOf(call, openId),
    ...(named ? { open_id: openId } : {}),
    is_organizer: openId === event.organizer,
    is_external: false,
  };
}

export function isBot(call: Call, openId: string): boolean {
  return appOfBot(call, openId) !== null;
}
