import type { Browser, Frame } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import { ADMIN, learner, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { APP_ID } from "#test/support/sandbox.ts";
import { signInPage } from "#test/support/plugin-page.ts";
import { startTinyHost, tell } from "#test/support/tiny-host.ts";

let company: Company;
let browser: Browser;
let host: Awaited<ReturnType<typeof startTinyHost>>;
beforeAll(async () => {
  await built();
  browser = await launchChromium();
  host = await startTinyHost();
  company = await startCompany({ env: { PLUGIN_HOSTS: host.address } });
  await company.wire.post("/sandbox/apps", {
    appId: APP_ID,
    redirectUris: [`${company.server.url}/sign-in/callback`],
  });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await company?.close();
  await host?.close();
});

/** What a start screen says, and how many things there are to do. */
const titles = (frame: { locator: Frame["locator"] }) => frame.locator("main h1").innerText();

test("outside a host the page leads to the web page", async () => {
  const { page, trouble, close } = await openPage(browser, { locale: "zh-CN" });
  await page.goto(`${company.server.url}/plugin/`);
  expect(await titles(page)).toBe("请在多维表格里打开");
  expect(await page.getByRole("button").count()).toBe(1);
  await page.getByRole("button", { name: "打开网页版" }).click();
  await page.waitForURL(/authen\/v1\/authorize/);
  expect(trouble).toEqual([]);
  await close();
});

test("a host that is silent is named, and the page can be loaded again", async () => {
  const { page, trouble, close } = await openPage(browser, { locale: "zh-CN" });
  const frame = await host.open(page, company, { silent: true });
  await frame.getByRole("button", { name: "重新加载" }).waitFor({ timeout: 20_000 });
  expect(await titles(frame)).toBe("多维表格没有回应");
  // The SDK gives up after 12 s, and says so itself; nothing of it stays unhandled.
  await page.waitForTimeout(6000);
  expect(trouble.filter((line) => !line.includes("client handshake error"))).toEqual([]);
  await close();
});

test("no server: said so, and tried again by one button", async () => {
  const { page, close } = await openPage(browser);
  await page.route("**/api/**", (route) => route.abort("connectionrefused"));
  const frame = await host.open(page, company);
  await frame.getByRole("button", { name: "再试一次" }).waitFor({ timeout: 30_000 });
  expect(await titles(frame)).toBe("连不上讲台的服务器");
  await page.unroute("**/api/**");
  await frame.getByRole("button", { name: "再试一次" }).click();
  await frame.getByRole("button", { name: "用飞书登录" }).waitFor();
  await close();
});

test("signing in: the browser shows the sidebar's code, and the sidebar follows", async () => {
  const { page, trouble, close } = await openPage(browser, { locale: "zh-CN" });
  const frame = await host.open(page, company);
  await frame.getByRole("button", { name: "用飞书登录" }).waitFor();
  expect(await titles(frame)).toBe("先登录一下");
  const opening = page.context().waitForEvent("page");
  await frame.getByRole("button", { name: "用飞书登录" }).click();
  const window = await opening;
  await window.locator("select[name=open_id]").selectOption(lecturer(1));
  await window.locator("button[value='1']").click();
  const code = await frame.locator(".code").innerText();
  await window.getByText(code).waitFor();
  expect(await window.evaluate(() => opener)).toBeNull();
  // A reload in the middle loses nothing.
  await frame.goto(`${company.server.url}/plugin/`);
  expect(await frame.locator(".code").innerText()).toBe(code);
  await window.getByRole("button", { name: "号码一样，登录" }).click();
  await window.getByText("侧边栏已经登录").waitFor();
  await frame.getByRole("navigation").waitFor();
  await frame.getByRole("button", { name: "我", exact: true }).click();
  await frame.getByRole("heading", { name: "张三" }).waitFor();
  // Signed in still after a reload, out after one tap.
  await frame.goto(`${company.server.url}/plugin/#/me`);
  await frame.getByRole("button", { name: "退出登录" }).click();
  await frame.getByRole("button", { name: "用飞书登录" }).waitFor();
  expect(trouble).toEqual([]);
  await close();
});

test("a refused sign-in is said, and may be tried again", async () => {
  const { page, close } = await openPage(browser, { locale: "zh-CN" });
  const frame = await host.open(page, company);
  const opening = page.context().waitForEvent("page");
  await frame.getByRole("button", { name: "用飞书登录" }).click();
  const window = await opening;
  await window.locator("select[name=open_id]").selectOption(lecturer(1));
  await window.locator("button[value='1']").click();
  await window.getByRole("button", { name: "不是我的" }).click();
  await frame.getByText("这次登录没有完成").waitFor();
  await frame.getByRole("button", { name: "用飞书登录" }).waitFor();
  await close();
});

test("a Base without Lectern, and a person without a role, each have one thing to do", async () => {
  const unknown = await openPage(browser);
  await signInPage(unknown.page, company, ADMIN);
  const other = await host.open(unknown.page, company, { base: "bascnSomewhereElse" });
  await other.getByRole("button", { name: "检查一下" }).waitFor();
  expect(await other.getByRole("button").count()).toBe(1);
  await unknown.close();

  const stranger = await openPage(browser);
  await signInPage(stranger.page, company, learner(1));
  const frame = await host.open(stranger.page, company);
  await frame.getByRole("button", { name: "打开网页版" }).waitFor();
  expect(await titles(frame)).toBe("您在这里还没有角色");
  expect(await frame.getByRole("button").count()).toBe(1);
  await stranger.close();
});

test("theme and language are the host's, live", async () => {
  const { page, trouble, close } = await openPage(browser);
  await signInPage(page, company, lecturer(1));
  const frame = await host.open(page, company, { theme: "DARK", locale: "en-US" });
  await frame.getByRole("navigation", { name: "Screens" }).waitFor();
  await expect.poll(() => frame.locator("body").getAttribute("theme-mode"), { timeout: 10_000 }).toBe("dark");
  const listens = () =>
    page.evaluate(() => (Reflect.get(window, "heard") as Set<string>).has("BridgeEvent_ThemeChange"));
  await expect.poll(listens, { timeout: 10_000 }).toBe(true);
  await tell(page, "BridgeEvent_ThemeChange", { theme: "LIGHT" });
  await expect.poll(() => frame.locator("body").getAttribute("theme-mode")).toBeNull();
  expect(await frame.locator("html").getAttribute("lang")).toBe("en-US");
  await page.evaluate(() => Reflect.set(window, "spoken", "zh-CN"));
  await frame.evaluate(() => window.dispatchEvent(new Event("focus")));
  await frame.getByRole("navigation", { name: "页面" }).waitFor();
  expect(trouble).toEqual([]);
  await close();
});

test("one call answers who one is and what the first screen shows; the Base SDK comes after it", async () => {
  const { page, trouble, close } = await openPage(browser, { locale: "zh-CN" });
  await signInPage(page, company, lecturer(1));
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(pathname);
    if (/\/assets\/dist-/.test(pathname)) asked.push("the SDK");
  });
  const frame = await host.open(page, company);
  await frame.getByRole("heading", { name: "我来报名一场" }).waitFor();
  await expect.poll(() => asked, { timeout: 10_000 }).toEqual(["/api/me/first", "the SDK"]);
  expect(trouble).toEqual([]);
  await close();
});

