import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, startStage, VERSIONS } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

test.each(VERSIONS)("js-sdk %s starts and lists tables, and nothing goes wrong", async (version) => {
  const { plugin, page, trouble, close } = await stage.open({ version });
  const names = await plugin.evaluate(async () => {
    const tables = await window.sdk.bitable.base.getTableList();
    return Promise.all(tables.map((table) => table.getName()));
  });
  expect(names).toEqual(["数据表", "主题", "分享"]);
  const calls = await page.evaluate(() => window.host.log.map(({ name }) => name));
  // What the SDK does by itself, merely because it was imported.
  expect(calls).toContain("bitable.WidgetBase_getBasePermission");
  expect(calls).toContain("bitable.Private_setClientVersion");
  expect(trouble).toEqual([]);
  await close();
});

test("a host that answers the third handshake is in time", async () => {
  const { plugin, page, trouble, close } = await stage.open({
    query: { faults: JSON.stringify({ ignoreHandshakes: 2 }) },
  });
  expect(await plugin.evaluate(() => window.sdk.bitable.bridge.getLanguage())).toBe("zh");
  const hands = await page.evaluate(() => window.host.log.filter(({ kind }) => kind === "handshake").length);
  expect(hands).toBe(3);
  expect(trouble).toEqual([]);
  await close();
});

test("a silent host is no host: the SDK gives up", async () => {
  const { plugin, close } = await stage.open({ silent: true, query: { faults: '{"silent":true}' } });
  const said = await plugin.evaluate(() =>
    window.sdk.bitable.base.getSelection().then(
      () => "answered",
      (error: unknown) => error,
    ),
  );
  expect(said).toBe("time out");
  await close();
});

test("a page loaded anew starts from nothing: ids come again, listeners of the old page are gone", async () => {
  const { plugin, page, trouble, close } = await stage.open();
  const listen = () =>
    plugin.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      window.sdk.bitable.base.onSelectionChange(({ data }) => heard.push(data));
      return window.sdk.bitable.bridge.getTheme();
    });
  await listen();
  await page.evaluate(() => window.host.hosted.reload());
  await page.waitForFunction(() => window.host.log.filter(({ kind }) => kind === "handshake").length === 2);
  await plugin.waitForFunction(() => "sdk" in window && !("heard" in window));
  const move = (recordId: string) =>
    page.evaluate((id) => {
      const none = { baseId: null, tableId: null, viewId: null, fieldId: null };
      window.host.hosted.select({ ...none, recordId: id });
      return window.host.log.filter(({ kind }) => kind === "event").length;
    }, recordId);
  expect(await move("rec1")).toBe(0);
  expect(await listen()).toBe("LIGHT");
  expect(await move("rec2")).toBe(1);
  expect(await plugin.evaluate(() => (window as unknown as { heard: unknown[] }).heard.length)).toBe(1);
  expect(trouble).toEqual([]);
  await close();
});

test("only the plugin's own window is answered", async () => {
  const { plugin, page, close } = await stage.open();
  const before = await page.evaluate(() => window.host.log.length);
  const answered = await page.evaluate(async () => {
    // A frame of another document on the page asks in the plugin's name.
    const stranger = document.createElement("iframe");
    document.body.append(stranger);
    const heard: unknown[] = [];
    stranger.contentWindow?.addEventListener("message", (event) => heard.push(event.data));
    (stranger.contentWindow as unknown as { eval(code: string): void }).eval(
      'parent.postMessage({ type: "invoke", id: "x", payload: { key: "bitable.Bridge_getUserId", params: [{ c: [], p: [] }] } }, "*")',
    );
    window.postMessage({ type: "handshake", id: "handshake-1", payload: { proactive: true } }, "*");
    await new Promise((resolve) => setTimeout(resolve, 200));
    return heard.length;
  });
  expect(answered).toBe(0);
  expect(await page.evaluate(() => window.host.log.length)).toBe(before);
  // Things that are no messages of the SDK do not disturb the host either.
  await plugin.evaluate(() => {
    for (const odd of [null, "text", 7, { type: "invoke" }, { type: "invoke", id: "1", payload: {} }])
      window.parent.postMessage(odd, "*");
  });
  expect(await plugin.evaluate(() => window.sdk.bitable.bridge.getTheme())).toBe("LIGHT");
  await close();
});

test("a plugin without an origin of its own is served all the same", async () => {
  const { plugin, close } = await stage.open({ query: { sandbox: "allow-scripts" } });
  expect(await plugin.evaluate(() => [window.origin, document.domain])).toEqual(["null", ""]);
  const names = await plugin.evaluate(async () => (await window.sdk.bitable.base.getTableMetaList()).length);
  expect(names).toBe(3);
  await close();
});

test("what this host does not serve is refused at once, as a call that hangs would not be", async () => {
  const { plugin, close } = await stage.open();
  const said = await plugin.evaluate(async () => {
    const { workspace, dashboard } = window.sdk;
    const codes: unknown[] = [];
    const failed = (error: { code?: number; message?: string }) => codes.push([error.code, error.message]);
    await workspace.getBaseList({} as never).catch(failed);
    await dashboard.getConfig().catch(failed);
    return codes;
  });
  expect(said).toEqual([
    [10299997, "not registered: WidgetWorkspace_getBaseList"],
    [10299997, "not registered: Dashboard_getConfig"],
  ]);
  await close();
});
