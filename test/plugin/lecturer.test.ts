import { mkdirSync } from "node:fs";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeOn } from "#test/support/axe.ts";
import { browserOf } from "#test/support/browser.ts";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import { learner, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";
import { addHeld, query, setLive } from "#test/support/held.ts";
import { signInPage } from "#test/support/plugin-page.ts";
import { startTinyHost, type TinyHostOptions } from "#test/support/tiny-host.ts";

/** Set to a folder to look at the screens. */
const SHOTS = process.env["LECTERN_SHOTS"];
const LECTURER = ["next", "prepare", "echo", "points", "preferences", "me"];
const at = (text: string) => Date.parse(`${text}:00+08:00`);
let company: Company;
let browser: Browser;
let host: Awaited<ReturnType<typeof startTinyHost>>;
let [held, mine]: string[] = [];

beforeAll(async () => {
  await built();
  browser = await launchChromium();
  host = await startTinyHost();
  company = await startCompany({ lecturers: 3, learners: 6, env: { PLUGIN_HOSTS: host.address } });
  await setLive(company);
  await company.add("主题", [
    { 主题: "客户投诉处理技巧与长期关系维护的实用方法", 状态: "启用", 领域: ["客户服务"] },
    { 主题: "产品售后", 状态: "启用", 关键词: "售后" },
  ]);
  await company.add("模板", [
    { 名称: "客户案例分享框架", 类型: "客户案例", 语言: "中文", "大纲（Markdown）": "# 一", 启用: true },
  ]);
  await company.add(
    "学员需求",
    Array.from({ length: 20 }, (_, n) => ({ 内容: n < 12 ? `售后问题${n}` : `别的${n}`, 来源: "提问" })),
  );
  await company.advanceTo("2026-12-01T15:50:00+08:00");
  const present = [1, 2, 3, 4, 5, 6].map(learner);
  [held] = (await addHeld(company, [
    { title: "客户维护技巧", start: "2026-12-01T15:00:00+08:00", lecturer: 0, present },
  ])) as [string];
  const row = (start: string, n: number | null) => ({
    开始: at(start),
    "时长（分钟）": 45,
    讲师群: [company.group],
    ...(n === null
      ? { 状态: "待安排" }
      : { 状态: "已安排", 讲师: [company.lecturers[n - 1]], 安排理由: "您懂客户服务，周三下午有空" }),
  });
  [mine] = (await company.add("分享", [
    row("2026-12-16T15:00", 1),
    row("2027-01-06T15:00", null),
    row("2027-01-13T15:00", 2),
  ])) as [string];
  for (const n of [1, 2, 3, 4, 5]) {
    const page = browserOf(company);
    await page.signIn(learner(n));
    await page.post(`/m/session/${held}/rate`, { score: "5", comment: n < 3 ? "话术很实用" : "" });
    if (n === 1) await page.post(`/m/session/${held}/thanks`, { text: "今天就用上了" });
  }
  await query(
    company,
    `insert into award (workspace, key, lecturer, rule, period, title, evidence, state, at, until)
     select id, 'award/one', $1, 'r', '2026-11', '内训名师', '月度评分前 10%', 'granted', 1, $2 from workspace`,
    [company.lecturers[0], String(at("2027-11-30T00:00"))],
  );
  await query(
    company,
    `insert into care_note (workspace, key, lecturer, recipient, reasons, sentence, state, raised_at, expires_at)
     select id, 'note', $1, $2, '{"zh":"近2个月没有分享（轮到过1次）","en":"no share for 2 months"}', '王老师，最近是不是没时间分享？', 'open', $3, $4 from workspace`,
    [company.lecturers[0], MANAGER, String(at("2026-12-01T09:00")), String(at("2027-03-01T00:00"))],
  );
  await query(
    company,
    `insert into ledger (workspace, key, kind, lecturer, period, points, reason, session, at, by)
     select id, 'grant/x/1', 'grant', $1, '2026-11', 50, '分享一场', $2, $3, 'close' from workspace`,
    [company.lecturers[0], held, String(at("2026-12-01T10:00"))],
  );
  await company.advanceTo("2026-12-02T10:30:00+08:00");
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await company?.close();
  await host?.close();
});

/** The plugin of a person, in a sidebar of the given width. */
async function open(person: string, options: TinyHostOptions = {}, width = 280) {
  const opened = await openPage(browser, { locale: "zh-CN", viewport: { width, height: 900 } });
  await signInPage(opened.page, company, person);
  const frame = await host.open(opened.page, company, options);
  await frame.locator("main.screen").waitFor({ timeout: 60_000 });
  return { ...opened, frame };
}

async function show(frame: Frame, screen: string): Promise<void> {
  await frame.evaluate((id) => void (location.hash = `/${id}`), screen);
  await frame.locator(`.tabs [aria-current]`).waitFor();
  await frame.locator(".loading").waitFor({ state: "detached", timeout: 60_000 });
  await frame.locator("main.screen h1").waitFor();
}

/** Every screen: nothing to scroll sideways, nothing for axe. */
async function look(page: Page, frame: Frame, screens: string[], name: string): Promise<string[]> {
  const found: string[] = [];
  for (const screen of screens) {
    await show(frame, screen);
    const [wide, room] = await frame.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    if (wide! > room!) found.push(`${screen}: ${wide} px wide`);
    found.push(...(await axeOn(frame)).map((problem) => `${screen}: ${problem}`));
    if (!SHOTS) continue;
    mkdirSync(SHOTS, { recursive: true });
    const height = await frame.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: page.viewportSize()!.width, height: Math.max(400, height) });
    await page.screenshot({ path: `${SHOTS}/${name}-${screen}.png` });
    await page.setViewportSize({ width: page.viewportSize()!.width, height: 900 });
  }
  return found;
}

