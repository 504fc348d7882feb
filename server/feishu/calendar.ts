import type { Once } from "./once.ts";

export interface Calendar {
  calendarId: string;
  summary: string;
  description?: string;
  permissions?: string;
  type?: string;
  role?: string;
}

export type AclRole = "free_busy_reader" | "reader" | "writer" | "owner";

export interface EventSpec {
  summary: string;
  description?: string;
  /** ms since 1970, cut to whole seconds. */
  start: number;
  end: number;
  timeZone: string;
  /** Default `free`: a busy event would block every invited person (decisions.md 11). */
  freeBusyStatus?: "busy" | "free";
  visibility?: "default" | "public" | "private";
  attendeeAbility?: "none" | "can_see_others" | "can_invite_others" | "can_modify_event";
  location?: { name: string; address?: string };
  /** A Feishu meeting that attendees may start themselves (decisions.md 10), or none. Default: none. */
  meeting?: boolean;
  /** Whether Feishu's calendar assistant writes to attendees. Default true. */
  notify?: boolean;
}

export interface CalendarEvent {
  eventId: string;
  summary: string;
  description?: string;
  /** ms; null for all-day events without a timestamp. */
  start: number | null;
  end: number | null;
  timeZone?: string;
  status: "tentative" | "confirmed" | "cancelled";
  freeBusyStatus?: string;
  location?: string;
  organizerCalendarId?: string;
  appLink?: string;
}

export type Rsvp = "needs_action" | "accept" | "tentative" | "decline" | "removed";

export interface Attendee {
  attendeeId: string;
  type: string;
  rsvp: Rsvp;
  openId?: string;
  chatId?: string;
  displayName?: string;
  isOptional?: boolean;
  isOrganizer?: boolean;
}

export type NewAttendee = { openId: string; optional?: boolean } | { chatId: string; optional?: boolean };

export interface ChatMemberRsvp {
  openId: string;
  rsvp: Rsvp;
  displayName?: string;
}

/** ms since 1970; Feishu says when someone is busy, never with what. */
export interface Busy {
  start: number;
  end: number;
  rsvp?: string;
}

/** The app's shared calendar. ids are URL-encoded here, `@` excepted. */
export interface CalendarApi {
  createCalendar(calendar: {
    summary: string;
    description?: string;
    permissions?: "private" | "show_only_free_busy" | "public";
  }): Promise<Calendar>;
  getCalendar(calendarId: string): Promise<Calendar>;
  addAcl(calendarId: string, openId: string, role: AclRole): Promise<{ aclId: string }>;
  listAcls(calendarId: string): Promise<{ aclId: string; role: string; openId?: string }[]>;
  createEvent(calendarId: string, event: EventSpec, once: Once): Promise<CalendarEvent>;
  patchEvent(calendarId: string, eventId: string, patch: Partial<EventSpec>): Promise<CalendarEvent>;
  /** An event already deleted is no error. */
  deleteEvent(calendarId: string, eventId: string, options?: { notify?: boolean }): Promise<void>;
  getEvent(calendarId: string, eventId: string): Promise<CalendarEvent>;
  /** A window, or what changed since `syncToken` (which excludes the window, code 190009). */
  listEvents(
    calendarId: string,
    query: { from: number; to: number } | { syncToken?: string },
  ): Promise<{ events: CalendarEvent[]; syncToken?: string }>;
  /** Any number, 1000 a request. Without a token of its own: an unknown outcome is looked up with `listAttendees`. */
  addAttendees(
    calendarId: string,
    eventId: string,
    attendees: readonly NewAttendee[],
    options?: { notify?: boolean },
  ): Promise<Attendee[]>;
  listAttendees(calendarId: string, eventId: string): Promise<Attendee[]>;
  removeAttendees(
    calendarId: string,
    eventId: string,
    attendeeIds: readonly string[],
    options?: { notify?: boolean },
  ): Promise<void>;
  chatMembers(calendarId: string, eventId: string, attendeeId: string): Promise<ChatMemberRsvp[]>;
  /** One person, any length (90 days a request). */
  freebusy(openId: string, from: number, to: number): Promise<Busy[]>;
  /** Any number of people and any length (10 people and 2 weeks a request), by open_id. */
  freebusyBatch(openIds: readonly string[], from: number, to: number): Promise<Map<string, Busy[]>>;
}
