import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { built } from "#test/support/built.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { ADMIN, LEARNERS_CHAT, lecturer } from "#test/support/company.ts";
import { LECTURERS, lecturersSheet, nameOf, startEmptyCompany, type JourneyCompany } from "./company.ts";
import { MOST_MS, type Seat, seats, signIn, type Trouble } from "./seat.ts";

/** The whole product as its people meet it, in order: each test goes on where the one before it ended. */
let company: JourneyCompany;
let browser: Browser;
let at: ReturnType<typeof seats>;
const trouble: Trouble = [];

beforeAll(async () => {
  await built();
  browser = await launchChromium();
  company = await startEmptyCompany();
  at = seats(browser, company, trouble);
}, 300_000);
afterEach(async () => {
  expect(trouble).toEqual([]);
  expect(await company.refusals()).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await company?.close();
});

const MINUTE = 60_000;
const everybody = Array.from({ length: LECTURERS }, (_, i) => i + 1);
/** Who was rated less and less, and has not spoken since September. */
const CARED = 3;

/** Sessions ahead as the Base holds them, soonest first. */
async function sessions() {
  return (await company.rows("分享"))
    .filter(({ fields }) => fields["状态"] !== "已分享" && fields["状态"] !== "已评价")
    .map(({ id, fields }) => ({
      id,
      fields,
      start: fields["开始"] as number,
      account: (fields["讲师账号"] as { id: string }[] | undefined)?.[0]?.id ?? "",
    }))
    .toSorted((a, b) => a.start - b.start);
}

function pastSheet(): string {
  const held = ["03-11", "04-15", "05-13", "06-17", "08-12", "09-16"];
  const rows = held.map((day, n) => [
    "2026-" + day,
    "专业知识",
    nameOf(CARED),
    "12",
    n < 4 ? "4.5" : "3.8",
    "8",
  ]);
  return [["日期", "讲师群", "讲师", "参加人数", "评分", "评分数"], ...rows]
    .map((row) => row.join("\t"))
    .join("\n");
}

let admin: Seat;
const sitting = new Set<Seat>();

/** At the workspace page with the sidebar signed in. */
async function sit(as: string, place = `base/${company.shared}`): Promise<Seat> {
  const seat = await at.desk(as, place);
  sitting.add(seat);
  await signIn(seat, as);
  await seat.plugin.getByRole("navigation").first().waitFor();
  return seat;
}

/** Hours or days pass. Everybody has gone home: after an hour without a word a sidebar's sign-in has to be renewed. */
async function leap(to: string): Promise<void> {
  for (const seat of sitting) await seat.close();
  sitting.clear();
  await company.advanceTo(to);
}

test("two empty Bases become a programme: signed in by the window with the code, tables made from the sidebar", async () => {
  admin = await at.desk(ADMIN, `base/${company.shared}`);
  sitting.add(admin);
  await signIn(admin, ADMIN);
  const { plugin } = admin;
  await plugin.getByRole("heading", { name: "这张多维表格还没有启用讲台" }).waitFor();
  await plugin.getByLabel(/「讲台·管理」那一张的链接/).fill(`${company.sandbox.url}/base/${company.admin}`);
  await plugin.getByRole("button", { name: "检查一下" }).click();
  await plugin.getByRole("button", { name: "开始建表" }).click();
  await plugin.getByRole("heading", { name: "正在建表" }).waitFor();
  await company.whileTimePasses(
    plugin.getByRole("heading", { name: "表都建好了" }).waitFor({ timeout: 2 * MOST_MS }),
  );
  expect(await company.rows("讲师")).toEqual([]);
  expect((await company.rows("激励规则")).length).toBeGreaterThan(0);
  await plugin.getByRole("button", { name: "三步开始" }).click();
  await plugin.getByRole("heading", { name: "三步开始" }).waitFor();
}, 400_000);

