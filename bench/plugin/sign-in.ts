import type { Browser } from "playwright-core";

/** Signs a sidebar in the way a person does, and gives what it keeps. */
export async function signIn(
  browser: Browser,
  where: { host: string; plugin: string; base: string; person: string },
): Promise<string> {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  const told = { plugin: where.plugin, base: where.base, theme: "LIGHT", locale: "zh-CN", silent: false };
  await page.goto(`${where.host}/?told=${encodeURIComponent(JSON.stringify(told))}`);
  const frame = (await (await page.waitForSelector("iframe")).contentFrame())!;
  const opening = context.waitForEvent("page");
  await frame.locator(".start button").first().click();
  const window = await opening;
  await window.locator("select[name=open_id]").selectOption(where.person);
  await window.locator("button[value='1']").click();
  await window.locator(".code").waitFor();
  await window.locator("button.main").click();
  await frame.locator("nav.tabs").waitFor();
  const tokens = await frame.evaluate(() => sessionStorage.getItem("lectern.tokens"));
  await context.close();
  if (!tokens) throw new Error(`${where.person} was not signed in`);
  return tokens;
}
