import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Page } from "playwright-core";
import type { JourneyCompany } from "./company.ts";

/** What went wrong in any window of anybody, in order of time. */
export type Trouble = string[];

export interface Seat {
  page: Page;
  plugin: FrameLocator;
  /** Opens the sidebar's screen by its tab. */
  open: (screen: string) => Promise<void>;
  close: () => Promise<void>;
}

const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
export const MOST_MS = 60_000;

/** Every window of a browser, those it opens by itself included. */
function watch(context: BrowserContext, trouble: Trouble): void {
  context.setDefaultTimeout(MOST_MS);
  context.on("console", (line) => {
    if (line.type() === "error") trouble.push(`console error: ${line.text()} (${line.location().url})`);
  });
  context.on("weberror", (error) => trouble.push(`uncaught: ${error.error().stack ?? "?"}`));
  context.on("response", (response) => {
    if (response.status() >= 400)
      trouble.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "no reason";
    // What ends with its page has not been refused.
    if (reason !== "net::ERR_ABORTED") trouble.push(`failed ${request.method()} ${request.url()}: ${reason}`);
  });
}

/** Places people at the real workspace page, or at a phone, each with a browser profile of their own. */
export function seats(browser: Browser, company: JourneyCompany, trouble: Trouble) {
  async function context(options: BrowserContextOptions): Promise<BrowserContext> {
    const made = await browser.newContext({ locale: "zh-CN", ...options });
    watch(made, trouble);
    return made;
  }
  return {
    /** At the workspace page, acting as somebody, at a place of it such as `chat`. */
    async desk(as: string, place = "", more: Record<string, string> = {}): Promise<Seat> {
      const own = await context(DESK);
      const page = await own.newPage();
      const query = new URLSearchParams({ as, ...more });
      await page.goto(`${company.sandbox.url}/sandbox/workspace/?${query}#/${place}`);
      const plugin = page.frameLocator("iframe");
      return {
        page,
        plugin,
        open: (screen) => plugin.getByRole("button", { name: screen, exact: true }).first().click(),
        close: () => own.close(),
      };
    },
    /** In Feishu's client on a phone: a link is opened, and who it is confirms once. */
    async phone(as: string, path: string): Promise<{ page: Page; close: () => Promise<void> }> {
      const own = await context(PHONE);
      await own.addCookies([{ name: "sandbox_person", value: as, url: company.sandbox.url }]);
      const page = await own.newPage();
      await page.goto(new URL(path, company.server.url).href);
      await confirmAs(page, as);
      return { page, close: () => own.close() };
    },
  };
}

/** Feishu's own page: who signs in, and 允许. */
async function confirmAs(page: Page, as: string): Promise<void> {
  await page.locator("select[name=open_id]").selectOption(as);
  await page.locator("button[value='1']").click();
}

/** Signs the sidebar in: a browser window opens, Feishu's page is confirmed, the numbers are compared. */
export async function signIn({ page, plugin }: Seat, as: string): Promise<void> {
  const opening = page.context().waitForEvent("page");
  await plugin.getByRole("button", { name: /用飞书登录|Sign in with Feishu/ }).click();
  const window = await opening;
  if ((await window.locator("select[name=open_id]").inputValue()) !== as)
    throw new Error(`Feishu's page does not offer ${as}, who sits at this desk`);
  await window.locator("button[value='1']").click();
  const code = await window
    .getByText(/^[A-Z0-9]{2,}[- ]?[A-Z0-9]+$/)
    .first()
    .innerText();
  await plugin.getByText(code, { exact: true }).waitFor();
  await window.getByRole("button", { name: "号码一样，登录" }).click();
  // Chromium may hang on a window that is closed while it navigates.
  await window.getByText("登录好了").waitFor();
  await window.close();
}
