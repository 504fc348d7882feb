/** A person's calendar as their client draws it: own, invited and shared events, series unfolded. */
import type { Hono } from "hono";
import { roleOf } from "../api/calendar/access.ts";
import { answerOf, invitation, invitedPeople } from "../api/calendar/people.ts";
import { instancesOf } from "../api/calendar/recurrence.ts";
import { type Calendar, calendar, type Event } from "../api/calendar/state.ts";
import { nameOf } from "../api/directory.ts";
import { im } from "../api/im/state.ts";
import { str } from "../api/text.ts";
import type { Kernel } from "../kernel.ts";
import { LeverError } from "../lever-input.ts";
import { personOf } from "./org.ts";

const LONGEST_MS = 62 * 86_400_000;

/** Shared calendars in the person's list: given to read by name, or subscribed to. */
function sharedWith(kernel: Kernel, openId: string): Calendar[] {
  const { calendars, subscribed } = calendar(kernel.state);
  return Object.values(calendars).filter(
    (one) =>
      one.type === "shared" &&
      !one.deleted &&
      (Object.values(one.acls).some((acl) => acl.user === openId && acl.role !== "free_busy_reader") ||
        one.owner === openId ||
        subscribed[openId]?.includes(one.id)),
  );
}

/** Which calendar of the person shows an event; null = none. */
function shownOn(kernel: Kernel, event: Event, openId: string, shared: ReadonlySet<string>) {
  const own = calendar(kernel.state).primary[openId];
  const via = invitation(kernel.state, event, openId);
  if (event.calendar === own || via !== null) return { list: "own" as const, via };
  return shared.has(event.calendar) ? { list: "shared" as const, via: null } : null;
}

function drawn(kernel: Kernel, event: Event, openId: string) {
  const { fields, attendees } = event;
  const place = fields.location as { name?: string } | undefined;
  const video = fields.vchat as { meeting_url?: string } | undefined;
  const people = invitedPeople(kernel.state, event);
  return {
    event_id: event.id,
    calendar_id: event.calendar,
    summary: str(fields.summary ?? ""),
    description: str(fields.description ?? ""),
    place: place?.name ?? "",
    meeting_url: video?.meeting_url ?? "",
    whole_day: event.start.date !== undefined,
    free: fields.free_busy_status === "free",
    organizer: nameOf(kernel, event.organizer),
    chats: attendees.filter((one) => one.type === "chat").map((one) => im(kernel.state).chats[one.ref]?.name),
    invited: people.length,
    accepted: people.filter((id) => answerOf(event, id) === "accept").length,
    rsvp: answerOf(event, openId),
  };
}

export function personWeekLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/people/:id/week", (c) => {
    const openId = personOf(kernel, c.req.param("id")).open_id;
    const [from, to] = [Number(c.req.query("from")), Number(c.req.query("to"))];
    if (!(to > from && to - from <= LONGEST_MS))
      throw new LeverError("say from and to in ms since 1970, at most 62 days apart");
    const shared = sharedWith(kernel, openId);
    const ids = new Set(shared.map((one) => one.id));
    const events = Object.values(calendar(kernel.state).events).flatMap((event) => {
      const shown = event.deleted ? null : shownOn(kernel, event, openId, ids);
      if (!shown) return [];
      return instancesOf(event, from, to).map((instance) => ({
        ...drawn(kernel, event, openId),
        ...shown,
        key: instance.id,
        from: instance.from,
        to: instance.to,
      }));
    });
    return c.json({
      calendars: shared.map((one) => ({ calendar_id: one.id, name: one.summary, role: roleOf(one, openId) })),
      events: events.toSorted((a, b) => a.from - b.from),
    });
  });
}
