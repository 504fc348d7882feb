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
