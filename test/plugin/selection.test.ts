import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TableKey } from "#base/index.ts";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import {
  ADMIN,
  lecturer,
  provisionWhileTimePasses,
  startCompany,
  type Company,
} from "#test/support/company.ts";
import { signInPage } from "#test/support/plugin-page.ts";
import { APP_ID } from "#test/support/sandbox.ts";
import { startTinyHost, tell } from "#test/support/tiny-host.ts";

let company: Company;
let browser: Browser;
let host: Awaited<ReturnType<typeof startTinyHost>>;
let [near, far, topic]: string[] = [];
beforeAll(async () => {
  await built();
  browser = await launchChromium();
  host = await startTinyHost();
  company = await startCompany({ lecturers: 3, env: { PLUGIN_HOSTS: host.address } });
  [topic] = await company.add("主题", [{ 主题: "产品售后", 状态: "启用", 关键词: "售后" }]);
  await company.add("学员需求", [{ 内容: "售后怎么谈", 来源: "提问" }]);
  const session = (start: string, title: string) => ({
    标题: title,
    状态: "已安排",
    开始: Date.parse(start),
    "时长（分钟）": 45,
    讲师群: [company.group],
    讲师: [company.lecturers[0]],
  });
  [near, far] = await company.add("分享", [
    session("2026-12-16T15:00:00+08:00", "客户维护技巧"),
    session("2027-01-06T15:00:00+08:00", "投诉处理"),
  ]);
  await company.advance(120_000);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await company?.close();
  await host?.close();
});

async function open(person: string) {
  const opened = await openPage(browser, { locale: "zh-CN", viewport: { width: 360, height: 900 } });
  await signInPage(opened.page, company, person);
  const frame = await host.open(opened.page, company);
  await frame.locator("main.screen h1").waitFor({ timeout: 60_000 });
  const listens = () =>
    opened.page.evaluate(() =>
      (Reflect.get(window, "heard") as Set<string>).has("BaseEvent_SelectionChange"),
    );
  await expect.poll(listens, { timeout: 10_000 }).toBe(true);
  const current = () => frame.locator("nav.tabs [aria-current=page]").innerText();
  return { ...opened, frame, current };
}

/** What the host tells when a person puts the cursor into a row. */
const select = (page: Page, table: TableKey, record: string | null) =>
  tell(page, "BaseEvent_SelectionChange", {
    baseId: company.shared,
    tableId: company.mapping.tables[table]!.tableId,
    viewId: "vew1",
    fieldId: "fld1",
    recordId: record,
  });

test("an admin who selects a record is led to what belongs to it, whichever table it is in", async () => {
  const { page, frame, trouble, current, close } = await open(ADMIN);
  await select(page, "sessions", near!);
  await frame.getByRole("heading", { name: /^12月16日/ }).waitFor();
  expect(await current()).toBe("排期");
  await select(page, "sessions", far!);
  await frame.getByRole("heading", { name: /^2027年1月6日/ }).waitFor();

  await select(page, "lecturers", company.lecturers[1]!);
  await frame.locator("details.person[open]", { hasText: "王芳" }).waitFor();
  await select(page, "lecturers", company.lecturers[2]!);
  await frame.locator("details.person[open]", { hasText: "李静" }).waitFor();
  await expect.poll(() => frame.locator("details.person[open]").count()).toBe(1);
  expect(await current()).toBe("讲师与讲师群");

  await select(page, "topics", topic!);
  await frame.getByText("售后怎么谈").waitFor();
  expect(await current()).toBe("学员想听什么");

  await select(page, "groups", company.group);
  await frame.getByText("专业知识").first().waitFor();
  expect(await current()).toBe("讲师与讲师群");
  expect(trouble).toEqual([]);
  await close();
});

const nameOf = ({ fields }: { fields: Record<string, unknown> }) =>
  (fields["名称"] as { text: string }[]).map(({ text }) => text).join("");

test("rules and messages open in their forms, one after another", async () => {
  const { page, frame, trouble, current, close } = await open(ADMIN);
  const rules = await company.rows("激励规则");
  expect(rules.length).toBeGreaterThan(1);
  for (const rule of rules.slice(0, 2)) {
    await select(page, "rules", rule.id);
    await frame
      .locator("section", { hasText: nameOf(rule) })
      .locator("form")
      .waitFor();
  }
  expect(await current()).toBe("奖励规则");
  const messages = await company.rows("消息与提醒");
  for (const message of messages.slice(3, 5)) {
    await select(page, "messages", message.id);
    await frame
      .locator("li", { hasText: nameOf(message) })
      .locator("textarea")
      .first()
      .waitFor();
  }
  expect(await current()).toBe("消息与提醒");
  expect(trouble).toEqual([]);
  await close();
});

test("a lecturer is led to the preparation of the session, and from the own row to the preferences", async () => {
  const { page, frame, trouble, current, close } = await open(lecturer(1));
  await select(page, "sessions", far!);
  await expect.poll(current).toBe("准备与上传");
  expect(await frame.locator("main select").first().inputValue()).toBe(far);
  await select(page, "lecturers", company.lecturers[0]!);
  await expect.poll(current).toBe("我的偏好");
  // Nothing selected, or a table that nobody knows, changes nothing.
  await select(page, "sessions", null);
  await tell(page, "BaseEvent_SelectionChange", {
    baseId: company.shared,
    tableId: "tblElsewhere",
    recordId: "recX",
  });
  await page.waitForTimeout(300);
  expect(await current()).toBe("我的偏好");
  expect(trouble).toEqual([]);
  await close();
});

test("in the Base of another workspace nothing is shown that was read in the one before", async () => {
  const [shared, admin] = [await newBase("讲台二"), await newBase("讲台二·管理")];
  await provisionWhileTimePasses(company.wire, company.config, shared, admin);
  await company.restart();
  const { page, trouble, close } = await openPage(browser, { locale: "zh-CN" });
  await signInPage(page, company, ADMIN);
  await page.addInitScript(
    ([origin, base]) => {
      if (location.origin !== origin) return;
      sessionStorage.setItem("lectern.base", base!);
      sessionStorage.setItem("lectern.screen", "lecturers");
    },
    [company.server.url, company.shared],
  );
  const frame = await host.open(page, company, { base: shared });
  // While the host is silent the Base of last time is meant; it names another one.
  await frame.getByText("王芳").waitFor();
  await frame.getByText("王芳").waitFor({ state: "detached", timeout: 15_000 });
  await frame.locator("main.screen h1").waitFor();
  expect(await frame.getByText("王芳").count()).toBe(0);
  expect(trouble).toEqual([]);
  await close();
});

async function newBase(name: string): Promise<string> {
  const { app_token } = (await company.wire.post("/sandbox/bases", {
    name,
    owner: ADMIN,
    time_zone: "Asia/Shanghai",
  })) as { app_token: string };
  await company.wire.post(`/sandbox/bases/${app_token}/members`, {
    member_id: APP_ID,
    type: "app",
    perm: "full_access",
  });
  return app_token;
}
