/** Calendars by hand: answers to invitations, own appointments, what a person's calendar shows. */
import type { Hono } from "hono";
import { z } from "zod";
import { primaryOf } from "../api/calendar/access.ts";
import { makeEvent } from "../api/calendar/event-core.ts";
import { eventChanged } from "../api/calendar/notices.ts";
import { answerOf, invitation, invitedPeople } from "../api/calendar/people.ts";
import { instancesOf } from "../api/calendar/recurrence.ts";
import { calendar, type Event } from "../api/calendar/state.ts";
import { str } from "../api/text.ts";
import type { Kernel } from "../kernel.ts";
import { input, LeverError } from "../lever-input.ts";
import { personOf } from "./org.ts";

const rsvpSchema = z.strictObject({
  event_id: z.string().optional(),
  calendar_id: z.string().optional(),
  /** ms since 1970: the event the person is invited to at that instant. */
  start: z.number().optional(),
  status: z.enum(["accept", "decline", "tentative"]),
});

const busySchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  title: z.string().optional(),
  summary: z.string().optional(),
});

/** Events a person is invited to or made, deleted ones left out. */
function eventsOf(kernel: Kernel, openId: string): Event[] {
  const own = calendar(kernel.state).primary[openId];
  return Object.values(calendar(kernel.state).events).filter(
    (event) => !event.deleted && (event.calendar === own || invitation(kernel.state, event, openId) !== null),
  );
}

function rsvp(kernel: Kernel, openId: string, given: z.infer<typeof rsvpSchema>): Record<string, unknown> {
  const found = eventsOf(kernel, openId).find((event) =>
    given.event_id === undefined ? event.from === given.start : event.id === given.event_id,
  );
  if (!found || invitation(kernel.state, found, openId) === null)
    return { ok: false, error: "not invited to such an event" };
  found.rsvp[openId] = given.status;
  eventChanged(kernel, found);
  return { ok: true, event_id: found.id };
}

/** A private appointment on the person's own calendar. */
function busy(kernel: Kernel, openId: string, given: z.infer<typeof busySchema>): Record<string, unknown> {
  if (given.from >= given.to)
    throw new LeverError(`from ${given.from} must lie before to ${given.to} (ms since 1970)`);
  const person = personOf(kernel, openId);
  const at = (ms: number) => ({ timestamp: String(Math.floor(ms / 1000)), timezone: "Asia/Shanghai" });
  const event = makeEvent(kernel, primaryOf(kernel, openId, person.name), {
    start: at(given.from),
    end: at(given.to),
    from: given.from,
    to: given.to,
    fields: { summary: given.title ?? given.summary ?? "", free_busy_status: "busy", visibility: "private" },
  });
  return { event_id: event.id };
}

function entry(kernel: Kernel, event: Event, openId: string | null): Record<string, unknown> {
  const { id, calendar: calendar_id, organizer, from, to, fields, notices } = event;
  return {
    event_id: id,
    calendar_id,
    organizer,
    summary: str(fields.summary),
    description: str(fields.description),
    location: fields.location ?? null,
    from,
    to,
    free_busy_status: str(fields.free_busy_status) || "busy",
    deleted: event.deleted,
    ...(openId === null
      ? { invited: invitedPeople(kernel.state, event), rsvp: event.rsvp, attendees: event.attendees }
      : {
          rsvp: answerOf(event, openId),
          via: invitation(kernel.state, event, openId),
          reminders: event.personal[openId]?.reminders ?? [],
        }),
    notices: notices.filter((notice) => openId === null || notice.to === openId),
  };
}

export function calendarLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/events", (c) =>
    c.json({
      events: Object.values(calendar(kernel.state).events).map((event) => entry(kernel, event, null)),
    }),
  );
  app.get("/sandbox/people/:id/calendar", (c) => {
    const openId = personOf(kernel, c.req.param("id")).open_id;
    const [from, to] = [
      Number(c.req.query("from") ?? 0),
      Number(c.req.query("to") ?? Number.MAX_SAFE_INTEGER / 4),
    ];
    const events = eventsOf(kernel, openId).filter((event) =>
      event.recurrence === ""
        ? event.from < to && event.to > from
        : instancesOf(event, from, Math.min(to, from + 366 * 86_400_000)).length > 0,
    );
    return c.json({
      events: events.toSorted((a, b) => a.from - b.from).map((event) => entry(kernel, event, openId)),
    });
  });
  app.post("/sandbox/people/:id/rsvp", async (c) =>
    c.json(rsvp(kernel, personOf(kernel, c.req.param("id")).open_id, await input(c, rsvpSchema))),
  );
  app.post("/sandbox/people/:id/busy", async (c) =>
    c.json(busy(kernel, c.req.param("id"), await input(c, busySchema))),
  );
}
