import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium, openPage } from "./chromium.ts";

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script>
console.error("said aloud");
Promise.reject("nobody listens");
setTimeout(() => { throw new Error("thrown away"); });
fetch("/missing");
</script><p>灯</p>`;

let browser: Browser;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.url === "/missing" ? 404 : 200;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(request.url === "/quiet" ? `<link rel="icon" href="data:,"><p>灯</p>` : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

test("a page tells what went wrong on it", async () => {
  const { page, trouble, close } = await openPage(browser);
  await page.goto(url, { waitUntil: "networkidle" });
  const all = trouble.join("\n");
  for (const part of ["console error: said aloud", "nobody listens", "thrown away", `404 GET ${url}/missing`])
    expect(all).toContain(part);
  await close();
});

test("a page without trouble has none to tell", async () => {
  const { page, trouble, close } = await openPage(browser, { locale: "zh-CN" });
  await page.goto(`${url}/quiet`, { waitUntil: "networkidle" });
  expect(await page.textContent("p")).toBe("灯");
  expect(trouble).toEqual([]);
  await close();
});
