import { z } from "zod";
import { NotFoundError } from "../errors.ts";
import {
  acl,
  attendee,
  attendeeBody,
  calendar,
  chatMember,
  event,
  eventBody,
  withoutUndefined,
} from "./calendar-shapes.ts";
import type {
  AclRole,
  Attendee,
  Calendar,
  CalendarEvent,
  ChatMemberRsvp,
  EventSpec,
  NewAttendee,
} from "./calendar-shapes.ts";
import type { Client } from "./client.ts";
import { createFreebusy } from "./freebusy.ts";
import type { Freebusy } from "./freebusy.ts";
import type { Once } from "./once.ts";
import { batches, collect, pages } from "./paging.ts";
import { anything, list, text } from "./parts.ts";
import { idempotencyKeyFor } from "./tokens.ts";

/** The app's shared calendar. ids are URL-encoded here, `@` excepted. */
export interface CalendarApi extends Freebusy {
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
}

const EVENT_PAGE = 500;
const ATTENDEE_PAGE = 100;
const ACL_PAGE = 50;
const ADD_BATCH = 1000;
const REMOVE_BATCH = 500;
const byOpenId = { user_id_type: "open_id" };

type CalendarsPart = Pick<CalendarApi, "createCalendar" | "getCalendar" | "addAcl" | "listAcls">;
type EventsPart = Pick<CalendarApi, "createEvent" | "patchEvent" | "deleteEvent" | "getEvent" | "listEvents">;
type AttendeesPart = Pick<CalendarApi, "addAttendees" | "listAttendees" | "removeAttendees" | "chatMembers">;

function calendars(client: Client): CalendarsPart {
  return {
    async createCalendar(spec) {
      return (await client.call("calendar.create", { body: { ...spec } }, z.object({ calendar }))).calendar;
    },
    getCalendar(calendarId) {
      return client.call("calendar.get", { path: { calendar_id: calendarId } }, calendar);
    },
    async addAcl(calendarId, openId, role) {
      const body = { role, scope: { type: "user", user_id: openId } };
      const request = { path: { calendar_id: calendarId }, query: byOpenId, body };
      return { aclId: (await client.call("calendar.addAcl", request, acl)).aclId };
    },
    listAcls(calendarId) {
      const request = {
        path: { calendar_id: calendarId },
        query: { ...byOpenId, page_size: ACL_PAGE },
      };
      const shape = z.object({ acls: list(acl) });
      return collect(client, "calendar.listAcls", request, shape, (page) => page.acls);
    },
  };
}

function events(client: Client): EventsPart {
  const pathOf = (calendarId: string, eventId: string) => ({ calendar_id: calendarId, event_id: eventId });
  return {
    async createEvent(calendarId, spec, once) {
      const query = { ...byOpenId, idempotency_key: idempotencyKeyFor(once.key) };
      const body = eventBody({ freeBusyStatus: "free", meeting: false, ...withoutUndefined(spec) });
      const request = { path: { calendar_id: calendarId }, query, body, since: once.since };
      return (await client.call("calendar.createEvent", request, z.object({ event }))).event;
    },
    async patchEvent(calendarId, eventId, patch) {
      const request = { path: pathOf(calendarId, eventId), query: byOpenId, body: eventBody(patch) };
      return (await client.call("calendar.patchEvent", request, z.object({ event }))).event;
    },
    async deleteEvent(calendarId, eventId, { notify = true } = {}) {
      const request = {
        path: pathOf(calendarId, eventId),
        query: { need_notification: String(notify) },
      };
      try {
        await client.call("calendar.deleteEvent", request, anything);
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    },
    async getEvent(calendarId, eventId) {
      const request = { path: pathOf(calendarId, eventId), query: byOpenId };
      return (await client.call("calendar.getEvent", request, z.object({ event }))).event;
    },
    async listEvents(calendarId, window) {
      const bounds =
        "from" in window
          ? {
              start_time: String(Math.floor(window.from / 1000)),
              end_time: String(Math.ceil(window.to / 1000)),
            }
          : { sync_token: window.syncToken };
      const request = {
        path: { calendar_id: calendarId },
        query: { ...byOpenId, page_size: EVENT_PAGE, ...bounds },
      };
      const found: CalendarEvent[] = [];
      let syncToken: string | undefined;
      const shape = z.object({ items: list(event), sync_token: text });
      for await (const page of pages(client, "calendar.listEvents", request, shape)) {
        found.push(...page.items);
        syncToken = page.sync_token ?? syncToken;
      }
      return { events: found, syncToken };
    },
  };
}

function attendees(client: Client): AttendeesPart {
  const pathOf = (calendarId: string, eventId: string) => ({ calendar_id: calendarId, event_id: eventId });
  return {
    async addAttendees(calendarId, eventId, people, { notify = true } = {}) {
      const added: Attendee[] = [];
      for (const batch of batches(people, ADD_BATCH)) {
        const body = { attendees: batch.map(attendeeBody), need_notification: notify };
        const request = { path: pathOf(calendarId, eventId), query: byOpenId, body };
        const reply = z.object({ attendees: list(attendee) });
        added.push(...(await client.call("calendar.addAttendees", request, reply)).attendees);
      }
      return added;
    },
    listAttendees(calendarId, eventId) {
      const query = { ...byOpenId, page_size: ATTENDEE_PAGE };
      const request = { path: pathOf(calendarId, eventId), query };
      const shape = z.object({ items: list(attendee) });
      return collect(client, "calendar.listAttendees", request, shape, (page) => page.items);
    },
    async removeAttendees(calendarId, eventId, attendeeIds, { notify = true } = {}) {
      for (const batch of batches(attendeeIds, REMOVE_BATCH)) {
        const body = { attendee_ids: batch, need_notification: notify };
        const request = { path: pathOf(calendarId, eventId), query: byOpenId, body };
        await client.call("calendar.removeAttendees", request, anything);
      }
    },
    chatMembers(calendarId, eventId, attendeeId) {
      const path = { ...pathOf(calendarId, eventId), attendee_id: attendeeId };
      const query = { ...byOpenId, page_size: ATTENDEE_PAGE };
      const shape = z.object({ items: list(chatMember) });
      return collect(client, "calendar.chatMembers", { path, query }, shape, (page) => page.items);
    },
  };
}

export function createCalendarApi(client: Client): CalendarApi {
  return { ...calendars(client), ...events(client), ...attendees(client), ...createFreebusy(client) };
}
