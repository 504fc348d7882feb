import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

const WEEK = 7 * 86_400_000;
const HOUR = 3_600_000;
/** Wednesday 16 December, 15:00 in Shanghai. */
const FIRST = Date.parse("2026-12-16T15:00:00+08:00");
let company: Company;
let sessions: string[];

beforeAll(async () => {
  company = await startCompany({ lecturers: 5, learners: 1 });
  const row = (n: number, week: number) => ({
    状态: "已确认",
    开始: FIRST + week * WEEK,
    "时长（分钟）": 45,
    讲师群: [company.group],
    讲师: [company.lecturers[n - 1]],
    讲师账号: [{ id: lecturer(n) }],
  });
  sessions = await company.add("分享", [row(1, 0), row(2, 1), row(3, 6), row(4, 7)]);
  await listenTo(["drive.file.bitable_record_changed_v1"]);
  await leave(2, "2026-12-22 00:00:00", "2026-12-25 00:00:00");
  await company.advanceTo("2026-11-30T09:30:00+08:00");
}, 180_000);
afterAll(() => company?.close());

const post = (path: string, body: unknown = {}) => company.wire.post(path, body as never);
const leave = (n: number, from: string, to: string) =>
  post(`/sandbox/people/${lecturer(n)}/leave`, { from, to }) as Promise<{ approval_id: string }>;
const listenTo = (events: string[]) => post("/sandbox/apps", { appId: company.config.feishu.appId, events });
/** Cards that offer another date for the session of a week; in trial they go to the admin. */
async function cardsFor(day: string): Promise<number> {
  return (await company.messages()).filter(
    ({ title, texts }) => title === "换到哪一天合适?" && texts.some((text) => text.includes(day)),
  ).length;
}
async function callsOf(path: string): Promise<number> {
  const { entries } = (await company.wire.get("/sandbox/traffic?limit=5000")) as {
    entries: { path: string }[];
  };
  return entries.filter((entry) => entry.path.endsWith(path)).length;
}
async function todos(): Promise<string> {
  const browser = browserOf(company);
  await browser.signIn(ADMIN);
  return (await browser.get("/m/todo")).text;
}
const fieldsOf = async (at: number) =>
  (await company.rows("分享")).find(({ id }) => id === sessions[at])!.fields;

test("leave that no event told of is found by Monday's look", async () => {
  expect(await cardsFor("12月23日")).toBe(1);
  await listenTo([
    "drive.file.bitable_record_changed_v1",
    "leave_approval",
    "leave_approvalV2",
    "leave_approval_revert",
  ]);
});

test("leave approved for a time no query can see yet is met at once, by its event, once", async () => {
  await leave(3, "2027-01-25 00:00:00", "2027-01-30 00:00:00");
  await company.advance(HOUR / 2);
  expect(await cardsFor("1月27日")).toBe(1);
});

test("a trip entered after publishing asks for another date, once, and moves nothing by itself", async () => {
  await company.write("讲师", company.lecturers[0]!, { 不排日期: "2026-12-15~2026-12-18; 下个月" });
  await company.advance(HOUR / 2);
  expect(await cardsFor("12月16日")).toBe(1);
  // What cannot be read is a notice that names it.
  expect(await todos()).toContain("下个月");
  await company.write("讲师", company.lecturers[0]!, { 不排日期: "2026-12-15~2026-12-18; 2027-02" });
  await company.advance(HOUR / 2);
  expect(await cardsFor("12月16日")).toBe(1);
  expect(await fieldsOf(0)).toMatchObject({ 开始: FIRST, 状态: "已确认" });
});

test("leave taken back is forgotten: a session moved into its time raises nothing", async () => {
  const { approval_id } = await leave(4, "2027-03-01 00:00:00", "2027-03-05 00:00:00");
  await company.settle();
  await post(`/sandbox/people/${lecturer(4)}/leave/${approval_id}/revoke`);
  await company.settle();
  await company.write("分享", sessions[3]!, { 开始: Date.parse("2027-03-03T15:00:00+08:00") });
  // Looked at again because the record says something of absence.
  await company.write("讲师", company.lecturers[3]!, { 不排日期: "2027-04-01" });
  await company.advance(HOUR / 2);
  expect(await cardsFor("3月3日")).toBe(0);
});

test("nothing chosen within a workday: the admin has it among the to-dos, with choices", async () => {
  expect(await todos()).not.toContain("讲师那天不在");
  await company.advanceTo("2026-12-01T09:30:00+08:00");
  const page = await todos();
  expect(page.match(/讲师那天不在/g)).toHaveLength(3);
  expect(page).toContain("取消这场");
});

test("free dates of one lecturer are one call over weeks; Feishu refused nothing of all this", async () => {
  expect(await callsOf("/freebusy/list")).toBeGreaterThan(0);
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
