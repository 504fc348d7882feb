import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Frame, Page } from "playwright-core";
import type { Company } from "./company.ts";

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

const PAGE = `<!doctype html><html lang="zh"><meta charset="utf-8"><title>Base</title>
<link rel="icon" href="data:,"><body style="margin:0"><iframe title="plugin" style="border:0;width:100%;height:100vh"></iframe>
<script>
const told = TOLD;
const frame = document.querySelector("iframe");
const origin = new URL(told.plugin).origin;
const heard = new Set();
const selection = { baseId: told.base, tableId: null, viewId: null, fieldId: null, recordId: null };
const answers = {
  WidgetBase_getSelection: () => ({ ...selection }),
  WidgetBase_getBasePermission: () => true,
  Bridge_getTheme: () => told.theme,
  Bridge_getLocale: () => told.locale,
  Private_setClientVersion: () => undefined,
};
const post = (message) => frame.contentWindow.postMessage(message, origin);
function answer(key, { p }) {
  const method = key.replace("bitable.", "");
  if (/_register/.test(method)) return void heard.add(prefix(method) + p[0]);
  if (/_unregister/.test(method)) return void heard.delete(prefix(method) + p[0]);
  return answers[method] ? answers[method](...p) : { e: "bte", code: 10299997, message: "not registered", msg: "not registered" };
}
const prefix = (method) => (method.startsWith("Bridge") ? "BridgeEvent_" : "BaseEvent_");
addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow || told.silent) return;
  if (data.type === "handshake" && data.payload.proactive)
    post({ id: data.id, type: "handshake", payload: { prefixId: "tiny" } });
  if (data.type === "invoke")
    post({ id: data.id, type: "callback", payload: { res: data.payload.params.map((call) => answer(data.payload.key, call)) } });
});
window.tell = (name, params) => { if (heard.has(name)) post({ type: "event", id: "e", payload: { eventName: name, params } }); };
window.heard = heard;
frame.src = told.plugin;
</script></body></html>`;
