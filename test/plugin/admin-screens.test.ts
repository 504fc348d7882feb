import { mkdirSync } from "node:fs";
import pg from "pg";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeOn } from "#test/support/axe.ts";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage, type WatchedPage } from "#test/support/chromium.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { signInPage } from "#test/support/plugin-page.ts";
import { APP_ID } from "#test/support/sandbox.ts";
import { startTinyHost, type TinyHostOptions } from "#test/support/tiny-host.ts";

let company: Company;
let browser: Browser;
let host: Awaited<ReturnType<typeof startTinyHost>>;
let sql: pg.Pool;
const at = (text: string) => Date.parse(`${text}:00+08:00`);

beforeAll(async () => {
  await built();
  browser = await launchChromium();
  host = await startTinyHost();
  company = await startCompany({ lecturers: 4, learners: 6, env: { PLUGIN_HOSTS: host.address } });
  sql = new pg.Pool({ connectionString: company.config.databaseUrl ?? "" });
  await past();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await sql?.end();
  await company?.close();
  await host?.close();
}, 240_000);

/** Three months of sharing, so that there is something to see. */
async function past(): Promise<void> {
  await sql.query("update workspace set created_at = $1", [at("2026-09-01T00:00")]);
  const held = ["2026-09-16", "2026-10-14", "2026-10-21", "2026-11-11", "2026-11-18", "2026-11-25"];
  const ids = await company.add(
    "分享",
    held.map((day, n) => ({
      开始: at(`${day}T15:00`),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [company.lecturers[n % 4]],
      标题: `第${n + 1}讲`,
      状态: "已分享",
      提交时间: at(`${day}T09:00`) - 3 * 86_400_000,
      人工催促次数: n === 1 ? 1 : 0,
    })),
  );
  for (const [n, id] of ids.entries())
    await sql.query(
      `insert into released (workspace, batch, session, lecturer, month, scores, comments, released_at)
       select id, $1, $2, $3, $4, $5, '[]', $6 from workspace`,
      [
        `batch-${n}`,
        id,
        company.lecturers[n % 4],
        held[n]!.slice(0, 7),
        JSON.stringify([5, 5, 4, 4, 3 + (n % 3)]),
        at(`${held[n]}T20:00`),
      ],
    );
  await company.add("主题", [
    { 主题: "客户投诉处理技巧", 状态: "启用", 关键词: "投诉", 领域: ["客户服务"] },
    { 主题: "产品售后", 状态: "启用", 关键词: "售后,保修", 领域: ["产品"] },
  ]);
  await company.add(
    "学员需求",
    ["客户投诉怎么安抚", "投诉升级到法务怎么办", "保修期怎么算", "售后单子太多怎么排", "储能方案怎么讲"].map(
      (text) => ({
        内容: text,
        来源: "提问",
      }),
    ),
  );
  await company.advance(60_000);
}

interface Opened extends WatchedPage {
  frame: Frame;
}
async function open(
  screen: string,
  options: TinyHostOptions & { width?: number; as?: string } = {},
): Promise<Opened> {
  const { width = 280, as = ADMIN, ...told } = options;
  const watched = await openPage(browser, { locale: "zh-CN", viewport: { width, height: 900 } });
  await signInPage(watched.page, company, as);
  const frame = await host.open(watched.page, company, told);
  await frame.locator("nav.tabs").first().waitFor({ timeout: 30_000 });
  await frame.evaluate((id) => (window.location.hash = `/${id}`), screen);
  await frame.locator("main h1").waitFor({ timeout: 30_000 });
  await frame.locator(".loading").first().waitFor({ state: "detached", timeout: 30_000 });
  return { ...watched, frame };
}

/** Nothing reaches beyond the right edge. */
const overflow = (frame: Frame) =>
  frame.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll("main *")]
      .filter((one) => one.getBoundingClientRect().right > width + 1)
      .map((one) => `${one.tagName}.${one.className}: ${one.textContent?.slice(0, 40)}`);
  });
