import { encode } from "#base/codec.ts";
import { locate } from "#base/mapping.ts";
import type { Ctx } from "../../context.ts";
import type { CalendarEvent, EventSpec, NewAttendee } from "../../feishu/gateway.ts";
import { signedUp } from "../attendance/sign-up.ts";
import { refreshRecords } from "../records/refresh.ts";
import { getRecord, getRecords, type Rec } from "../records/read.ts";
import { storeWritten } from "../records/store.ts";
import { mustLookUp, startAnew, type Delivered, type Item } from "./delivery.ts";

/**
 * Brings the calendar event of a session to what its record says now: made once, then patched, never deleted and remade, so
 * that people's answers stay. Attendees are the lecturers, and learners who put it into their calendar.
 */
export async function deliverEventSync(ctx: Ctx, { row, effect }: Item<"event.sync">): Promise<Delivered> {
  await refreshRecords(ctx, "sessions", [effect.session]);
  const session = await getRecord(ctx, "sessions", effect.session);
  if (!session) return { state: "dropped", why: "the session is gone" };
  if (session.state === "cancelled") return { state: "dropped", why: "the session is cancelled" };
  if (session.start === undefined || !session.account)
    return { state: "dropped", why: "the session has no date or lecturer" };
  const calendarId = ctx.workspace.calendarId;
  if (!calendarId)
    return { state: "failed", why: "The workspace has no calendar. Run `lectern provision` again." };
  const spec = await specOf(ctx, session);
  const event = session.eventId
    ? await ctx.feishu.calendar.patchEvent(calendarId, session.eventId, spec)
    : await makeEvent(ctx, calendarId, row, effect.session, spec);
  await syncAttendees(ctx, calendarId, event.eventId, session);
  if (event.eventId !== session.eventId) await writeBack(ctx, effect.session, event);
  return { state: "done", result: { eventId: event.eventId } };
}

async function makeEvent(
  ctx: Ctx,
  calendarId: string,
  row: Item<"event.sync">["row"],
  session: string,
  spec: EventSpec,
): Promise<CalendarEvent> {
  let since = row.firstTriedAt ?? undefined;
  if (mustLookUp(row, ctx.clock.now())) {
    const { events } = await ctx.feishu.calendar.listEvents(calendarId, {
      from: spec.start - 1,
      to: spec.end + 1,
    });
    const mine = events.find(({ description }) => description?.includes(markOf(session)));
    if (mine) return mine;
    since = await startAnew(ctx, [row]);
  }
  // One event a session whatever changes later: the token names the session, not the version.
  return ctx.feishu.calendar.createEvent(calendarId, spec, {
    key: `event:${ctx.workspace.id}:${session}`,
    since,
  });
}

const markOf = (session: string) => `〔${session}〕`;

async function specOf(ctx: Ctx, session: Rec<"sessions">): Promise<EventSpec> {
  const group = session.group ? await getRecord(ctx, "groups", session.group) : null;
  const topic = session.topic ? await getRecord(ctx, "topics", session.topic) : null;
  const [lecturer] = session.lecturer ? await getRecords(ctx, "lecturers", [session.lecturer]) : [];
  const title = session.title ?? topic?.name ?? group?.name ?? "";
  const zh = ctx.settings.language === "zh";
  const summary = [group?.name, title && (zh ? `《${title}》` : `“${title}”`), lecturer?.name]
    .filter(Boolean)
    .join(" · ");
  return {
    summary: summary.slice(0, 1000),
    description: `${ctx.publicUrl}/m/session/${session.id} ${markOf(session.id)}`,
    start: session.start!,
    end: session.start! + (session.minutes ?? ctx.settings.sessionMinutes) * 60_000,
    timeZone: group?.timezone ?? ctx.workspace.timezone,
    freeBusyStatus: "free",
    ...(group?.place ? { location: { name: group.place.slice(0, 512) } } : {}),
    meeting: !group?.place && !group?.video,
  };
}

async function syncAttendees(
  ctx: Ctx,
  calendarId: string,
  eventId: string,
  session: Rec<"sessions">,
): Promise<void> {
  const co = await getRecords(ctx, "lecturers", session.co ?? []);
  const speakers = [session.account!, ...co.map(({ person }) => person)].filter((id): id is string =>
    Boolean(id),
  );
  const wanted = [...new Set([...speakers, ...(await signedUp(ctx, session.id))])];
  const there = await ctx.feishu.calendar.listAttendees(calendarId, eventId);
  const people = there.filter(
    ({ openId, rsvp, isOrganizer }) => openId && rsvp !== "removed" && !isOrganizer,
  );
  const missing: NewAttendee[] = wanted
    .filter((openId) => !people.some((attendee) => attendee.openId === openId))
    .map((openId) => ({ openId, optional: !speakers.includes(openId) }));
  const gone = people.filter(({ openId }) => !wanted.includes(openId!)).map(({ attendeeId }) => attendeeId);
  if (missing.length > 0) await ctx.feishu.calendar.addAttendees(calendarId, eventId, missing);
  if (gone.length > 0) await ctx.feishu.calendar.removeAttendees(calendarId, eventId, gone);
}

async function writeBack(ctx: Ctx, session: string, event: CalendarEvent): Promise<void> {
  const fields = {
    eventId: event.eventId,
    ...(event.appLink ? { eventLink: { text: event.summary || event.eventId, link: event.appLink } } : {}),
  };
  const place = locate(ctx.workspace.mapping, "sessions");
  await ctx.feishu.records.update(place, session, encode(ctx.workspace.mapping, "sessions", fields));
  await storeWritten(ctx, "sessions", session, fields);
}

/** Takes an event off the calendar; one already gone is no error. */
export async function deliverEventCancel(ctx: Ctx, { effect }: Item<"event.cancel">): Promise<Delivered> {
  if (!ctx.workspace.calendarId) return { state: "dropped", why: "the workspace has no calendar" };
  await ctx.feishu.calendar.deleteEvent(ctx.workspace.calendarId, effect.eventId, { notify: true });
  return { state: "done" };
}
