import { z } from "zod";
import { optional, text } from "./parts.ts";

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

export const calendar = z
  .object({
    calendar_id: z.string(),
    summary: text,
    description: text,
    permissions: text,
    type: text,
    role: text,
  })
  .transform((raw): Calendar => ({
    calendarId: raw.calendar_id,
    summary: raw.summary ?? "",
    description: raw.description,
    permissions: raw.permissions,
    type: raw.type,
    role: raw.role,
  }));

export const acl = z
  .object({
    acl_id: z.string(),
    role: z.string(),
    scope: z.object({ user_id: text }).nullish(),
  })
  .transform((raw) => ({ aclId: raw.acl_id, role: raw.role, openId: raw.scope?.user_id }));

const moment = z
  .object({ timestamp: text, date: text, timezone: text })
  .nullish()
  .transform((raw) => ({ ms: raw?.timestamp ? Number(raw.timestamp) * 1000 : null, zone: raw?.timezone }));

export const event = z
  .object({
    event_id: z.string(),
    summary: text,
    description: text,
    start_time: moment,
    end_time: moment,
    status: z.enum(["tentative", "confirmed", "cancelled"]).catch("confirmed"),
    free_busy_status: text,
    location: z.object({ name: text }).nullish(),
    organizer_calendar_id: text,
    app_link: text,
  })
  .transform((raw): CalendarEvent => ({
    eventId: raw.event_id,
    summary: raw.summary ?? "",
    description: raw.description,
    start: raw.start_time.ms,
    end: raw.end_time.ms,
    timeZone: raw.start_time.zone,
    status: raw.status,
    freeBusyStatus: raw.free_busy_status,
    location: raw.location?.name,
    organizerCalendarId: raw.organizer_calendar_id,
    appLink: raw.app_link,
  }));

const rsvp = z.enum(["needs_action", "accept", "tentative", "decline", "removed"]).catch("needs_action");

export const attendee = z
  .object({
    attendee_id: z.string(),
    type: z.string(),
    rsvp_status: rsvp,
    user_id: text,
    chat_id: text,
    display_name: text,
    is_optional: optional(z.boolean()),
    is_organizer: optional(z.boolean()),
  })
  .transform((raw): Attendee => ({
    attendeeId: raw.attendee_id,
    type: raw.type,
    rsvp: raw.rsvp_status,
    openId: raw.user_id,
    chatId: raw.chat_id,
    displayName: raw.display_name,
    isOptional: raw.is_optional,
    isOrganizer: raw.is_organizer,
  }));

export const chatMember = z
  .object({ open_id: z.string(), rsvp_status: rsvp, display_name: text })
  .transform((raw): ChatMemberRsvp => ({
    openId: raw.open_id,
    rsvp: raw.rsvp_status,
    displayName: raw.display_name,
  }));

export function attendeeBody(attendee: NewAttendee): Record<string, unknown> {
  const who =
    "openId" in attendee
      ? { type: "user", user_id: attendee.openId }
      : { type: "chat", chat_id: attendee.chatId };
  return { ...who, is_optional: attendee.optional ?? false };
}

export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}

// A bot as organizer must let attendees start the meeting (facts.md §6.7, 193101).
const MEETING = { vc_type: "vc", meeting_settings: { allow_attendees_start: true } };
const NO_MEETING = { vc_type: "no_meeting" };

/** Seconds as text, as Feishu wants them (facts.md §6.2). */
function time(ms: number | undefined, timeZone: string | undefined) {
  return ms === undefined ? undefined : { timestamp: String(Math.floor(ms / 1000)), timezone: timeZone };
}

export function eventBody(spec: Partial<EventSpec>): Record<string, unknown> {
  return {
    summary: spec.summary,
    description: spec.description,
    need_notification: spec.notify,
    start_time: time(spec.start, spec.timeZone),
    end_time: time(spec.end, spec.timeZone),
    visibility: spec.visibility,
    attendee_ability: spec.attendeeAbility,
    free_busy_status: spec.freeBusyStatus,
    location: spec.location,
    vchat: spec.meeting === undefined ? undefined : spec.meeting ? MEETING : NO_MEETING,
  };
}
