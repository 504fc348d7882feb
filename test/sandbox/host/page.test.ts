import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "#test/support/chromium.ts";
import { LIN, pluginFrame, type Stage, startStage, VERSIONS } from "./stage.ts";

const run = promisify(execFile);
let stage: Stage;
let row: string;

beforeAll(async () => {
  await run(process.execPath, ["--import", "tsx", "scripts/build.ts"]);
  stage = await startStage();
  row = await stage.record({ 名称: "数据安全", 数量: 2 });
}, 180_000);
afterAll(() => stage.close());

/** The workspace page as a person has it, with a plugin by `?plugin=URL`. */
async function workspace(version: string) {
  const { page, trouble, close } = await openPage(stage.browser, { viewport: { width: 1400, height: 860 } });
  await page.addInitScript((as) => (document.cookie = `sandbox_person=${as}; path=/`), LIN);
  const query = new URLSearchParams({ plugin: `${stage.pluginOrigin}/${version}/`, as: LIN, lang: "zh" });
  await page.goto(`${stage.box.url}/sandbox/workspace/?${query}#/base/${stage.app}/${stage.table}`);
  return { page, trouble, close, plugin: await pluginFrame(page, stage.pluginOrigin) };
}

test.each(VERSIONS)("the workspace page hosts a plugin on js-sdk %s by its address", async (version) => {
  const { page, plugin, trouble, close } = await workspace(version);
  await page.getByText("数据安全").first().waitFor();
  const before = await plugin.evaluate(async () => {
    const { base, ui } = window.sdk.bitable;
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    base.onSelectionChange(({ data }) => heard.push(data.recordId));
    await ui.showToast({ message: "来自插件" });
    return base.getSelection();
  });
  expect(before).toMatchObject({ baseId: stage.app, tableId: stage.table });
  // The real host always has a view in front.
  expect(before.viewId).toMatch(/^vew/);
  await page.getByText("来自插件").waitFor();
  await page.getByText("数据安全").first().click();
  await plugin.waitForFunction((id) => (Reflect.get(window, "heard") as unknown[]).includes(id), row);
  // What the plugin writes stands in the grid, without loading anything anew.
  await plugin.evaluate(
    async ({ tableId, recordId, words }) => {
      const table = await window.sdk.bitable.base.getTableById(tableId);
      await (await table.getFieldByName("名称")).setValue(recordId, words);
    },
    { tableId: stage.table, recordId: row, words: `写于 ${version}` },
  );
  await page.getByText(`写于 ${version}`).first().waitFor();
  await plugin.evaluate(
    async ({ tableId, recordId }) => {
      const table = await window.sdk.bitable.base.getTableById(tableId);
      await (await table.getFieldByName("名称")).setValue(recordId, "数据安全");
    },
    { tableId: stage.table, recordId: row },
  );
  expect(trouble).toEqual([]);
  await close();
});
