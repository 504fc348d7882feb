import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestSandbox } from "#test/support/sandbox.ts";
import { startAppServer, type AppServer } from "../core/app-server.ts";
import { APP_ID } from "#test/support/sandbox.ts";
import { GONE, GROUP, LIN, pass, START, startCompany, SU, CHEN } from "../im/company.ts";

let sandbox: TestSandbox;
let app: AppServer;
let shared = "";

beforeAll(async () => {
  sandbox = await startCompany({
    apps: [{ appId: APP_ID, encryptKey: "k", redirectUris: ["http://127.0.0.1/signed-in"] }],
  });
  app = await startAppServer("k");
  await sandbox.lever("POST", "/apps", { appId: APP_ID, eventUrl: `${app.url}/events` });
  await sandbox.lever("PATCH", "/switches", { rates: false });
  const { json } = await call("POST", "/calendars", { summary: "内部分享", permissions: "public" });
  shared = (json.data.calendar as { calendar_id: string }).calendar_id;
});
afterAll(async () => {
  await sandbox.close();
  await app.close();
});

const HOUR = 3600;
const call = (method: string, path: string, body?: unknown, query?: Record<string, string>, token?: string) =>
  sandbox.api(method, `/calendar/v4${path}`, body, query, token);
const at = (seconds: number) => ({ timestamp: String(START / 1000 + seconds), timezone: "Asia/Shanghai" });
const talk = (more: object = {}) => ({
  summary: "分享",
  start_time: at(24 * HOUR),
  end_time: at(25 * HOUR),
  ...more,
});
const create = (
  body: object = talk(),
  query: Record<string, string> = {},
  calendar = shared,
  token?: string,
) => call("POST", `/calendars/${calendar}/events`, body, query, token);
interface EventView {
  event_id: string;
  reminders: object[];
  color: number;
  summary: string;
  status: string;
  start_time: object;
}
const made = async (body: object = talk()) =>
  ((await create(body)).json.data.event as unknown as EventView).event_id;
const get = async (id: string, calendar = shared, token?: string) =>
  (await call("GET", `/calendars/${calendar}/events/${id}`, undefined, {}, token)).json;
const invite = (id: string, attendees: object[], more: object = {}, calendar = shared, token?: string) =>
  call("POST", `/calendars/${calendar}/events/${id}/attendees`, { attendees, ...more }, {}, token);
const person = (user_id: string) => ({ type: "user", user_id });
const primaryOf = async (who: string) =>
  (
    (await call("POST", "/calendars/primarys", { user_ids: [who] })).json.data.calendars as {
      calendar: { calendar_id: string };
    }[]
  )[0]?.calendar.calendar_id ?? "";
const code = async (reply: ReturnType<typeof call>) => {
  const { json, status } = await reply;
  return `${json.code} ${status}`;
};

