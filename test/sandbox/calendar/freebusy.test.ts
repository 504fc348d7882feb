import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestSandbox } from "#test/support/sandbox.ts";
import { CHEN, GONE, GROUP, LIN, START, startCompany, SU } from "../im/company.ts";

let sandbox: TestSandbox;
let shared = "";

beforeAll(async () => {
  sandbox = await startCompany();
  await sandbox.lever("PATCH", "/switches", { rates: false });
  const { json } = await call("/calendars", { summary: "内部分享" });
  shared = (json.data.calendar as { calendar_id: string }).calendar_id;
});
afterAll(() => sandbox.close());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const call = (path: string, body?: unknown) => sandbox.api("POST", `/calendar/v4${path}`, body);
/** An instant in Shanghai's offset. */
const iso = (ms: number) => `${new Date(ms + 8 * HOUR).toISOString().slice(0, 19)}+08:00`;
const list = (user_id: string, from: number, to: number, more: object = {}) =>
  call("/freebusy/list", { time_min: iso(from), time_max: iso(to), user_id, ...more });
const batch = (user_ids: string[], from: number, to: number, more: object = {}) =>
  call("/freebusy/batch", { time_min: iso(from), time_max: iso(to), user_ids, ...more });
const busyOf = async (who: string, from = START, to = START + 7 * DAY, more: object = {}) =>
  ((await list(who, from, to, more)).json.data.freebusy_list as { start_time: string }[]).map(
    (one) => one.start_time,
  );
const code = async (reply: ReturnType<typeof call>) => {
  const { json, status } = await reply;
  return `${json.code} ${status}`;
};
const seconds = (ms: number) => ({ timestamp: String(ms / 1000) });
const talk = async (at: number, attendees: object[], more: object = {}) => {
  const { json } = await call(`/calendars/${shared}/events`, {
    summary: "分享",
    start_time: seconds(at),
    end_time: seconds(at + HOUR),
    ...more,
  });
  const { event_id } = json.data.event as { event_id: string };
  await call(`/calendars/${shared}/events/${event_id}/attendees`, { attendees });
  return event_id;
};

test("§14.21 90 days for one person, two weeks for one to ten", async () => {
  expect(await code(list(LIN, START, START + 90 * DAY))).toBe("0 200");
  expect(await code(list(LIN, START, START + 90 * DAY + 1000))).toBe("190002 400");
  expect(await code(list(LIN, START, START))).toBe("190002 400");
  expect(await code(batch([LIN], START, START + 14 * DAY))).toBe("0 200");
  expect(await code(batch([LIN], START, START + 14 * DAY + 1000))).toBe("198003 400");
  expect(
    await code(
      batch(
        Array.from({ length: 10 }, () => LIN),
        START,
        START + DAY,
      ),
    ),
  ).toBe("0 200");
  expect(
    await code(
      batch(
        Array.from({ length: 11 }, () => LIN),
        START,
        START + DAY,
      ),
    ),
  ).toBe("198001 400");
  expect(await code(batch([], START, START + DAY))).toBe("190002 400");
  expect(
    await code(
      call("/freebusy/list", { time_min: String(START), time_max: String(START + DAY), user_id: LIN }),
    ),
  ).toBe("190002 400");
  expect(
    await code(
      call("/freebusy/batch", {
        time_min: "2026-01-05 09:00",
        time_max: "2026-01-06 09:00",
        user_ids: [LIN],
      }),
    ),
  ).toBe("198002 400");
  expect(await code(call("/freebusy/list", { time_min: iso(START), time_max: iso(START + DAY) }))).toBe(
    "190002 400",
  );
  expect(await code(list("ou_nobody", START, START + DAY))).toBe("99992351 400");
  expect(await code(list(GONE, START, START + DAY))).toBe("195100 404");
});

