import { expectPlainLink } from "#test/support/card-links.ts";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { confirmed } from "#test/support/turns.ts";

const at = (text: string) => Date.parse(`${text}:00+08:00`);
const N = 12;
// Weeks pass in these flows.
vi.setConfig({ testTimeout: 200_000 });
let company: Company;
let late: string;
let alone: string;
let many: string[];
let island: string;

beforeAll(async () => {
  company = await startCompany({ lecturers: N, learners: 4 });
  [island] = (await company.add("讲师群", [
    {
      名称: "独一门",
      状态: "启用",
      频率: "每月",
      星期: ["周五"],
      起始日期: at("2026-11-01T00:00"),
      开始时间: "15:00",
      "时长（分钟）": 45,
      管理员: [{ id: ADMIN }],
    },
  ])) as [string];
  await company.write("讲师", company.lecturers[N - 1]!, { 所属讲师群: [island] });
  const row = (n: number, start: string, group?: string) => confirmed(company, n, start, group);
  [late, alone] = (await company.add("分享", [
    row(1, "2026-12-02T20:30"),
    row(N, "2026-12-04T15:00", island),
  ])) as [string, string];
  const days = Array.from({ length: 20 }, (_, n) => new Date(at("2027-03-01T15:00") + n * 7 * 86_400_000));
  many = await company.add(
    "分享",
    days.map((day, n) => ({ ...row((n % 10) + 1, "2026-12-02T20:30"), 开始: day.getTime() })),
  );
  await query("update workspace set live = $1", [JSON.stringify([company.group, island])]);
  await company.restart();
  await company.advanceTo(at("2026-11-30T20:30"));
}, 300_000);
afterAll(() => company?.close());

const fieldsOf = async (id: string) => (await company.rows("分享")).find((row) => row.id === id)!.fields;
const speakerOf = async (id: string) =>
  ((await fieldsOf(id))["讲师账号"] as { id: string }[] | undefined)?.[0]?.id;
async function decline(n: number, session: string): Promise<void> {
  const browser = browserOf(company);
  await browser.signIn(lecturer(n));
  await browser.post(`/m/session/${session}/decline`, { reason: "busy" });
}
async function eventsOf(person: string): Promise<number[]> {
  const reply = (await company.wire.get(`/sandbox/people/${person}/calendar`)) as {
    events: { from: number; deleted: boolean }[];
  };
  return reply.events.filter(({ deleted }) => !deleted).map(({ from }) => from);
}
async function query<T>(text: string, values: unknown[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  const { rows } = await client.query(text, values);
  await client.end();
  return rows as T[];
}
/** Messages of a kind that arrived, by person: a settled card no longer says what it was. */
const sent = (template: string) =>
  query<{ person: string; n: number }>(
    "select person, count(*)::int as n from outbox where template = $1 and state = 'done' group by person",
    [template],
  );
/** Cards that ask somebody to step in and are open. */
async function asked(): Promise<string[]> {
  const cards = (await company.messages()).filter(({ title }) => title?.includes("讲一场吗"));
  return cards.flatMap(({ to }) => to);
}

test("declined 48 hours before, in the evening: nobody is woken, two are asked in the morning, the first yes has it in both calendars", async () => {
  expect(await eventsOf(lecturer(1))).toContain(at("2026-12-02T20:30"));
  const event = (await fieldsOf(late))["日程 ID"];
  await decline(1, late);
  await company.advanceTo(at("2026-12-01T08:55"));
  expect(await asked()).toEqual([]);
  await company.advanceTo(at("2026-12-01T09:05"));
  const first = await asked();
  expect(first).toHaveLength(2);
  expect(new Set(first).size).toBe(2);
  expect(await company.press(first[0]!, "我来讲")).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect(await speakerOf(late)).toBe(first[0]);
  expect(await fieldsOf(late)).toMatchObject({ 状态: "已确认", 变更: "已替补", "日程 ID": event });
  expect(await eventsOf(first[0]!)).toContain(at("2026-12-02T20:30"));
  expect(await eventsOf(lecturer(1))).not.toContain(at("2026-12-02T20:30"));
  // News that is not close at hand waits ten minutes for more of it.
  await company.advance(10 * 60_000);
  const told = (await company.inboxOf(lecturer(1))).filter(({ title }) => title?.includes("有变化"));
  expect(told).toHaveLength(1);
  // The other's card says so; nobody else was asked.
  const thanked = (await company.messages()).filter(({ texts }) =>
    texts.some((text) => text.includes("已经有同事接下了")),
  );
  expect(thanked.map(({ to }) => to)).toEqual([[first[1]]]);
  expect(await asked()).toEqual([]);
});

test("nobody is there to step in: the turn stays, the admin has it before the day with choices, and decides", async () => {
  await company.advanceTo(at("2026-12-02T16:00"));
  await decline(N, alone);
  await company.advance(60_000);
  expect(await speakerOf(alone)).toBe(lecturer(N));
  expect(await fieldsOf(alone)).toMatchObject({ 状态: "已安排", 变更: "已婉拒" });
  const browser = browserOf(company);
  await browser.signIn(ADMIN);
  expect((await browser.get("/m/todo")).text).toContain("独一门");
  await expectPlainLink(company, ADMIN, "取消");
  expect(await company.press(ADMIN, "取消")).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect(await fieldsOf(alone)).toMatchObject({ 状态: "已取消" });
  expect(await eventsOf(lecturer(N))).not.toContain(at("2026-12-04T15:00"));
});

test("twenty declines in a day: nobody is asked more than twice a month, each once a session, the admin is not flooded", async () => {
  await company.advanceTo(at("2026-12-03T10:00"));
  const before = (await company.inboxOf(ADMIN)).length;
  for (const [n, session] of many.entries()) await decline((n % 10) + 1, session);
  await company.advance(60_000);
  await company.advanceTo(at("2026-12-11T18:00"));
  const per = (await sent("substitute.ask")).map(({ person, n }) => ({ person, n }));
  expect(per.length).toBeGreaterThan(0);
  expect(Math.max(...per.map(({ n }) => n))).toBeLessThanOrEqual(2);
  for (const session of many) expect(await speakerOf(session)).toBeDefined();
  // A summary a workday at most: these sessions are months away.
  expect((await company.inboxOf(ADMIN)).length - before).toBeLessThanOrEqual(7);
  const page = browserOf(company);
  await page.signIn(ADMIN);
  const matters = (await page.get("/m/todo")).text.match(/<h2>还没找到人代讲<\/h2>/g);
  expect(matters).toHaveLength(many.length);
});

test("a group whose record is deleted: what it had stays quiet, nothing is planned for it, nothing fails", async () => {
  await company.wire.post("/sandbox/act", {
    as: ADMIN,
    base: company.shared,
    table: "讲师群",
    delete: [company.group],
  } as never);
  await company.advance(5 * 60_000);
  const messages = (await company.messages()).filter(({ p2p }) => !p2p).length;
  await company.advanceTo(at("2026-12-15T12:00"));
  expect((await company.messages()).filter(({ p2p }) => !p2p).length).toBe(messages);
});

test("Feishu refused nothing of all this", async () => {
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