const session = async () => (await company.rows("分享")).find(({ id }) => id === mine)!.fields;

test("a lecturer's screens fit 280 px and are read out well, light and Chinese, dark and English", async () => {
  for (const options of [{}, { theme: "DARK", locale: "en-US" }] as const) {
    const { page, frame, trouble, close } = await open(lecturer(1), options);
    expect(await look(page, frame, LECTURER, `lecturer-${"theme" in options ? "dark-en" : "zh"}`)).toEqual(
      [],
    );
    expect(trouble).toEqual([]);
    await close();
  }
}, 300_000);

test("so do those of a manager, and a note is changed and sent from there", async () => {
  const { page, frame, trouble, close } = await open(MANAGER, { locale: "ja-JP" });
  expect(await look(page, frame, ["team", "care"], "manager-ja")).toEqual([]);
  await close();
  const again = await open(MANAGER);
  expect(await look(again.page, again.frame, ["team", "care"], "manager-zh")).toEqual([]);
  const { frame: zh } = again;
  await zh.getByRole("button", { name: "改一改再发" }).click();
  const sentence = zh.getByLabel("以您的名义发出");
  await sentence.fill("张老师，要不要我帮您调个时间？");
  // What is typed outlives a reload.
  await zh.evaluate(() => location.reload());
  await again.frame.getByRole("button", { name: "改一改再发" }).click();
  expect(await again.frame.getByLabel("以您的名义发出").inputValue()).toBe("张老师，要不要我帮您调个时间？");
  await again.frame.getByRole("button", { name: "发给 TA" }).click();
  await again.frame.getByText("聊过之后有帮助吗？").waitFor();
  const [note] = await query<{ state: string }>(company, "select state from care_note");
  expect(note?.state).toBe("contacted");
  expect([...trouble, ...again.trouble]).toEqual([]);
  await again.close();
}, 300_000);

test("可以 is one tap by keyboard, and the Base says so; 换个时间 shows five dates and moves the session", async () => {
  const { frame, page, trouble, close } = await open(lecturer(1), {}, 360);
  await show(frame, "next");
  const accept = frame.getByRole("button", { name: "可以，我来讲" });
  await accept.focus();
  await page.keyboard.press("Enter");
  await frame.locator(".notice").waitFor();
  await company.advance(5000);
  expect((await session())["状态"]).toBe("已确认");
  await frame.getByRole("button", { name: "换个时间" }).click();
  const dates = frame.locator(".panel .acts").first().getByRole("button");
  await dates.first().waitFor({ timeout: 60_000 });
  expect(await dates.count()).toBe(5);
  await dates.last().click();
  await frame.getByText("换到哪一天合适").waitFor({ state: "detached" });
  await company.advance(5000);
  expect((await session())["开始"]).not.toBe(at("2026-12-16T15:00"));
  expect(trouble).toEqual([]);
  await close();
}, 300_000);

test("a Base that refuses loses nothing that was typed", async () => {
  const { frame, close } = await open(lecturer(1));
  await show(frame, "prepare");
  await frame.getByLabel("标题").fill("把投诉变成口碑");
  await frame.getByLabel("贴链接").check();
  await frame.getByLabel("链接", { exact: true }).fill("example.com");
  await frame.getByRole("button", { name: "上传材料" }).click();
  await frame.getByText("链接要以 http").waitFor();
  await frame.getByLabel("链接", { exact: true }).fill("https://example.com/talk");
  await frame.getByRole("button", { name: "上传材料" }).click();
  // This host takes no writes.
  await frame.getByRole("alert").waitFor({ timeout: 60_000 });
  await frame.evaluate(() => location.reload());
  await frame.getByLabel("标题").waitFor({ timeout: 60_000 });
  expect(await frame.getByLabel("标题").inputValue()).toBe("把投诉变成口碑");
  expect(await frame.getByLabel("链接", { exact: true }).inputValue()).toBe("https://example.com/talk");
  expect((await session())["内容链接"] ?? null).toBeNull();
  await close();
}, 300_000);