test("§14.21 the primary calendar: own appointments, without their names, and nothing of other calendars", async () => {
  await sandbox.lever("POST", `/people/${LIN}/busy`, {
    from: START + HOUR,
    to: START + 2 * HOUR,
    title: "看牙",
  });
  await talk(START + 5 * HOUR, []);
  const { json } = await list(LIN, START, START + DAY);
  expect(json.data).toEqual({
    freebusy_list: [{ start_time: iso(START + HOUR), end_time: iso(START + 2 * HOUR) }],
  });
  const both = await batch([LIN, SU], START, START + DAY, { need_rsvp_status: true });
  expect(both.json.data.freebusy_lists).toEqual([
    {
      user_id: LIN,
      freebusy_items: [
        { start_time: iso(START + HOUR), end_time: iso(START + 2 * HOUR), rsvp_status: "accept" },
      ],
    },
    { user_id: SU, freebusy_items: [] },
  ]);
  const utc = await call("/freebusy/list", {
    time_min: "2026-01-05T01:00:00Z",
    time_max: "2026-01-06T01:00:00Z",
    user_id: LIN,
  });
  expect(utc.json.data.freebusy_list).toEqual([
    { start_time: "2026-01-05T02:00:00Z", end_time: "2026-01-05T03:00:00Z" },
  ]);
});

test("inviting a chat makes its members busy, unless the event is free or the switch is off", async () => {
  const at = START + 2 * DAY;
  await talk(at, [{ type: "chat", chat_id: GROUP }]);
  await talk(at + 2 * HOUR, [{ type: "chat", chat_id: GROUP }], { free_busy_status: "free" });
  expect(await busyOf(CHEN)).toEqual([iso(at)]);
  expect(await busyOf(CHEN, START, START + 7 * DAY, { only_busy: false })).toEqual([
    iso(at),
    iso(at + 2 * HOUR),
  ]);
  await sandbox.lever("PATCH", "/switches", { busySpread: false });
  expect(await busyOf(CHEN)).toEqual([]);
  await sandbox.lever("PATCH", "/switches", { busySpread: true });
  await sandbox.lever("POST", `/people/${CHEN}/rsvp`, { start: at, status: "decline" });
  expect(await busyOf(CHEN)).toEqual([]);
  expect(await busyOf(SU)).toEqual([iso(at)]);
});

test("a person in the chat later is busy too; one who left is free", async () => {
  const at = START + 2 * DAY;
  await sandbox.lever("POST", `/chats/${GROUP}/members`, { remove: [SU] });
  expect(await busyOf(SU)).toEqual([]);
  await sandbox.lever("POST", `/chats/${GROUP}/members`, { add: [SU] });
  expect(await busyOf(SU)).toEqual([iso(at)]);
});

test("a time-off event fills the calendar, is deleted by its app only, and appears in no list", async () => {
  const off = (body: object) => call("/timeoff_events", { user_id: SU, timezone: "Asia/Shanghai", ...body });
  const { json } = await off({ start_time: "2026-01-10", end_time: "2026-01-11", title: "年假" });
  expect(json.data).toMatchObject({
    user_id: SU,
    start_time: "2026-01-10",
    end_time: "2026-01-11",
    title: "年假",
  });
  const id = json.data.timeoff_event_id as string;
  expect((await list(SU, Date.UTC(2026, 0, 9), Date.UTC(2026, 0, 13))).json.data.freebusy_list).toEqual([
    { start_time: "2026-01-10T00:00:00+08:00", end_time: "2026-01-12T00:00:00+08:00" },
  ]);
  expect(await code(off({ start_time: "2026-01-10", end_time: String(START / 1000) }))).toBe("190002 400");
  expect(await code(sandbox.api("DELETE", "/calendar/v4/timeoff_events/timeoff:none", {}))).toBe(
    "195000 403",
  );
  expect(await code(sandbox.api("DELETE", `/calendar/v4/timeoff_events/${id}`, {}))).toBe("0 200");
  expect((await list(SU, Date.UTC(2026, 0, 9), Date.UTC(2026, 0, 13))).json.data.freebusy_list).toEqual([]);
});

test("primary calendars of one to ten people", async () => {
  expect(await code(call("/calendars/primarys", { user_ids: [LIN, SU] }))).toBe("0 200");
  expect(await code(call("/calendars/primarys", { user_ids: [] }))).toBe("190002 400");
  expect(await code(call("/calendars/primarys", { user_ids: Array.from({ length: 11 }, () => LIN) }))).toBe(
    "198001 400",
  );
  expect(await code(call("/calendars/primarys", { user_ids: [GONE] }))).toBe("195100 404");
});