test("§14.20 seconds as strings; no milliseconds, no numbers, start before end, both ends of one kind", async () => {
  const { json } = await create();
  expect(json.data.event).toMatchObject({
    organizer_calendar_id: shared,
    summary: "分享",
    start_time: at(24 * HOUR),
    status: "confirmed",
    free_busy_status: "busy",
    color: -1,
    is_exception: false,
    create_time: String(START / 1000),
    event_organizer: { display_name: sandbox.app.name },
  });
  expect((json.data.event as unknown as EventView).event_id).toMatch(/^[0-9a-f-]{36}_0$/);
  const wrong = [
    { start_time: { timestamp: START / 1000 } },
    { start_time: { timestamp: String(START) }, end_time: { timestamp: String(START + 3_600_000) } },
    { start_time: at(25 * HOUR) },
    { start_time: { date: "2026-01-06" } },
    { start_time: {} },
    { start_time: { ...at(24 * HOUR), date: "2026-01-06" } },
    { start_time: { timestamp: at(24 * HOUR).timestamp, timezone: "Mars/Base" } },
    { attendees: [person(LIN)] },
    { summary: "长".repeat(1001) },
    { description: "a".repeat(40_961) },
    { location: { name: "a".repeat(513) } },
    { location: { address: "a".repeat(256) } },
    { reminders: [{ minutes: 20_161 }] },
    { recurrence: "FREQ=DAILY;COUNT=2;UNTIL=20260110T000000Z" },
    { recurrence: `FREQ=DAILY;COUNT=2${" ".repeat(2000)}` },
    { recurrence: "every day" },
  ];
  for (const more of wrong)
    expect(await code(create(talk(more))), JSON.stringify(more).slice(0, 80)).toBe("190002 400");
  const limits = {
    summary: "长".repeat(1000),
    description: "a".repeat(40_960),
    location: { name: "a".repeat(512), address: "a".repeat(255) },
    reminders: [{ minutes: -20_160 }, { minutes: 20_160 }],
  };
  expect(await code(create(talk(limits)))).toBe("0 200");
  expect(
    await code(create(talk({ start_time: { date: "2026-01-06" }, end_time: { date: "2026-01-06" } }))),
  ).toBe("0 200");
  expect(await code(create(talk({ attachments: [{ file_token: "boxcn-none" }] })))).toBe("193105 400");
  expect(
    await code(
      create(talk({ vchat: { vc_type: "vc", meeting_settings: { allow_attendees_start: false } } })),
    ),
  ).toBe("193101 400");
});

test("§14.20 idempotency_key of 32 to 128 characters: the same key, the same event", async () => {
  const key = "k".repeat(32);
  const first = await create(talk(), { idempotency_key: key });
  const second = await create(talk({ summary: "别的" }), { idempotency_key: key });
  expect(second.json.data.event).toEqual(first.json.data.event);
  expect(await code(create(talk(), { idempotency_key: "k".repeat(31) }))).toBe("190002 400");
  expect(await code(create(talk(), { idempotency_key: "k".repeat(128) }))).toBe("0 200");
  expect(await code(create(talk(), { idempotency_key: "k".repeat(129) }))).toBe("190002 400");
  const other = await call("POST", "/calendars", { summary: "另一个" });
  const elsewhere = await create(
    talk(),
    { idempotency_key: key },
    (other.json.data.calendar as { calendar_id: string }).calendar_id,
  );
  expect(elsewhere.json.data.event).not.toEqual(first.json.data.event);
});

test("§14.20 attendees: 1000 a call, 3000 an event", async () => {
  const id = await made();
  const mails = (count: number, from: number) =>
    Array.from({ length: count }, (_, n) => ({
      type: "third_party",
      third_party_email: `p${from + n}@example.com`,
    }));
  expect(await code(invite(id, mails(1001, 0)))).toBe("190002 400");
  for (const from of [0, 1000, 2000]) expect(await code(invite(id, mails(1000, from)))).toBe("0 200");
  expect(await code(invite(id, mails(1, 3000)))).toBe("190002 400");
  const rooms = Array.from({ length: 101 }, (_, n) => ({ type: "resource", room_id: `omm_${n}` }));
  expect(await code(invite(await made(), rooms))).toBe("190002 400");
  expect(await code(invite(await made(), rooms.slice(1)))).toBe("0 200");
});

