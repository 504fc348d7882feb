import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestSandbox } from "#test/support/sandbox.ts";
import { card, CHEN, GROUP, LIN, pass, sender, START, startCompany, SU, text } from "../im/company.ts";

type Thing = Record<string, unknown>;

let sandbox: TestSandbox;
let send: ReturnType<typeof sender>;

beforeAll(async () => {
  sandbox = await startCompany();
  send = sender(sandbox);
});
afterAll(() => sandbox.close());

const read = async <T = Thing>(path: string) => (await sandbox.lever("GET", path)).json as unknown as T;
const write = async (path: string, body: unknown, method = "POST") =>
  (await sandbox.lever(method, path, body)).json as unknown as Thing;

/** The stream of changes: `next` waits for the first state that `fits`. */
async function follow() {
  const ending = new AbortController();
  const reply = await fetch(`${sandbox.url}/sandbox/stream`, { signal: ending.signal });
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let held = "";
  return {
    async next(fits: (state: { now: number; marks: Record<string, unknown> }) => boolean) {
      for (;;) {
        const end = held.indexOf("\n\n");
        if (end < 0) held += decoder.decode((await reader.read()).value, { stream: true });
        else {
          const state = JSON.parse(held.slice("data: ".length, end)) as Parameters<typeof fits>[0];
          held = held.slice(end + 2);
          if (fits(state)) return state;
        }
      }
    },
    end: () => ending.abort(),
  };
}

test("the cast names departments and parts, without who has left", async () => {
  await write("/org", { people: [{ open_id: "ou_boss", name: "周敏", part: "admin" }] });
  const { people } = await read<{ people: { open_id: string; department: string; part: string }[] }>(
    "/workspace/cast",
  );
  const shown = people.map(({ open_id, department, part }) => [open_id, department, part]);
  expect(shown).toEqual([
    [LIN, "销售部", "manager"],
    [SU, "销售部", "learner"],
    [CHEN, "销售一组", "learner"],
    ["ou_boss", "", "admin"],
  ]);
});

test("chats of a person, newest first, with one line and what others said", async () => {
  await send(GROUP, "text", text("下周三 15:00 见"));
  await pass(sandbox, 1000);
  await send(SU, "interactive", JSON.stringify(card([{ tag: "markdown", content: "请选择" }])));
  await write(`/people/${SU}/say`, { text: "收到" });
  const { chats } = await read<{ chats: { chat_id: string; mode: string; heard: number; last: Thing }[] }>(
    `/people/${SU}/chats`,
  );
  expect(chats.map(({ mode, heard, last }) => [mode, heard, last.text])).toEqual([
    ["p2p", 1, "收到"],
    ["group", 1, "下周三 15:00 见"],
  ]);
});

test("messages of a chat come in pages, for its members only", async () => {
  const path = `/people/${LIN}/chats/${GROUP}/messages`;
  for (const words of ["一", "二", "三"]) await send(GROUP, "text", text(words));
  const newest = await read<{ more: boolean; messages: { message_id: string; texts: string[] }[] }>(
    `${path}?limit=2`,
  );
  expect([newest.more, newest.messages.map((one) => one.texts[0])]).toEqual([true, ["二", "三"]]);
  const older = await read<typeof newest>(`${path}?before=${newest.messages[0]?.message_id}`);
  expect([older.more, older.messages.map((one) => one.texts[0])]).toEqual([false, ["下周三 15:00 见", "一"]]);
  expect((await sandbox.lever("GET", `/people/ou_boss/chats/${GROUP}/messages`)).status).toBe(400);
});

test("a week shows own, invited and shared events, series unfolded, and the answer given", async () => {
  const { calendar } = (await sandbox.api("POST", "/calendar/v4/calendars", { summary: "分享日历" })).json
    .data as { calendar: { calendar_id: string } };
  const path = `/calendar/v4/calendars/${calendar.calendar_id}`;
  const at = (ms: number) => ({ timestamp: String(ms / 1000), timezone: "Asia/Shanghai" });
  const hour = 3_600_000;
  const made = await sandbox.api("POST", `${path}/events`, {
    summary: "林知远的分享",
    start_time: at(START + 6 * hour),
    end_time: at(START + 7 * hour),
  });
  const event = (made.json.data as { event: { event_id: string } }).event.event_id;
  await sandbox.api("POST", `${path}/events/${event}/attendees`, {
    attendees: [{ type: "user", user_id: LIN }],
  });
  await sandbox.api("POST", `${path}/acls`, {
    role: "reader",
    scope: { type: "user", user_id: SU },
  });
  await write(`/people/${LIN}/busy`, { from: START + hour, to: START + 2 * hour, title: "客户会" });
  await write(`/people/${LIN}/rsvp`, { event_id: event, status: "accept" });
  const week = (who: string) =>
    read<{ events: { summary: string; list: string; rsvp: string; accepted: number }[] }>(
      `/people/${who}/week?from=${START - hour}&to=${START + 7 * 24 * hour}`,
    );
  expect((await week(LIN)).events.map((one) => [one.summary, one.list, one.rsvp])).toEqual([
    ["客户会", "own", "needs_action"],
    ["林知远的分享", "own", "accept"],
  ]);
  expect((await week(SU)).events.map((one) => [one.summary, one.list, one.accepted])).toEqual([
    ["林知远的分享", "shared", 1],
  ]);
  expect((await sandbox.lever("GET", `/people/${SU}/week?from=0&to=${START}`)).status).toBe(400);
});

