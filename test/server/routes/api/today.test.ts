import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
let sql: pg.Pool;
let api: Awaited<ReturnType<typeof apiOf>>;
const at = (text: string) => Date.parse(`${text}:00+08:00`);

beforeAll(async () => {
  company = await startCompany({ lecturers: 3, learners: 4 });
  sql = new pg.Pool({ connectionString: company.config.databaseUrl ?? "" });
  await sql.query("update workspace set live = $1", [JSON.stringify([company.group])]);
  api = await apiOf(company, ADMIN);
}, 180_000);
afterAll(async () => {
  await sql?.end();
  await company?.close();
});

const today = async () => (await api.today.$get()).json();
const choose = async (key: string, choice: "done" | "retry" | "arrived" | "held" | "confirm" | "cancel") =>
  (await api.today.choose.$post({ json: { key, choice } })).json();

test("nothing to do is said as such, with what every group's messages do", async () => {
  expect(await today()).toEqual({
    urgent: [],
    waiting: [],
    urgentHours: 48,
    groups: [{ id: company.group, name: "专业知识", mode: "live" }],
  });
});

test("a matter of tomorrow stands apart from one that can wait, and comes near by itself", async () => {
  const [soon, later] = await company.add("分享", [
    { 开始: at("2026-12-01T15:00"), "时长（分钟）": 45, 讲师群: [company.group], 标题: "明天的" },
    { 开始: at("2026-12-04T15:00"), "时长（分钟）": 45, 讲师群: [company.group], 标题: "周五的" },
  ]);
  await company.advance(60_000);
  const first = await today();
  expect(first.urgent.map(({ session }) => session)).toEqual([soon]);
  expect(first.waiting.map(({ session }) => session)).toEqual([later]);
  expect(first.urgent[0]).toMatchObject({ kind: "record-problem", start: at("2026-12-01T15:00") });
  await company.advanceTo("2026-12-02T16:00:00+08:00");
  api = await apiOf(company, ADMIN);
  expect((await today()).urgent.map(({ session }) => session)).toContain(later);
});

test("a delivery that failed says what, to whom and why, and is tried again under its own key", async () => {
  await sql.query(
    `insert into outbox (workspace, key, lane, kind, effect, state, not_before, created_at, error, person, template, attempts, first_tried_at)
     select id, 'echo:x', 'chat:x', 'message', $1, 'failed', 0, 0, 'Bot is out of the chat', $2, 'notice', 3, $3 from workspace`,
    [
      JSON.stringify({
        kind: "message",
        key: "echo:x",
        to: { person: lecturer(1) },
        audience: "admin",
        template: "notice",
        data: { text: "材料已经收到，谢谢您。" },
        useUntil: at("2026-12-20T00:00"),
      }),
      lecturer(1),
      at("2026-12-02T10:00"),
    ],
  );
  await sql.query(
    `insert into todo (workspace, key, kind, detail, created_at) select id, 'delivery:echo:x', 'delivery-failed', $1, 0 from workspace`,
    [
      JSON.stringify({
        effect: "echo:x",
        kind: "message",
        template: "notice",
        why: "Bot is out of the chat",
      }),
    ],
  );
  const item = [...(await today()).urgent, ...(await today()).waiting].find(
    ({ key }) => key === "delivery:echo:x",
  )!;
  expect(item.choices).toEqual(["retry", "done"]);
  expect(item.delivery).toMatchObject({ to: "张三", attempts: 3, why: "Bot is out of the chat" });
  expect(item.delivery!.what).not.toBe("notice");
  expect(await choose(item.key, "retry")).toMatchObject({ ok: true });
  await company.advance(60 * 60_000);
  const { rows } = await sql.query("select state, error from outbox where key = 'echo:x'");
  expect(rows).toEqual([{ state: "done", error: null }]);
  expect(await company.inboxOf(lecturer(1))).not.toEqual([]);
});

test("one that is uncertain is never sent again by itself; the admin says that it has arrived", async () => {
  await sql.query(
    `insert into outbox (workspace, key, lane, kind, effect, state, not_before, created_at)
     select id, 'sync:y', 'cal:y', 'event.sync', '{"kind":"event.sync","key":"sync:y","session":"none"}', 'uncertain', 0, 0 from workspace`,
  );
  await sql.query(
    `insert into todo (workspace, key, kind, detail, created_at) select id, 'delivery:sync:y', 'delivery-uncertain', '{"effect":"sync:y","kind":"event.sync","template":"","why":"no reply"}', 0 from workspace`,
  );
  api = await apiOf(company, ADMIN);
  const item = (await today()).waiting.find(({ key }) => key === "delivery:sync:y")!;
  expect(item.choices).toEqual(["arrived", "retry", "done"]);
  expect(item.delivery).toMatchObject({ what: "把日历改到和排期一致", to: null });
  expect(await choose(item.key, "arrived")).toMatchObject({ ok: true });
  const { rows } = await sql.query("select state from outbox where key = 'sync:y'");
  expect(rows).toEqual([{ state: "done" }]);
  expect((await today()).waiting.map(({ key }) => key)).not.toContain("delivery:sync:y");
  // Two admins at once: the second hears that it is settled, and nothing happens twice.
  expect(await choose(item.key, "retry")).toMatchObject({ ok: false });
});

test("a tie lays no award before anybody, so nothing of it can be agreed to", async () => {
  const detail = { period: "2026年12月", award: "内训名师", lecturers: "张三、王芳、李静", why: "tied" };
  await sql.query(
    `insert into todo (workspace, key, kind, detail, created_at) select id, 'award-tie:2026-12:r', 'award', $1, 0 from workspace`,
    [JSON.stringify(detail)],
  );
  const item = (await today()).waiting.find(({ key }) => key === "award-tie:2026-12:r")!;
  expect(item.line).toContain("张三、王芳、李静");
  expect(item.choices).toEqual(["done"]);
  expect(await choose(item.key, "done")).toMatchObject({ ok: true });
});

test("a group is paused and taken back to trial from here; who is no admin cannot", async () => {
  const json = { group: company.group, to: "paused" as const };
  expect(await (await api.today.mode.$post({ json })).json()).toMatchObject({ ok: true });
  expect((await today()).groups[0]!.mode).toBe("paused");
  const other = await apiOf(company, lecturer(1));
  expect((await other.today.mode.$post({ json: { ...json, to: "live" } })).status).toBe(403);
  expect((await other.today.choose.$post({ json: { key: "x", choice: "done" } })).status).toBe(403);
});
