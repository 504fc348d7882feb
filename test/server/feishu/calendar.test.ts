import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { UncertainError } from "#server/errors.ts";
import { colleague, onSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

let on: OnSandbox;
let calendarId: string;
beforeAll(async () => {
  on = await onSandbox();
  calendarId = (await on.gateway.calendar.createCalendar({ summary: "内训日历" })).calendarId;
});
afterAll(() => on.sandbox.close());
beforeEach(() => on.noFaults());

const EVENTS = "POST /open-apis/calendar/v4/calendars/:calendar_id/events";
const HOUR = 3_600_000;
/** Feishu keeps whole seconds. */
const inHours = (hours: number) => Math.ceil(on.clock.now() / 1000) * 1000 + hours * HOUR;
const spec = (start: number) => ({
  summary: "客户维护技巧",
  start,
  end: start + HOUR,
  timeZone: "Asia/Shanghai",
});

test("a lost reply still makes one event, free and with the times asked for", async () => {
  const { calendar } = on.gateway;
  const start = inHours(24);
  await on.fault("drop-after", EVENTS);
  const made = await calendar.createEvent(calendarId, spec(start), { key: "event:1" });
  const { events } = await calendar.listEvents(calendarId, { from: start - HOUR, to: start + 2 * HOUR });
  expect(events.map((event) => event.eventId)).toEqual([made.eventId]);
  expect(events[0]).toMatchObject({ start, end: start + HOUR, freeBusyStatus: "free" });
});

test("an event is moved, read and deleted; deleting twice is no error", async () => {
  const { calendar } = on.gateway;
  const start = inHours(48);
  const { eventId } = await calendar.createEvent(calendarId, spec(start), { key: "event:2" });
  const later = { start: start + HOUR, end: start + 2 * HOUR, timeZone: "Asia/Shanghai" };
  await calendar.patchEvent(calendarId, eventId, later);
  expect(await calendar.getEvent(calendarId, eventId)).toMatchObject({ start: later.start, end: later.end });
  await calendar.deleteEvent(calendarId, eventId, { notify: false });
  await calendar.deleteEvent(calendarId, eventId, { notify: false });
});

test("attendees: added, listed, removed; a lost reply is looked up, never repeated", async () => {
  const { calendar } = on.gateway;
  const people = ["ou_a1", "ou_a2"].map((id) => colleague(on.sandbox, id, id));
  const start = inHours(72);
  const { eventId } = await calendar.createEvent(calendarId, spec(start), { key: "event:3" });
  await on.fault("drop-after", `${EVENTS}/:event_id/attendees`);
  const adding = calendar.addAttendees(
    calendarId,
    eventId,
    people.map((openId) => ({ openId })),
  );
  await expect(adding).rejects.toBeInstanceOf(UncertainError);
  const listed = await calendar.listAttendees(calendarId, eventId);
  const invited = listed.filter((attendee) => people.includes(attendee.openId ?? ""));
  expect(invited.map((attendee) => attendee.rsvp)).toEqual(["needs_action", "needs_action"]);
  await calendar.removeAttendees(calendarId, eventId, [invited[0]?.attendeeId ?? ""]);
  expect(await calendar.listAttendees(calendarId, eventId)).toHaveLength(listed.length - 1);
});

test("admins become writers of the calendar", async () => {
  const { calendar } = on.gateway;
  const openId = colleague(on.sandbox, "ou_admin", "管理员");
  const { aclId } = await calendar.addAcl(calendarId, openId, "writer");
  expect(await calendar.listAcls(calendarId)).toEqual(
    expect.arrayContaining([expect.objectContaining({ aclId, role: "writer", openId })]),
  );
});

test("free/busy of many people and any length", async () => {
  const { calendar } = on.gateway;
  const people = Array.from({ length: 23 }, (_, n) => colleague(on.sandbox, `ou_fb${n}`, `讲师 ${n}`));
  const start = Math.ceil(on.clock.now() / HOUR) * HOUR + 400 * HOUR;
  const busy = { ...spec(start), freeBusyStatus: "busy" as const };
  const { eventId } = await calendar.createEvent(calendarId, busy, { key: "event:busy" });
  await calendar.addAttendees(calendarId, eventId, [{ openId: "ou_fb22" }]);
  const to = start + 40 * 24 * HOUR;
  const found = await calendar.freebusyBatch(people, on.clock.now(), to);
  expect([...found.keys()]).toEqual(people);
  expect(found.get("ou_fb22")).toMatchObject([{ start, end: start + HOUR }]);
  expect(found.get("ou_fb0")).toEqual([]);
  expect(await calendar.freebusy("ou_fb22", on.clock.now(), to + 100 * 24 * HOUR)).toMatchObject([{ start }]);
});
