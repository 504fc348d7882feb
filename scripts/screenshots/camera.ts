import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium, type Browser, type Frame, type Page } from "playwright-core";

export interface Look {
  language?: "zh" | "en";
  theme?: "light" | "dark";
  /** Of the sidebar, px. */
  width?: number;
}

/** Sharp on a good screen, and still small: twice the pixels, lossy WebP. */
const SCALE = 2;
const QUALITY = 0.82;
const BAR = 120;
/** Longer screens are cut here; a reader of the documentation has seen enough. */
const TALLEST = 1500;
const MOST_MS = 60_000;

export async function launch(): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    // As root Chromium refuses to start with its own sandbox.
    args: ["--disable-dev-shm-usage", "--hide-scrollbars", "--lang=zh-CN", ...(root ? ["--no-sandbox"] : [])],
  });
}

export interface Places {
  sandbox: string;
  server: string;
  base: string;
  /** Where pictures go; PNG as well when `png` is set, for those who look at them first. */
  folder: string;
  png: string | undefined;
}

/** Takes pictures of what somebody sees, at a desk or on a phone, and puts them into the folder by name. */
export function createCamera(browser: Browser, places: Places) {
  const taken: string[] = [];
  async function keep(page: Page, name: string, clip?: Clip): Promise<void> {
    await page.evaluate(() => document.fonts.ready);
    // Nothing is hovered.
    await page.mouse.move(0, 0);
    const png = await page.screenshot({ animations: "disabled", caret: "hide", ...(clip ? { clip } : {}) });
    await mkdir(places.folder, { recursive: true });
    await writeFile(join(places.folder, `${name}.webp`), await asWebp(browser, png));
    if (places.png) {
      await mkdir(places.png, { recursive: true });
      await writeFile(join(places.png, `${name}.png`), png);
    }
    taken.push(name);
  }
  return {
    taken,
    /** The workspace page of a person, its sidebar signed in when `signed`. */
    async desk(as: string, { language = "zh", theme = "light", width = 400 }: Look = {}, signed = true) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        deviceScaleFactor: SCALE,
        locale: language === "zh" ? "zh-CN" : "en-US",
        timezoneId: "Asia/Shanghai",
      });
      context.setDefaultTimeout(MOST_MS);
      await context.addInitScript(
        ([px, dark]) => {
          try {
            localStorage.setItem("sandbox.plugin-width", px!);
            localStorage.setItem("sandbox.theme", dark!);
          } catch {
            // A frame that may keep nothing.
          }
        },
        [String(width), theme],
      );
      const page = await context.newPage();
      const query = new URLSearchParams({ as, lang: language });
      await page.goto(`${places.sandbox}/sandbox/workspace/?${query}#/base/${places.base}`);
      if (signed) await signIn(page);
      return {
        page,
        /** A screen of the sidebar, as long as it is. */
        async screen(id: string, name: string, act?: (frame: Frame) => Promise<void>): Promise<void> {
          const frame = await sidebar(page);
          await frame.evaluate((hash) => void (location.hash = hash), `/${id}`);
          await calm(frame);
          if (act) await act(frame);
          await calm(frame);
          const long = await frame.evaluate(() =>
            Math.ceil(document.querySelector("#root")!.getBoundingClientRect().height),
          );
          await page.setViewportSize({ width: 1440, height: Math.min(TALLEST, long) + BAR });
          await calm(frame);
          const box = (await page.locator("iframe").boundingBox())!;
          await keep(page, name, { ...box, height: Math.min(box.height, long + 8) });
          await page.setViewportSize({ width: 1440, height: 900 });
        },
        /** The whole window. */
        async whole(name: string, hash?: string, { chat }: { chat?: string } = {}): Promise<void> {
          await page.setViewportSize({ width: 1280, height: 800 });
          if (hash !== undefined) await page.evaluate((to) => void (location.hash = to), `/${hash}`);
          if (chat)
            await page
              .locator(".pane-list button")
              .filter({ has: page.getByText(chat, { exact: true }) })
              .first()
              .click();
          await page.waitForLoadState("networkidle").catch(() => undefined);
          await wait(800);
          await keep(page, name);
        },
        part: async (name: string, selector: string) => {
          await wait(500);
          await keep(page, name, (await page.locator(selector).last().boundingBox())!);
        },
        close: () => context.close(),
      };
    },
    /** A page under /m as a phone shows it. */
    async phone(as: string) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        deviceScaleFactor: SCALE,
        isMobile: true,
        hasTouch: true,
        locale: "zh-CN",
        timezoneId: "Asia/Shanghai",
      });
      context.setDefaultTimeout(MOST_MS);
      await context.addCookies([{ name: "sandbox_person", value: as, url: places.sandbox }]);
      const page = await context.newPage();
      await page.goto(`${places.server}/m`);
      await page.locator("select[name=open_id]").selectOption(as);
      await page.locator("button[value='1']").click();
      return {
        page,
        async shot(name: string, path: string): Promise<void> {
          await page.goto(places.server + path);
          await keep(page, name);
        },
        close: () => context.close(),
      };
    },
  };
}

interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function sidebar(page: Page): Promise<Frame> {
  const element = await page.waitForSelector("iframe");
  return (await element.contentFrame())!;
}

/** Nothing is loading, nothing is moving. */
async function calm(frame: Frame): Promise<void> {
  await frame.locator("main h1").first().waitFor();
  await frame.waitForFunction(() => !document.querySelector(".loading, .semi-spin, .semi-button-loading"));
  await frame.waitForLoadState("networkidle").catch(() => undefined);
  await wait(700);
}

/** As a person does it: the browser window, Feishu's page, the number. */
async function signIn(page: Page): Promise<void> {
  const plugin = page.frameLocator("iframe");
  const opening = page.context().waitForEvent("page");
  await plugin.locator("main .semi-button").first().click();
  const window = await opening;
  await window.locator("button[value='1']").click();
  await window.locator("form button").first().click();
  await plugin.locator("nav.tabs").waitFor();
  await window.close();
}

/** The browser that took the picture writes it in a format it knows. */
async function asWebp(browser: Browser, png: Buffer): Promise<Buffer> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const url = await page.evaluate(
      async ([base64, quality]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
        canvas.getContext("2d")!.drawImage(image, 0, 0);
        return canvas.toDataURL("image/webp", quality as number);
      },
      [png.toString("base64"), QUALITY],
    );
    return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
  } finally {
    await context.close();
  }
}
