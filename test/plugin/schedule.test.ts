import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { built } from "#test/support/built.ts";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import { ADMIN, startCompany, type Company } from "#test/support/company.ts";
import { signInPage } from "#test/support/plugin-page.ts";
import { startTinyHost } from "#test/support/tiny-host.ts";

let company: Company;
let browser: Browser;
let host: Awaited<ReturnType<typeof startTinyHost>>;
beforeAll(async () => {
  await built();
  browser = await launchChromium();
  host = await startTinyHost();
  company = await startCompany({ lecturers: 5, learners: 4, env: { PLUGIN_HOSTS: host.address } });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await company?.close();
  await host?.close();
});

async function open(width = 360, options: { locale?: string; theme?: "DARK" } = {}) {
  const watched = await openPage(browser, { locale: "zh-CN", viewport: { width, height: 800 } });
  await signInPage(watched.page, company, ADMIN);
  return { ...watched, frame: await host.open(watched.page, company, options) };
}
const starts = async () =>
  (await company.rows("分享")).map(({ fields }) => fields["开始"] as number).toSorted((a, b) => a - b);
const isWide = (frame: Frame) =>
  frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test("an admin arrives at what is to be done, plans, looks, publishes: only then is anything written", async () => {
  const { page, frame, trouble, close } = await open();
  await frame.getByText("今天没有要处理的，放心去忙别的。").waitFor();
  await frame.getByRole("button", { name: "排期", exact: true }).click();
  await frame.getByRole("button", { name: "生成排期" }).click();
  await frame.getByText("排好 4 场，空 0 场。还没有通知任何人。").waitFor();
  await frame.getByText("告诉 TA 的理由").first().click();
  await frame.getByText("周三下午有空").first().waitFor();
  expect(await company.rows("分享")).toEqual([]);
  await frame.getByRole("button", { name: "发布", exact: true }).click();
  await frame.getByText("已发布，排好 4 场。").waitFor();
  await company.advance(60_000);
  expect(await starts()).toHaveLength(4);
  // Taken back while nobody has been told, and published again.
  await frame.getByRole("button", { name: "撤回" }).click({ timeout: 15_000 });
  await frame.getByText(/撤回了 4 场/).waitFor();
  await company.advance(60_000);
  expect(await company.rows("分享")).toEqual([]);
  await frame.getByRole("button", { name: "生成排期" }).click();
  await frame.getByRole("button", { name: "发布", exact: true }).click();
  await frame.getByText("已发布，排好 4 场。").waitFor();
  await company.advance(60_000);
  expect(await starts()).toHaveLength(4);
  // The list follows by itself.
  await frame.locator(".entry").nth(3).waitFor({ timeout: 15_000 });
  expect(trouble).toEqual([]);
  await page.waitForTimeout(100);
  await close();
});

async function drag(page: Page, frame: Frame, from: number, to: string) {
  const name = new Date(from + 8 * 3_600_000).toISOString().slice(0, 10);
  const chip = (await frame.locator(`[data-day="${name}"] .chip`).boundingBox())!;
  const day = (await frame.locator(`[data-day="${to}"]`).boundingBox())!;
  await page.mouse.move(chip.x + 8, chip.y + 8);
  await page.mouse.down();
  await page.mouse.move(chip.x + 8, chip.y + 20, { steps: 3 });
  await frame.locator(".day-free").first().waitFor();
  await page.mouse.move(day.x + 10, day.y + 30, { steps: 4 });
  await page.mouse.move(day.x + 12, day.y + 32, { steps: 2 });
}

test("dragging shows what stands against each day; a drop asks, and only the answer moves the session", async () => {
  const { page, frame, trouble, close } = await open(480);
  await frame.getByRole("button", { name: "排期", exact: true }).click();
  await frame.getByRole("radio", { name: "月" }).click();
  const [, second, third] = await starts();
  await frame.locator(".chip").nth(3).waitFor();
  // A day on which the group meets already takes no drop.
  await drag(page, frame, third!, "2026-12-09");
  await frame.getByText("已有别的分享").waitFor();
  await page.mouse.up();
  expect(await frame.getByRole("group", { name: "改期" }).count()).toBe(0);
  await drag(page, frame, third!, "2026-12-17");
  await frame.getByText("这天可以。").waitFor();
  await page.mouse.up();
  await frame.getByRole("button", { name: "改到这天" }).waitFor();
  expect((await starts())[2]).toBe(third);
  await frame.getByRole("button", { name: "改到这天" }).click();
  await frame.getByText(/已改到/).waitFor();
  await company.advance(60_000);
  expect(await starts()).toContain(Date.parse("2026-12-17T15:00:00+08:00"));
  expect(await starts()).toContain(second);
  expect(trouble).toEqual([]);
  await close();
});