test("chats, thirty people from a sheet, a first schedule in trial: nobody but the admin hears of it", async () => {
  const { plugin } = admin;
  await plugin.getByRole("button", { name: "选群" }).click();
  await plugin.getByLabel("讲师群聊").selectOption({ label: "专业知识讲师群" });
  await plugin.getByLabel("专业知识学员群").check();
  await plugin.getByLabel("周四").check();
  await plugin.getByLabel("地点").fill("3 楼会议室");
  await plugin.getByRole("button", { name: "加上" }).click();
  await plugin.getByText("已加上「专业知识」").waitFor();
  await company.whileTimePasses(plugin.getByLabel("讲师：从表格").waitFor());
  await plugin.getByLabel("讲师：从表格").check();
  await plugin.getByLabel(/或者选一个文件/).setInputFiles({
    name: "讲师名单.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: await lecturersSheet(),
  });
  await plugin.getByRole("button", { name: "先看看" }).click();
  await plugin.getByText("会导入：讲师 30 位").waitFor();
  await plugin.getByRole("button", { name: "导入", exact: true }).click();
  await company.whileTimePasses(plugin.getByText("已有 30 位讲师").waitFor());
  expect((await company.rows("讲师")).length).toBe(30);
}, 400_000);

test("the past comes in by a sheet, silently; a first schedule is looked at and published, in trial", async () => {
  const { plugin } = admin;
  await plugin.getByText("再导入一些：讲师、过去的场次、评分、基线").click();
  await plugin.getByLabel("过去的场次").check();
  await plugin.getByLabel(/从表格粘贴/).fill(pastSheet());
  await plugin.getByRole("button", { name: "先看看" }).click();
  await plugin.getByText("会导入：场次 6 场").waitFor();
  await plugin.getByRole("button", { name: "导入", exact: true }).click();
  await company.whileTimePasses(plugin.getByText("过去的场次导入了 6 场").waitFor());
  await plugin.getByRole("button", { name: "看排期" }).click();
  await plugin.getByRole("button", { name: "生成排期" }).click();
  await plugin.getByText(/^排好 \d+ 场，空 0 场。还没有通知任何人。$/).waitFor();
  expect((await company.rows("分享")).length).toBe(6);
  await plugin.getByRole("button", { name: /^发布/ }).click();
  await plugin.getByText(/^已发布，排好 \d+ 场。$/).waitFor();
  await company.advance(MINUTE);
  expect((await sessions()).length).toBe(8);
  // Past the minutes in which it can be taken back, within which nobody is told.
  await leap("2026-11-30T10:00:00");
  const trial = (await company.toPerson(ADMIN)).filter(({ texts }) =>
    texts.some((text) => text.startsWith("试运行 ·")),
  );
  expect(trial.map(({ title }) => title)).toContainEqual(expect.stringContaining("想请您来分享"));
  for (const n of everybody) expect(await company.toPerson(lecturer(n))).toEqual([]);
  expect(await company.toChat(LEARNERS_CHAT)).toEqual([]);
}, 400_000);

test("going live tells first who will get what; then the lecturers are invited, each once, calendar included", async () => {
  admin = await sit(ADMIN);
  const { plugin } = admin;
  await admin.open("三步开始");
  await plugin.getByRole("button", { name: "正式启用" }).click();
  await plugin.getByText("启用后，接下来 7 天：").waitFor();
  await plugin
    .getByText(/邀请 → /)
    .first()
    .waitFor();
  await plugin.getByRole("button", { name: "正式启用" }).click();
  await plugin.getByText("「专业知识」已正式启用").waitFor();
  await company.advance(15 * MINUTE);
  const invited = (await sessions()).filter(({ start }) => start < Date.parse("2026-12-14T00:00:00+08:00"));
  expect(invited.length).toBe(4);
  for (const { account } of invited) {
    const titles = (await company.toPerson(account)).map(({ title }) => title);
    expect(titles.filter((title) => title?.includes("想请您来分享"))).toHaveLength(1);
    expect((await company.calendarOf(account)).length).toBe(1);
  }
}, 400_000);
