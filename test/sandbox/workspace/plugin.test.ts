import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import { ADMIN, type Company, lecturer, startCompany } from "#test/support/company.ts";
import { APP_ID } from "#test/support/sandbox.ts";

let company: Company;
let browser: Browser;
beforeAll(async () => {
  await built();
  browser = await launchChromium();
  company = await startCompany();
  const settings = { plugin: `${company.server.url}/plugin/`, cookies: ["lectern"] };
  await company.sandbox.lever("PATCH", "/workspace/settings", settings);
  await company.wire.post("/sandbox/apps", {
    appId: APP_ID,
    redirectUris: [`${company.server.url}/sign-in/callback`],
  });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await company?.close();
});

const plugin = (page: Page) => page.frameLocator("iframe");

/** Signs the sidebar in as whom Feishu's page offers first; that person's open_id. */
async function signIn(page: Page): Promise<string> {
  const opening = page.context().waitForEvent("page");
  await plugin(page).getByRole("button", { name: "用飞书登录" }).click();
  const window = await opening;
  const offered = await window.locator("select[name=open_id]").inputValue();
  await window.locator("button[value='1']").click();
  await window.getByRole("button", { name: "号码一样，登录" }).click();
  await plugin(page).getByRole("navigation").waitFor();
  await window.close();
  return offered;
}

test("the plugin beside the Base signs in who one acts as, and another person begins anew", async () => {
  const { page, trouble, close } = await openPage(browser, {
    locale: "zh-CN",
    viewport: { width: 1280, height: 800 },
  });
  const query = new URLSearchParams({ as: ADMIN });
  await page.goto(`${company.sandbox.url}/sandbox/workspace/?${query.toString()}`);
  expect(await signIn(page)).toBe(ADMIN);
  await page.getByRole("button", { name: "深色" }).click();
  await expect.poll(() => plugin(page).locator("body").getAttribute("theme-mode")).toBe("dark");
  const signedIn = () =>
    page
      .context()
      .cookies()
      .then((all) => all.some(({ name }) => name === "lectern"));
  expect(await signedIn()).toBe(true);
  await page.getByRole("combobox", { name: "以谁的身份" }).click();
  await page.getByRole("option", { name: /张三/ }).click();
  await expect.poll(signedIn).toBe(false);
  expect(await signIn(page)).toBe(lecturer(1));
  const own = plugin(page).getByRole("heading", { name: "张三" });
  await plugin(page).getByRole("button", { name: "我", exact: true }).click();
  await own.waitFor();
  // The one before is signed out here, and has lost nothing of their own.
  await page.reload();
  await own.waitFor();
  expect(trouble).toEqual([]);
  await close();
});

test("a board has a column for each option, a gallery a card for each record; a card selects its record", async () => {
  const session = (title: string, state: string) => ({
    标题: title,
    状态: state,
    开始: Date.parse("2026-12-16T15:00:00+08:00"),
    讲师群: [company.group],
  });
  await company.add("分享", [session("客户维护技巧", "已分享"), session("投诉处理", "已取消")]);
  await company.add("模板", [
    { 名称: "客户案例分享框架", 类型: "客户案例", 语言: "中文", "大纲（Markdown）": "# 一" },
  ]);
  await company.advance(60_000);
  const { page, trouble, close } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  const show = (table: "sessions" | "templates", view: string) => {
    const { tableId, views } = company.mapping.tables[table]!;
    const query = new URLSearchParams({ as: ADMIN, lang: "zh" });
    const place = ["base", company.shared, tableId, views[view]].join("/");
    return page.goto(`${company.sandbox.url}/sandbox/workspace/?${query.toString()}#/${place}`);
  };
  await show("sessions", "byState");
  const column = (name: string) => page.getByRole("region", { name, exact: true });
  await column("已分享").getByText("客户维护技巧").waitFor();
  expect(await column("已取消").getByRole("article").count()).toBe(1);
  expect(await column("已确认").getByRole("article").count()).toBe(0);
  await column("已取消").getByRole("article").getByRole("button").click();
  await page.getByRole("dialog").waitFor();
  expect(await page.locator(".record-card.marked").innerText()).toContain("投诉处理");
  await page.keyboard.press("Escape");

  await show("templates", "gallery");
  await page.getByRole("article").filter({ hasText: "客户案例分享框架" }).waitFor();
  expect(trouble).toEqual([]);
  await close();
});