test("the same by keyboard, from the record selected in the grid; a change that overtook it is refused kindly", async () => {
  const api = await apiOf(company, ADMIN);
  const { frame, close } = await open();
  const last = (await company.rows("分享")).toSorted(
    (a, b) => (b.fields["开始"] as number) - (a.fields["开始"] as number),
  )[0]!;
  await frame.getByRole("heading", { name: "今天要处理", level: 1 }).waitFor();
  await frame.evaluate((id) => void (location.hash = `/schedule?table=sessions&record=${id}`), last.id);
  await frame.getByRole("heading", { name: "这场分享" }).waitFor();
  await frame.getByRole("button", { name: "改期" }).press("Enter");
  const day = frame.getByLabel("日子");
  await day.focus();
  await day.press("ArrowDown");
  // Meanwhile somebody else moves it.
  await api.changes[":session"].move.$post({
    param: { session: last.id },
    json: { start: Date.parse("2026-12-25T10:00:00+08:00"), despite: true },
  });
  await company.advance(60_000);
  await frame.getByRole("button", { name: /改到这天/ }).press("Enter");
  await frame.getByText("这场刚刚被改过，请看一眼现在的样子再定。").waitFor();
  await company.advance(60_000);
  expect(await starts()).toContain(Date.parse("2026-12-25T10:00:00+08:00"));
  await close();
});

test("somebody is replaced everywhere, and another plan is tried beside the present one", async () => {
  const { frame, trouble, close } = await open();
  const speakers = async () =>
    (await company.rows("分享"))
      .filter(({ fields }) => fields["状态"] !== "已取消")
      .map(({ fields }) => (fields["讲师账号"] as { name?: string; id: string }[] | undefined)?.[0]?.id);
  expect(await speakers()).toContain("ou_lecturer1");
  await frame.getByRole("button", { name: "排期", exact: true }).click();
  await frame.getByRole("button", { name: "假如……" }).click();
  await frame.getByLabel("张三").selectOption({ label: "不排 TA" });
  await frame.getByRole("button", { name: "试排一版" }).click();
  await frame.getByRole("button", { name: "看这一版" }).waitFor();
  await frame.getByRole("button", { name: "先不改" }).click();
  await frame.getByRole("button", { name: "换下一位讲师" }).click();
  await frame.getByLabel("换下谁").selectOption({ label: "张三" });
  await frame.getByRole("button", { name: "看看谁来接" }).click();
  await frame.getByRole("heading", { name: "这版排期" }).waitFor();
  await frame.getByRole("button", { name: /^发布/ }).click();
  await frame
    .getByText(/^已发布/)
    .first()
    .waitFor();
  await company.advance(60_000);
  expect(await speakers()).not.toContain("ou_lecturer1");
  expect(trouble).toEqual([]);
  await close();
});

test("280 px wide, in English, in the dark: nothing is wider than the sidebar", async () => {
  const { frame, trouble, close } = await open(280, { locale: "en-US", theme: "DARK" });
  await frame.getByRole("heading", { name: "To do today", level: 1 }).waitFor();
  expect(await isWide(frame)).toBe(false);
  await frame.getByRole("button", { name: "Schedule", exact: true }).click();
  await frame.locator(".entry").first().waitFor();
  expect(await isWide(frame)).toBe(false);
  for (const view of ["Week", "Month"]) {
    await frame.getByRole("radio", { name: view }).click();
    await frame.locator(".calendar").waitFor();
    expect(await isWide(frame), view).toBe(false);
  }
  await frame.getByRole("button", { name: "Plan", exact: true }).click();
  await frame.getByText(/Nobody has been told yet/).waitFor();
  expect(await isWide(frame)).toBe(false);
  expect(trouble).toEqual([]);
  await close();
});