test("who can be invited: people of the company, chats the bot is in", async () => {
  const id = await made();
  const { json } = await invite(id, [person(LIN), { type: "chat", chat_id: GROUP, is_optional: true }]);
  expect(json.data.attendees).toMatchObject([
    {
      type: "user",
      attendee_id: "user_lin",
      user_id: LIN,
      rsvp_status: "needs_action",
      display_name: "林知远",
      is_optional: false,
    },
    {
      type: "chat",
      attendee_id: "chat_lecturers",
      chat_id: GROUP,
      display_name: "专业知识讲师群",
      is_optional: true,
    },
  ]);
  const page = await call("GET", `/calendars/${shared}/events/${id}/attendees/chat_lecturers/chat_members`);
  expect((page.json.data.items as { open_id: string }[]).map((one) => one.open_id)).toEqual([SU, CHEN]);
  expect(await code(call("GET", `/calendars/${shared}/events/${id}/attendees/user_lin/chat_members`))).toBe(
    "194004 400",
  );
  expect(await code(invite(id, [person("ou_nobody")]))).toBe("195100 404");
  expect(await code(invite(id, [person(GONE)]))).toBe("195100 404");
  expect(await code(invite(id, [{ type: "chat", chat_id: "oc_none" }]))).toBe("194000 404");
  expect(await code(invite(id, [{ type: "user" }]))).toBe("195100 404");
  await sandbox.lever("POST", "/chats", {
    chat_id: "oc_without",
    name: "无机器人群",
    members: [LIN],
    bots: [],
  });
  expect(await code(invite(id, [{ type: "chat", chat_id: "oc_without" }]))).toBe("194002 403");
  const again = await invite(id, [person(LIN)]);
  expect(again.json.data.attendees).toMatchObject([{ attendee_id: "user_lin" }]);
  const list = await call("GET", `/calendars/${shared}/events/${id}/attendees`, undefined, {
    page_size: "10",
  });
  expect((list.json.data.items as object[]).length).toBe(2);
  expect(
    await code(call("GET", `/calendars/${shared}/events/${id}/attendees`, undefined, { page_size: "9" })),
  ).toBe("190002 400");
  expect(
    await code(call("GET", `/calendars/${shared}/events/${id}/attendees`, undefined, { page_size: "101" })),
  ).toBe("190002 400");
});

test("answers of people show in the attendees; a member of an invited chat can answer and be taken off", async () => {
  const id = await made(talk({ start_time: at(30 * HOUR), end_time: at(31 * HOUR) }));
  await invite(id, [person(LIN), { type: "chat", chat_id: GROUP }]);
  await sandbox.lever("POST", `/people/${LIN}/rsvp`, { event_id: id, status: "decline" });
  await sandbox.lever("POST", `/people/${SU}/rsvp`, { start: START + 30 * HOUR * 1000, status: "accept" });
  const list = await call("GET", `/calendars/${shared}/events/${id}/attendees`);
  expect(list.json.data.items).toMatchObject([
    { rsvp_status: "decline" },
    {
      rsvp_status: "needs_action",
      chat_members: [{ rsvp_status: "accept" }, { rsvp_status: "needs_action" }],
    },
  ]);
  const off = (body: object) =>
    code(call("POST", `/calendars/${shared}/events/${id}/attendees/batch_delete`, body));
  expect(await off({ delete_ids: [person(CHEN)] })).toBe("0 200");
  expect(await off({ attendee_ids: ["user_lin"] })).toBe("0 200");
  expect(await off({ attendee_ids: ["user_lin"] })).toBe("194000 404");
  expect(await off({ attendee_ids: Array.from({ length: 501 }, (_, n) => `user_${n}`) })).toBe("190002 400");
  const shown = (await sandbox.lever("GET", `/people/${CHEN}/calendar`)).json as unknown as {
    events: { event_id: string }[];
  };
  expect(shown.events.some((event) => event.event_id === id)).toBe(false);
  // Taken off by name, still there through the chat.
  const lin = (await sandbox.lever("GET", `/people/${LIN}/calendar`)).json as unknown as {
    events: { event_id: string; via: string }[];
  };
  expect(lin.events.find((event) => event.event_id === id)?.via).toBe("chat");
});