async function picture(page: Page, frame: Frame, name: string): Promise<void> {
  const folder = process.env["LECTERN_PICTURES"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const height = await frame.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize()!.width, height: Math.min(height + 20, 6000) });
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${folder}/${name}.png` });
}

const screens = [
  ["begin", "三步开始"],
  ["lecturers", "讲师与讲师群"],
  ["demand", "学员想听什么"],
  ["rules", "奖励规则"],
  ["messages", "消息与提醒"],
  ["report", "月报"],
  ["settings", "设置"],
] as const;

test.each(screens)(
  "%s: at 280 px nothing is cut, axe finds nothing, no trouble",
  async (id, title) => {
    const { page, frame, trouble, close } = await open(id);
    expect(await frame.locator("main h1").innerText()).toBe(title);
    if (id === "report") await frame.locator(".bars canvas").first().waitFor({ timeout: 30_000 });
    expect(await overflow(frame)).toEqual([]);
    expect(await axeOn(frame)).toEqual([]);
    await picture(page, frame, `${id}-280`);
    expect(trouble).toEqual([]);
    await close();
  },
  90_000,
);

test.each(["lecturers", "report", "rules"])(
  "%s in the dark, in English",
  async (id) => {
    const { page, frame, trouble, close } = await open(id, { theme: "DARK", locale: "en-US", width: 400 });
    if (id === "report") await frame.locator(".bars canvas").first().waitFor({ timeout: 30_000 });
    const words = await frame.locator("main").innerText();
    expect(words.replaceAll(/[「」《》]/g, "")).not.toMatch(/\{\{|undefined|NaN/);
    expect(await axeOn(frame)).toEqual([]);
    await picture(page, frame, `${id}-dark-en`);
    expect(trouble).toEqual([]);
    await close();
  },
  90_000,
);

test("a rule is changed: the sentence and its effect stand below before it is saved", async () => {
  const { page, frame, trouble, close } = await open("rules");
  const rule = frame.getByRole("region", { name: "每次分享" });
  await rule.getByRole("button", { name: "修改" }).click();
  await rule.getByLabel("积分", { exact: true }).fill("0.8");
  await rule.getByText("加 0.8 分").waitFor();
  await rule.getByText(/拿过去 2 个季度试算/).waitFor();
  await picture(page, frame, "rule-form-280");
  expect(await overflow(frame)).toEqual([]);
  await rule.getByRole("button", { name: "保存" }).click();
  await frame.getByText("已保存", { exact: true }).waitFor();
  await company.advance(10_000);
  const rows = await company.rows("激励规则");
  expect(rows.some(({ fields }) => fields["积分"] === 0.8)).toBe(true);
  expect(trouble).toEqual([]);
  await close();
}, 90_000);

test("a message is tried and reworded; what cannot be used is said beside the field", async () => {
  const { page, frame, trouble, close } = await open("messages");
  const item = frame.getByRole("listitem").filter({ hasText: "请讲师确认自己的一场" });
  await item.getByRole("button", { name: "修改" }).click();
  const words = item.getByLabel("中文文案");
  const before = await words.inputValue();
  await words.fill(before.replace("您好", "{没有这个}"));
  await item.getByText("没有这个占位符").waitFor();
  expect(await item.getByRole("button", { name: "保存" }).isDisabled()).toBe(true);
  await picture(page, frame, "message-form-280");
  await words.fill(before.replace("您好", "早上好"));
  const count = (await company.inboxOf(ADMIN)).length;
  await item.getByRole("button", { name: "发给我试试" }).click();
  await frame.getByText("已发给您").waitFor();
  await company.advance(5_000);
  const fresh = (await company.inboxOf(ADMIN)).slice(count);
  expect(fresh.map(({ texts }) => texts.join(" ")).join()).toContain("早上好");
  // What was typed outlives a reload.
  await frame.evaluate(() => window.location.reload());
  await frame
    .getByRole("listitem")
    .filter({ hasText: "请讲师确认自己的一场" })
    .getByRole("button", { name: "修改" })
    .click();
  expect(await frame.getByLabel("中文文案").inputValue()).toContain("早上好");
  expect(trouble).toEqual([]);
  await close();
}, 90_000);

test("people are found, and points corrected with a reason", async () => {
  const { page, frame, trouble, close } = await open("lecturers");
  await frame.getByLabel(/^找人/).fill("王芳");
  await frame.getByText("1 位", { exact: true }).waitFor();
  await frame.locator(".person summary").first().click();
  await frame.getByText("积分明细与更正").click();
  await frame.getByLabel("更正几分").fill("1.5");
  await frame.getByText("积分明细与更正").locator("..").getByLabel("原因").fill("补记一场");
  await picture(page, frame, "lecturer-open-280");
  expect(await overflow(frame)).toEqual([]);
  await frame.getByText("积分明细与更正").locator("..").getByRole("button", { name: "更正" }).click();
  await frame.getByText("补记一场").waitFor();
  const { rows } = await sql.query("select points, reason, by from ledger where kind = 'adjust'");
  expect(rows).toEqual([{ points: 150, reason: "补记一场", by: ADMIN }]);
  expect(trouble).toEqual([]);
  await close();
}, 90_000);

test("a sheet is pasted, its columns matched, its errors named, brought in and undone", async () => {
  const { page, frame, trouble, close } = await open("lecturers");
  await frame.getByText("导入讲师和过去的记录").click();
  await frame.getByLabel("讲师：从表格").check();
  const sheet = `谁\t账号\t讲师群\n学员甲\tou_learner1\t专业知识\n学员乙\t不对\t专业知识`;
  await frame.getByLabel(/从表格粘贴/).fill(sheet);
  await frame.getByRole("button", { name: "先看看" }).click();
  await frame.getByLabel("姓名", { exact: true }).selectOption("谁");
  await frame.getByText("会导入：讲师 1 位").waitFor();
  await frame.getByText("第 3 行").waitFor();
  await picture(page, frame, "import-280");
  expect(await overflow(frame)).toEqual([]);
  await frame.getByRole("button", { name: "跳过有问题的，导入其余" }).click();
  await frame.getByText("已导入，没有通知任何人").waitFor();
  expect((await company.rows("讲师")).length).toBe(5);
  await frame.getByText("导入记录与撤销").click();
  await frame.getByRole("button", { name: "整批撤销" }).click();
  await frame.getByRole("button", { name: "整批撤销" }).click();
  await frame.getByText("已撤销").first().waitFor();
  expect((await company.rows("讲师")).length).toBe(4);
  expect(trouble).toEqual([]);
  await close();
}, 120_000);

test("a Base nobody has set up: which is which, who may, and the tables are made", async () => {
  await company.wire.post("/sandbox/apps", { appId: APP_ID, redirectUris: [] });
  const base = async (name: string) => {
    const made = (await company.wire.post("/sandbox/bases", {
      name,
      owner: lecturer(3),
      time_zone: "Asia/Shanghai",
    })) as { app_token: string };
    await company.wire.post(`/sandbox/bases/${made.app_token}/members`, {
      member_id: APP_ID,
      type: "app",
      perm: "full_access",
    });
    return made.app_token;
  };
  const [shared, admin] = [await base("新讲台"), await base("新管理")];
  const watched = await openPage(browser, { locale: "zh-CN", viewport: { width: 280, height: 900 } });
  const { page } = watched;
  await signInPage(page, company, lecturer(3));
  const frame = await host.open(page, company, { base: shared });
  await frame.getByLabel(/「讲台·管理」那一张的链接/).fill(`https://x.feishu.cn/base/${admin}`);
  await frame.getByRole("button", { name: "检查一下" }).click();
  await frame.getByRole("button", { name: "开始建表" }).waitFor();
  await picture(page, frame, "setup-280");
  expect(await overflow(frame)).toEqual([]);
  await frame.getByRole("button", { name: "开始建表" }).click();
  await frame.getByRole("heading", { name: "正在建表" }).waitFor();
  let open = true;
  const flow = (async () => {
    while (open) {
      await company.advance(1000);
      await new Promise((done) => setTimeout(done, 20));
    }
  })();
  await frame.getByRole("heading", { name: "表都建好了" }).waitFor({ timeout: 90_000 });
  open = false;
  await flow;
  await picture(page, frame, "setup-done-280");
  await frame.getByRole("button", { name: "三步开始" }).click();
  await frame.getByRole("heading", { name: "三步开始" }).waitFor();
  await frame.getByRole("button", { name: "选群" }).click();
  // This person shares one chat with the bot.
  await frame.getByLabel("讲师群聊").selectOption({ label: "专业知识讲师群" });
  await picture(page, frame, "begin-group-280");
  expect(await overflow(frame)).toEqual([]);
  expect(watched.trouble).toEqual([]);
  await watched.close();
}, 180_000);