test("an hour later the sidebar is signed in still, by new tokens, and nobody noticed", async () => {
  const { page, trouble, close } = await openPage(browser);
  await signInPage(page, company, lecturer(1));
  const frame = await host.open(page, company);
  await frame.getByRole("navigation").waitFor();
  const held = () => frame.evaluate(() => sessionStorage.getItem("lectern.tokens"));
  const before = await held();
  await company.advance(3_600_000);
  await page.reload();
  const again = (await (await page.waitForSelector("iframe")).contentFrame())!;
  await again.getByRole("navigation").waitFor();
  expect(await again.evaluate(() => sessionStorage.getItem("lectern.tokens"))).not.toBe(before);
  // The first call went out with the old token: the page does not know the deployment's clock before it is told.
  expect(trouble.filter((line) => !/\b401\b/.test(line))).toEqual([]);
  await close();
});

test("forged identity in the bridge changes nothing: who one is comes from the token", async () => {
  const { page, close } = await openPage(browser);
  await signInPage(page, company, lecturer(2));
  const frame = await host.open(page, company);
  await frame.getByRole("navigation").waitFor();
  await frame.goto(`${company.server.url}/plugin/#/me`);
  await frame.getByRole("heading", { name: "王芳" }).waitFor();
  await close();
});

test("roles one has are apart, and the screen of last time comes back", async () => {
  const { page, trouble, close } = await openPage(browser);
  await signInPage(page, company, ADMIN);
  const frame = await host.open(page, company);
  await frame.getByRole("navigation", { name: "页面" }).getByRole("button", { name: "我" }).click();
  await frame.getByText("管理员").first().waitFor();
  expect(await frame.getByText("试运行中：消息只发给管理员。").count()).toBe(1);
  expect(trouble).toEqual([]);
  await close();
});