test("need_notification decides whether people are told", async () => {
  const id = await made();
  const notices = async () =>
    (
      (await sandbox.lever("GET", `/people/${LIN}/calendar`)).json as unknown as {
        events: { event_id: string; notices: { kind: string }[] }[];
      }
    ).events
      .find((event) => event.event_id === id)
      ?.notices.map(({ kind }) => kind);
  await invite(id, [person(LIN)], { need_notification: false });
  expect(await notices()).toEqual([]);
  await call("PATCH", `/calendars/${shared}/events/${id}`, { summary: "改题" });
  await call("PATCH", `/calendars/${shared}/events/${id}`, { summary: "又改", need_notification: false });
  expect(await notices()).toEqual(["update"]);
});

test("a change keeps the rest; start and end move together; only who organizes deletes", async () => {
  const id = await made(talk({ description: "讲义" }));
  const patch = (body: object) => call("PATCH", `/calendars/${shared}/events/${id}`, body);
  expect(await code(patch({ start_time: at(26 * HOUR) }))).toBe("190002 400");
  const moved = await patch({ start_time: at(26 * HOUR), end_time: at(27 * HOUR) });
  expect(moved.json.data.event).toMatchObject({
    start_time: at(26 * HOUR),
    summary: "分享",
    description: "讲义",
  });
  await invite(id, [person(LIN)]);
  const token = await sandbox.userToken(LIN);
  const own = await primaryOf(LIN);
  expect((await get(id, own, token)).data.event).toMatchObject({ event_id: id });
  expect(await code(call("PATCH", `/calendars/${own}/events/${id}`, { summary: "我改" }, {}, token))).toBe(
    "193002 403",
  );
  expect(
    await code(
      call("PATCH", `/calendars/${own}/events/${id}`, { free_busy_status: "free", color: 1 }, {}, token),
    ),
  ).toBe("0 200");
  expect(await code(call("DELETE", `/calendars/${own}/events/${id}`, {}, {}, token))).toBe("193002 403");
  expect(
    await code(call("POST", `/calendars/${own}/events/${id}/reply`, { rsvp_status: "tentative" }, {}, token)),
  ).toBe("0 200");
  expect(
    await code(call("DELETE", `/calendars/${shared}/events/${id}`, {}, { need_notification: "false" })),
  ).toBe("0 200");
  expect(await code(call("GET", `/calendars/${shared}/events/${id}`))).toBe("193003 403");
  expect(await code(call("GET", `/calendars/${shared}/events/00000000-0000-0000-0000-000000000000_0`))).toBe(
    "193001 404",
  );
  expect(await code(call("GET", `/calendars/${shared}/events/odd`))).toBe("193000 400");
});

test("reminders and color act only for the identity that set them", async () => {
  const id = await made(talk({ reminders: [{ minutes: 10 }], color: 5 }));
  expect((await get(id)).data.event).toMatchObject({ reminders: [{ minutes: 10 }], color: 5 });
  await invite(id, [person(LIN)]);
  const token = await sandbox.userToken(LIN);
  expect((await get(id, shared, token)).data.event).toMatchObject({ reminders: [], color: -1 });
});

