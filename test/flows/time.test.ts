import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
/** What the card said that laid the plan before the admin. */
let laid: string[] = [];
beforeAll(async () => {
  // A Monday from which the next four weeks reach into 2027.
  company = await startCompany({
    lecturers: 6,
    learners: 1,
    start: Date.parse("2026-12-14T08:50:00+08:00"),
  });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
}, 180_000);
afterAll(() => company?.close());

const NAMES = ["张三", "王芳", "李静", "赵敏", "陈晨", "刘洋"];
const day = (text: string) => Date.parse(`${text}T00:00:00+08:00`);
const localDay = (at: unknown) => new Date((at as number) + 8 * 3_600_000).toISOString().slice(0, 10);
async function planned() {
  const rows = await company.rows("分享");
  return rows
    .map(({ fields }) => ({
      day: localDay(fields["开始"]),
      provisional: fields["日期待定"] === true,
      label: JSON.stringify(fields["分享"]),
      speaker: (fields["讲师账号"] as { id: string }[] | undefined)?.[0]?.id ?? "",
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}
async function todos(): Promise<string> {
  const browser = browserOf(company);
  await browser.signIn(ADMIN);
  return (await browser.get("/m/todo")).text;
}
const ready = async () =>
  (await company.inboxOf(ADMIN)).findLast(({ buttons }) => buttons.some(({ text }) => text === "发布并通知"));

test("a meeting entered after the card was laid before the admin is seen at publishing: a new plan is shown instead", async () => {
  await company.advanceTo("2026-12-14T09:10:00+08:00");
  const card = (await ready())!;
  laid = card.texts;
  const first = card.texts.find((text) => text.includes("12月16日"));
  const speaker = NAMES.findIndex((name) => first?.includes(name)) + 1;
  expect(speaker).toBeGreaterThan(0);
  await company.wire.post(`/sandbox/people/${lecturer(speaker)}/busy`, {
    from: Date.parse("2026-12-16T14:30:00+08:00"),
    to: Date.parse("2026-12-16T16:00:00+08:00"),
    title: "客户会议",
  } as never);
  await company.press(ADMIN, "发布并通知");
  expect(await planned()).toEqual([]);
  // Which topic is wanted most changes by the hour: no reason to lay the same plan before the admin again.
  const [topic] = await company.rows("主题");
  await company.write("主题", topic!.id, { 状态: "停用" });
  await company.advance(60_000);
  await company.press(ADMIN, "发布并通知");
  await company.advance(60_000);
  // Six people, and four weeks that touch three blocks of two: the first plan and two publishings, which read again.
  const { entries } = (await company.wire.get("/sandbox/traffic?limit=5000")) as {
    entries: { path: string }[];
  };
  expect(entries.filter(({ path }) => path.endsWith("/freebusy/batch"))).toHaveLength(9);
  const found = await planned();
  expect(found.map((one) => one.day)).toEqual(["2026-12-16", "2026-12-23", "2026-12-30", "2027-01-06"]);
  expect(found[0]!.speaker).not.toBe(lecturer(speaker));
  expect(found.every((one) => one.speaker !== "")).toBe(true);
});

test("2027 is not announced: planned, said on the card, marked on the record", async () => {
  expect(laid.join()).toContain("2027 年放假安排还没公布");
  const found = await planned();
  expect(found.map(({ provisional }) => provisional)).toEqual([false, false, false, true]);
  expect(found.map(({ label }) => label.includes("日期待定"))).toEqual([false, false, false, true]);
});

test("the year becomes known: marks go, what lies on a day off comes before the admin once, nothing is moved", async () => {
  const before = (await planned()).map((one) => one.day);
  await company.add("公司日历", [
    { 名称: "公司年会", 类型: "放假", 开始: day("2027-01-06"), 结束: day("2027-01-06") },
    { 名称: "国庆", 类型: "放假", 开始: day("2027-10-01"), 结束: day("2027-10-07") },
  ]);
  await company.advance(60_000);
  const found = await planned();
  expect(found.map((one) => one.day)).toEqual(before);
  expect(found.some(({ provisional, label }) => provisional || label.includes("待定"))).toBe(false);
  expect((await todos()).match(/落在放假或不排分享的日子/g)).toHaveLength(1);
  // The admin means to meet on that day: said once, it is not asked again.
  const browser = browserOf(company);
  await browser.signIn(ADMIN);
  const page = await browser.get("/m/todo");
  const key = /name="todo" value="(day-off:[^"]+)"/.exec(page.text)?.[1] ?? "";
  const workspace = /name="workspace" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  await browser.post("/m/todo/done", { todo: key, workspace });
  await company.add("公司日历", [
    { 名称: "春节", 类型: "放假", 开始: day("2027-02-05"), 结束: day("2027-02-11") },
  ]);
  await company.advance(60_000);
  expect(await todos()).not.toContain("落在放假或不排分享的日子");
});

test("no card has the bare name of a value, and Feishu refused nothing", async () => {
  for (const { texts } of await company.messages()) expect(texts.join()).not.toMatch(/\{\w+\}|undefined/);
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
