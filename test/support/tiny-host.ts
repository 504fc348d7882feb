import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import type { Company } from "./company.ts";

/** The page is the benchmark's too. */
const PAGE = readFileSync(join(import.meta.dirname, "../../bench/plugin/host.html"), "utf8");

export interface TinyHostOptions {
  base?: string | null;
  theme?: "LIGHT" | "DARK";
  locale?: string;
  /** Answers no handshake at all. */
  silent?: boolean;
}

/**
 * The least that hosts the plugin, for tests of its start: shakes hands, knows a selection, a theme and a locale, and takes
 * registrations; everything else is "not registered". `address` must be among the server's PLUGIN_HOSTS.
 */
export async function startTinyHost() {
  const server = createServer((request, response) => {
    const told = new URL(request.url ?? "/", "http://here").searchParams.get("told") ?? "null";
    response.setHeader("content-type", "text/html; charset=utf-8");
    // In a script element, so that no text of it ends the element.
    response.end(PAGE.replace("TOLD", () => told.replaceAll("<", "\\u003c")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  return {
    address,
    /** The plugin's frame, in a page of this host. */
    async open(page: Page, company: Company, options: TinyHostOptions = {}): Promise<Frame> {
      const plugin = `${company.server.url}/plugin/`;
      const told = {
        plugin,
        base: company.shared,
        theme: "LIGHT",
        locale: "zh-CN",
        silent: false,
        ...options,
      };
      await page.goto(`${address}/?told=${encodeURIComponent(JSON.stringify(told))}`);
      const element = await page.waitForSelector("iframe");
      return (await element.contentFrame())!;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Posts an event to the plugin as the host would, if it is registered. */
export const tell = (page: Page, name: string, params: unknown): Promise<void> =>
  page.evaluate(
    ([event, value]) =>
      (window as unknown as { tell(name: unknown, params: unknown): void }).tell(event, value),
    [name, params],
  );