test("calendars: private ones are closed, roles open them, the primary one cannot be deleted", async () => {
  const closed = (
    (await call("POST", "/calendars", { summary: "管理", permissions: "private" })).json.data.calendar as {
      calendar_id: string;
    }
  ).calendar_id;
  const token = await sandbox.userToken(LIN);
  const event = (await create(talk(), {}, closed)).json.data.event as unknown as EventView;
  expect(await code(call("GET", `/calendars/${closed}`, undefined, {}, token))).toBe("191002 403");
  const grant = async (role: string) =>
    (
      (await call("POST", `/calendars/${closed}/acls`, { role, scope: { type: "user", user_id: LIN } })).json
        .data as { acl_id: string }
    ).acl_id;
  await grant("free_busy_reader");
  expect(await code(call("GET", `/calendars/${closed}/events/${event.event_id}`, undefined, {}, token))).toBe(
    "191002 403",
  );
  await grant("reader");
  expect(await code(call("GET", `/calendars/${closed}/events/${event.event_id}`, undefined, {}, token))).toBe(
    "0 200",
  );
  expect(await code(create(talk(), {}, closed, token))).toBe("191002 403");
  const acl = await grant("writer");
  expect(await code(create(talk(), {}, closed, token))).toBe("0 200");
  expect((await call("GET", `/calendars/${closed}/acls`)).json.data.acls).toEqual([
    { acl_id: acl, role: "writer", scope: { type: "user", user_id: LIN } },
  ]);
  expect(await code(call("DELETE", `/calendars/${closed}/acls/${acl}`, {}))).toBe("0 200");
  expect(await code(call("GET", `/calendars/${closed}`, undefined, {}, token))).toBe("191002 403");
  expect(await code(call("DELETE", `/calendars/${closed}`, {}, {}, token))).toBe("191002 403");
  expect(await code(call("DELETE", `/calendars/${closed}`, {}))).toBe("0 200");
  expect(await code(call("GET", `/calendars/${closed}`))).toBe("191003 403");
  const primary = (await call("POST", "/calendars/primary")).json.data.calendars as {
    calendar: { calendar_id: string; type: string; role: string };
  }[];
  expect(primary[0]?.calendar).toMatchObject({ type: "primary", role: "owner" });
  expect(await code(call("DELETE", `/calendars/${primary[0]?.calendar.calendar_id}`, {}))).toBe("191004 403");
  expect(await code(call("GET", "/calendars/no-calendar"))).toBe("191001 400");
  expect(await code(call("GET", "/calendars/feishu.cn_none@group.calendar.feishu.cn"))).toBe("191000 404");
});

test("an app writes on a person's calendar only as its writer", async () => {
  const token = await sandbox.userToken(SU);
  const own = (
    (await call("POST", "/calendars", { summary: "苏的", permissions: "private" }, {}, token)).json.data
      .calendar as { calendar_id: string }
  ).calendar_id;
  expect(await code(create(talk(), {}, own))).toBe("191002 403");
  await call(
    "POST",
    `/calendars/${own}/acls`,
    { role: "writer", scope: { type: "user", user_id: sandbox.app.botOpenId } },
    {},
    token,
  );
  expect(await code(create(talk(), {}, own))).toBe("0 200");
});

test("the list syncs: what changed since the token, cancelled events with it", async () => {
  const fresh = (
    (await call("POST", "/calendars", { summary: "同步" })).json.data.calendar as { calendar_id: string }
  ).calendar_id;
  const list = async (query: Record<string, string>) =>
    (await call("GET", `/calendars/${fresh}/events`, undefined, query)).json;
  const ids: string[] = [];
  for (let n = 0; n < 51; n += 1)
    ids.push(
      ((await create(talk({ summary: `${n}` }), {}, fresh)).json.data.event as unknown as EventView).event_id,
    );
  const first = await list({ page_size: "50" });
  expect([(first.data.items as object[]).length, first.data.has_more, "sync_token" in first.data]).toEqual([
    50,
    true,
    false,
  ]);
  const second = await list({ page_size: "50", page_token: first.data.page_token as string });
  expect([(second.data.items as object[]).length, "page_token" in second.data]).toEqual([1, false]);
  const sync_token = second.data.sync_token as string;
  expect((await list({ sync_token })).data.items).toEqual([]);
  await call("PATCH", `/calendars/${fresh}/events/${ids[3]}`, { summary: "变" });
  await call("DELETE", `/calendars/${fresh}/events/${ids[4]}`, {});
  expect((await list({ sync_token })).data.items).toMatchObject([
    { event_id: ids[3], summary: "变" },
    { event_id: ids[4], status: "cancelled" },
  ]);
  expect((await list({ sync_token: "odd" })).code).toBe(190008);
  expect((await list({ sync_token, anchor_time: "1" })).code).toBe(190009);
  expect((await list({ page_size: "49" })).code).toBe(190002);
  expect((await list({ page_size: "1001" })).code).toBe(190002);
  const window = { start_time: at(24 * HOUR).timestamp, end_time: at(25 * HOUR).timestamp };
  expect(((await list(window)).data.items as object[]).length).toBe(50);
  expect((await list({ start_time: window.start_time })).code).toBe(190002);
});