test("documents open for whom they are shared with, and say so to others", async () => {
  const made = await sandbox.api("POST", "/docx/v1/documents", { title: "分享提纲" });
  const token = (made.json.data as { document: { document_id: string } }).document.document_id;
  await sandbox.api("POST", `/docx/v1/documents/${token}/blocks/${token}/children`, {
    children: [{ block_type: 3, heading1: { elements: [{ text_run: { content: "问题" } }] } }],
  });
  expect(await read(`/people/${LIN}/docs`)).toEqual({ docs: [] });
  expect(await read(`/people/${LIN}/docs/${token}`)).toEqual({ closed: true, owner: sandbox.app.name });
  await sandbox.api(
    "POST",
    `/drive/v1/permissions/${token}/members`,
    { member_type: "openid", member_id: LIN, perm: "view" },
    { type: "docx" },
  );
  const { docs } = await read<{ docs: { name: string }[] }>(`/people/${LIN}/docs`);
  expect(docs.map((one) => one.name)).toEqual(["分享提纲"]);
  const { blocks } = await read<{ blocks: { kind: string; elements: unknown[] }[] }>(
    `/people/${LIN}/docs/${token}`,
  );
  expect(blocks.map((one) => [one.kind, one.elements])).toEqual([
    ["heading1", [{ text_run: { content: "问题" } }]],
  ]);
});

test("a Base is listed and read by whom it is shared with, rows in pages", async () => {
  const base = (await write("/bases", { name: "讲台", owner: LIN })) as {
    app_token: string;
    default_table_id: string;
  };
  const table = `/people/${LIN}/bases/${base.app_token}/tables/${base.default_table_id}/rows`;
  const { fields } = await read<{ fields: { name: string; primary: boolean }[] }>(table);
  const name = fields.find((field) => field.primary)?.name ?? "";
  const create = ["甲", "乙", "丙"].map((words) => ({ fields: { [name]: words } }));
  await write("/act", { as: LIN, base: base.app_token, table: base.default_table_id, create });
  const page = await read<{ total: number; rows: { cells: Record<string, unknown> }[]; rights: unknown }>(
    `${table}?offset=1&limit=1`,
  );
  expect([page.total, Object.values(page.rows[0]?.cells ?? {})[0]]).toEqual([
    3,
    [{ type: "text", text: "乙" }],
  ]);
  expect(page.rights).toEqual({ add: true, edit: true, remove: true });
  expect((await read<{ bases: unknown[] }>(`/people/${SU}/bases`)).bases).toEqual([]);
  expect((await sandbox.lever("GET", table.replace(LIN, SU))).status).toBe(403);
});

test("the stream tells of writes and of the clock, and never holds the clock up", async () => {
  const stream = await follow();
  const first = await stream.next(() => true);
  await send(GROUP, "text", text("新消息"));
  const heard = await stream.next((state) => state.marks.messages !== first.marks.messages);
  expect(heard.now).toBe(first.now);
  await pass(sandbox, 60_000);
  expect((await stream.next((state) => state.now > first.now)).now).toBe(first.now + 60_000);
  stream.end();
});

test("settings keep the plugin's address; the page waits until it is built", async () => {
  expect(await write("/workspace/settings", { plugin: "http://127.0.0.1:1/plugin/" }, "PATCH")).toMatchObject(
    {
      plugin: "http://127.0.0.1:1/plugin/",
      tenant_key: sandbox.app.tenantKey,
    },
  );
  expect((await sandbox.lever("PATCH", "/workspace/settings", { plugin: "nowhere" })).status).toBe(400);
  const page = await fetch(`${sandbox.url}/sandbox/workspace`);
  expect(await page.text()).toContain("<html");
  const outside = await fetch(`${sandbox.url}/sandbox/workspace/assets/..%2f..%2fpackage.json`);
  expect(outside.status).toBe(404);
});

test("who is acted as comes first on the authorize page", async () => {
  const query = new URLSearchParams({
    client_id: sandbox.app.appId,
    redirect_uri: sandbox.app.redirectUris[0] ?? "",
  });
  const page = await fetch(`${sandbox.url}/open-apis/authen/v1/authorize?${query.toString()}`, {
    headers: { cookie: `theme=dark; sandbox_person=${SU}` },
  });
  expect(await page.text()).toContain(`<option value="${SU}" selected>`);
});
