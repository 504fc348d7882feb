import type { Browser, Frame, Page } from "playwright-core";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import { type BaseBench, LIN, startBench, XU } from "../bitable/support.ts";
import { bundle } from "./bundle.ts";
import { html, servePages } from "./serve-pages.ts";

export const VERSIONS = ["1.0.2", "0.5.0", "0.4.0", "0.3.5"] as const;
/** Newest and oldest; all four in the long run. */
export const ENDS: Version[] = process.env["LECTERN_LONG"] === "1" ? [...VERSIONS] : ["1.0.2", "0.3.5"];
export type Version = (typeof VERSIONS)[number];

/** LIN edits the Base, XU reads it. */
export { LIN, XU };

declare global {
  interface Window {
    /** The SDK of the plugin, in its document. */
    sdk: typeof import("@lark-base-open/js-sdk");
  }
}

export interface Hosted {
  page: Page;
  /** The plugin's document: `window.sdk` is the SDK. */
  plugin: Frame;
  trouble: string[];
  close: () => Promise<void>;
}

export interface OpenOptions {
  version?: Version;
  as?: string;
  query?: Record<string, string>;
  /** Another window of the same browser as this page, not a browser of its own. */
  beside?: Page;
  /** Do not wait for the SDK's own start-up calls. */
  silent?: boolean;
}

/** A sandbox with a Base, the bridge on its origin, plugins on another, and a browser. */
export interface Stage extends BaseBench {
  browser: Browser;
  pluginOrigin: string;
  open(options?: OpenOptions): Promise<Hosted>;
  close(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const bench = await startBench();
  await share(bench);
  const bundles = new Map<string, Promise<string>>();
  const script = (name: string) => {
    const made = bundles.get(name) ?? bundle(name);
    bundles.set(name, made);
    return made;
  };
  const plugins = await servePages(async (path) => {
    const version = /^\/([\d.]+)\//u.exec(path)?.[1];
    return version ? html(await script(`plugin-${version}`)) : null;
  });
  const hosts = await servePages(
    async (path) => (path.startsWith("/test-host") ? html(await script("host"), "<iframe></iframe>") : null),
    bench.box.url,
  );
  const browser = await launchChromium();
  const pluginOrigin = plugins.origin;

  async function open(options: OpenOptions = {}): Promise<Hosted> {
    const { version = "1.0.2", as = LIN, query = {}, beside, silent } = options;
    const { page, trouble, close } = beside
      ? { page: await beside.context().newPage(), trouble: [], close: () => Promise.resolve() }
      : await openPage(browser);
    const search = new URLSearchParams({
      plugin: `${pluginOrigin}/${version}/`,
      base: bench.app,
      table: bench.table,
      as,
      ...query,
    });
    await page.goto(`${hosts.origin}/test-host?${search}`);
    const plugin = await pluginFrame(page, pluginOrigin);
    if (silent !== true)
      await page.waitForFunction(() => window.host.log.some(({ name }) => /getBasePermission/.test(name)));
    return { page, plugin, trouble, close };
  }

  return {
    ...bench,
    browser,
    pluginOrigin,
    open,
    async close() {
      await browser.close();
      await Promise.all([plugins.close(), hosts.close()]);
      await bench.box.close();
    },
  };
}

/** The document of the plugin in a page, once its SDK is there. */
export async function pluginFrame(page: Page, origin: string): Promise<Frame> {
  for (;;) {
    const frame = page.frames().find((one) => one.url().startsWith(origin));
    if (frame) {
      await frame.waitForFunction(() => "sdk" in window);
      return frame;
    }
    await page.waitForTimeout(20);
  }
}

async function share({ box, app }: BaseBench): Promise<void> {
  for (const [member_id, perm] of [
    [LIN, "edit"],
    [XU, "view"],
  ])
    await box.lever("POST", `/bases/${app}/members`, { member_id, type: "user", perm });
}
