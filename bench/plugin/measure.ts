import type { Browser } from "playwright-core";

export interface Load {
  /** From the frame's navigation to the first useful screen, by the frame's own clock. */
  ms: number;
  /** On the wire, bodies of everything the frame fetched until it was quiet. */
  bytes: number;
}

export interface Opening {
  host: string;
  plugin: string;
  base: string;
  /** What a signed-in sidebar keeps. */
  tokens: string;
  /** What is there once the screen is of use. */
  useful: string;
}

const SLOWER = 4;
/** Opens a plugin cold: no cache, no storage but the tokens, the processor slowed down. */
export async function load(browser: Browser, opening: Opening): Promise<Load> {
  const { host, plugin, base, tokens, useful } = opening;
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, locale: "zh-CN" });
  try {
    await context.addInitScript(
      ({ origin, held, wanted }) => {
        if (location.origin !== origin) return;
        sessionStorage.setItem("lectern.tokens", held);
        // No named function in here: the page does not have the helper that the runner wraps around it.
        const seen = new MutationObserver(() => {
          // Of both pages: what is wanted is there, and nothing says that something is still loading.
          if (!document.querySelector(wanted) || document.querySelector("main .loading")) return;
          seen.disconnect();
          // Drawn with the next frame.
          requestAnimationFrame(() => Reflect.set(window, "usefulAt", performance.now()));
        });
        seen.observe(document, { childList: true, subtree: true, characterData: true });
      },
      { origin: new URL(plugin).origin, held: tokens, wanted: useful },
    );
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.url().startsWith(new URL(plugin).origin))
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const told = { plugin, base, theme: "LIGHT", locale: "zh-CN", silent: false };
    await page.goto(`${host}/?told=${encodeURIComponent(JSON.stringify(told))}`);
    const frame = (await (await page.waitForSelector("iframe")).contentFrame())!;
    await frame.waitForFunction(() => Reflect.get(window, "usefulAt") !== undefined, null, {
      timeout: 60_000,
    });
    const ms = await frame.evaluate(() => Reflect.get(window, "usefulAt") as number);
    await page.waitForLoadState("networkidle");
    return { ms, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
  } finally {
    await context.close();
  }
}