test("a series gives its instances; one can be moved or removed alone", async () => {
  const id = await made(talk({ recurrence: "FREQ=WEEKLY;BYDAY=TU;COUNT=4" }));
  const window = { start_time: at(0).timestamp, end_time: at(60 * 24 * HOUR).timestamp };
  const instances = async () =>
    (await call("GET", `/calendars/${shared}/events/${id}/instances`, undefined, window)).json.data
      .items as unknown as EventView[];
  const before = await instances();
  expect(before.map((one) => one.start_time)).toEqual([24, 192, 360, 528].map((hours) => at(hours * HOUR)));
  expect(await code(call("DELETE", `/calendars/${shared}/events/${before[1]?.event_id}`, {}))).toBe("0 200");
  const moved = await call("PATCH", `/calendars/${shared}/events/${before[2]?.event_id}`, {
    start_time: at(361 * HOUR),
    end_time: at(362 * HOUR),
  });
  expect(moved.json.data.event).toMatchObject({
    is_exception: true,
    recurring_event_id: id,
    start_time: at(361 * HOUR),
  });
  expect((await instances()).map((one) => one.start_time)).toEqual(
    [24, 528].map((hours) => at(hours * HOUR)),
  );
  expect(await code(call("GET", `/calendars/${shared}/events/${before[1]?.event_id}`))).toBe("193001 404");
  const days = (count: number) => ({
    start_time: at(0).timestamp,
    end_time: String(Number(at(0).timestamp) + count * 86_400 - 1),
  });
  expect(await code(call("GET", `/calendars/${shared}/events/instance_view`, undefined, days(40)))).toBe(
    "0 200",
  );
  expect(
    await code(
      call("GET", `/calendars/${shared}/events/instance_view`, undefined, {
        start_time: "0",
        end_time: String(40 * 86_400),
      }),
    ),
  ).toBe("193103 400");
  expect(await code(call("GET", `/calendars/${shared}/events/${id}/instances`, undefined, days(733)))).toBe(
    "193103 400",
  );
});

test("search finds by title, window and people", async () => {
  const id = await made(talk({ summary: "设备点检要点" }));
  await invite(id, [person(SU)]);
  const search = async (body: object) =>
    (
      (await call("POST", `/calendars/${shared}/events/search`, body)).json.data
        .items as unknown as EventView[]
    ).map((one) => one.event_id);
  expect(await search({ query: "点检" })).toEqual([id]);
  expect(await search({ query: "点检", filter: { user_ids: [LIN] } })).toEqual([]);
  expect(
    await search({ query: "点检", filter: { start_time: at(26 * HOUR), end_time: at(27 * HOUR) } }),
  ).toEqual([]);
});

test("§14.22 changes are told only to a person's own subscription, gathered over three seconds", async () => {
  const told = () =>
    app
      .events()
      .map(({ message }) => message as { header: { event_type: string }; event: object })
      .filter(({ header }) => header.event_type === "calendar.calendar.event.changed_v4")
      .map(({ event }) => event);
  expect(await code(call("POST", `/calendars/${shared}/events/subscription`))).toMatch(/^9999166[38] /);
  await made();
  await pass(sandbox, 10_000);
  expect(told()).toEqual([]);
  const token = await sandbox.userToken(LIN);
  expect(await code(call("POST", `/calendars/${shared}/events/subscription`, undefined, {}, token))).toBe(
    "0 200",
  );
  await made();
  await made();
  await pass(sandbox, 2999);
  expect(told()).toEqual([]);
  await pass(sandbox, 1);
  expect(told()).toEqual([
    { calendar_id: shared, user_id_list: [{ open_id: LIN, union_id: "on_lin", user_id: "lin" }] },
  ]);
});
