import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, startStage, ENDS, type Version } from "./stage.ts";
import { hostWire } from "./wire.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

/** Refused on purpose: other kinds of plugin, and what the sandbox does not give. */
const REFUSED = [
  "Bridge_getBaseMetaInfo",
  "UI_showDebugEditFieldEditor",
  "UI_showFieldConfigEditor",
  "UI_showFieldCreateEditor",
  "WidgetWorkspace_getBaseList",
  "WidgetWorkspace_getBitableReady",
];

/** Every method a version of the SDK sends: its classes declare them as methods that only throw "not registered". */
function methodsOf(version: Version): string[] {
  const name = version === "1.0.2" ? "@lark-base-open/js-sdk" : `js-sdk-${version}`;
  const dist = join(import.meta.dirname, "../../../node_modules", name, "dist");
  const files = readdirSync(dist).filter((file) => file.endsWith(".mjs"));
  const sources = files.map((file) => readFileSync(join(dist, file), "utf8"));
  const source = sources.find((text) => text.includes('getModuleName(){return"WidgetTable"}')) ?? "";
  const found = new Set<string>();
  for (const module of source.matchAll(/getModuleName\(\)\{return"(\w+)"\}/gu)) {
    const from = source.lastIndexOf("=class", module.index);
    const next = source.indexOf("=class", module.index);
    const body = source.slice(from, next < 0 ? source.length : next);
    const stub =
      /(?<=[};])(\w+)\([^)]*\)\{return \w+\(this,null,function\*\(\)\{throw new \w+(?:\([^)]*\))?\}\)\}/gu;
    for (const [, method] of body.matchAll(stub)) found.add(`${module[1]}_${method}`);
  }
  return [...found].toSorted((a, b) => a.localeCompare(b));
}

test.each(ENDS)("every method of js-sdk %s has an answer", async (version) => {
  const methods = methodsOf(version).filter((name) => !/^(Dashboard|Private)_/.test(name));
  expect(methods.length).toBeGreaterThan(70);
  const { plugin, close } = await stage.open({ version });
  const unknown = await plugin.evaluate(async (names) => {
    const codes = await Promise.all(
      names.map(
        (name) =>
          new Promise<unknown>((resolve) => {
            window.addEventListener("message", ({ data }: MessageEvent) => {
              const { id, payload } = data as { id: string; payload: { res: { code?: number }[] } };
              if (id === `raw ${name}`) resolve(payload.res[0]?.code);
            });
            const params = [{ c: ["tblNone", "none"], p: [] }];
            window.parent.postMessage(
              { type: "invoke", id: `raw ${name}`, payload: { key: `bitable.${name}`, params } },
              "*",
            );
          }),
      ),
    );
    return names.filter((_, index) => codes[index] === 10299997);
  }, methods);
  expect(unknown).toEqual(REFUSED.filter((name) => methods.includes(name)));
  await close();
});

test("a listener that goes and comes back hears, once", async () => {
  const { plugin, page, close } = await stage.open();
  const heard = await plugin.evaluate(async () => {
    const { base, bridge } = window.sdk.bitable;
    let count = 0;
    const on = () => base.onSelectionChange(() => (count += 1));
    // A mount, unmount, mount, as React does it in development.
    on()();
    on();
    Object.assign(window, { count: () => count });
    await bridge.getTheme();
    return count;
  });
  expect(heard).toBe(0);
  await page.waitForFunction(
    () => window.host.log.filter(({ name }) => /egisterBaseEvent/.test(name)).length >= 4,
  );
  await page.evaluate(() => {
    const none = { baseId: null, viewId: null, fieldId: null, recordId: null };
    window.host.hosted.select({ ...none, tableId: "tbl1" });
    // The same mark again is no change.
    window.host.hosted.select({ ...none, tableId: "tbl1" });
  });
  const count = await plugin.evaluate(async () => {
    await window.sdk.bitable.bridge.getTheme();
    return (window as unknown as { count: () => number }).count();
  });
  expect(count).toBe(1);
  await close();
});

test("calls of one method in one batch, tables mixed, and a thousand of them", async () => {
  const { plugin, page, close } = await stage.open();
  const ids = [await stage.record({ 数量: 1 }), await stage.record({ 数量: 2 })];
  const result = await plugin.evaluate(
    async ({ tables, records }) => {
      const { base } = window.sdk.bitable;
      const names = await Promise.all(
        tables.map(async (id) => {
          const table = await base.getTableById(id);
          return table.getName();
        }),
      );
      const table = await base.getTableById(tables[0]!);
      const number = await table.getFieldByName("数量");
      const values = await Promise.all(
        Array.from({ length: 1500 }, (_, n) => table.getCellValue(number.id, records[n % 2]!)),
      );
      return { names, sum: (values as number[]).reduce((a, b) => a + b, 0) };
    },
    { tables: [stage.table, stage.other], records: ids },
  );
  expect(result).toEqual({ names: ["分享", "主题"], sum: 750 * 1 + 750 * 2 });
  const sizes = await page.evaluate(() =>
    window.host.log
      .filter(({ name }) => name === "bitable.WidgetTable_getCellValue")
      .map(({ detail }) => (detail as { res: unknown[] }).res.length),
  );
  expect(sizes).toEqual([1000, 500]);
  await close();
});

test("what is seldom asked: widths, heights, groups, dependencies, children, many records", async () => {
  const host = hostWire(stage);
  const { table, other } = stage;
  const metas = await host.ok<{ name: string; id: string }[]>("WidgetTable_getFieldMetaList", [table]);
  const idOf = (name: string) => metas.find((one) => one.name === name)?.id;
  const views = await host.ok<{ id: string }[]>("WidgetTable_getViewMetaList", [table]);
  const view = [table, views[0]?.id];
  expect(await host.ok("WidgetView_getFieldWidth", view, idOf("名称"))).toBe(200);
  await host.ok("WidgetView_setFieldWidth", view, idOf("名称"), 320);
  expect(await host.ok("WidgetView_getFieldWidth", view, idOf("名称"))).toBe(320);
  await host.ok("WidgetView_setRowHeight", view, 3);
  expect(await host.ok("WidgetView_getRowHeight", view)).toBe(3);
  await host.ok("WidgetView_setGroupInfo", view, [{ fieldId: idOf("状态"), desc: true }]);
  expect(await host.ok("WidgetView_getGroupInfo", view)).toEqual([{ fieldId: idOf("状态"), desc: true }]);
  expect(await host.ok("WidgetView_getChildRecordIdListByPage", view, { parentRecordId: "rec1" })).toEqual({
    total: 0,
    hasMore: false,
    recordIds: [],
  });
  const link = [table, idOf("关联")];
  const [target] = await host.ok<{ tableId: string; fieldId: string }[]>("WidgetField_getDependency", link);
  expect(target?.tableId).toBe(other);
  expect(await host.ok("WidgetField_getReverseDependency", [other, target?.fieldId])).toEqual([
    { tableId: table, fieldId: idOf("关联") },
  ]);
  const rows: string[] = [];
  for (const n of [1, 2, 3]) rows.push(await stage.record({ 数量: n }));
  const read = await host.ok<{ fields: Record<string, unknown> }[]>(
    "WidgetTable_getRecordsByIds",
    [table],
    rows,
  );
  expect(read.map(({ fields }) => fields[idOf("数量") ?? ""])).toEqual([1, 2, 3]);
  const many = Array.from({ length: 1001 }, () => rows[0]);
  expect((await host.call("WidgetTable_getRecordsByIds", [table], many)).error?.code).toBe(10214001);
  const texts = await host.ok<{ records: { recordId: string; fields: Record<string, string> }[] }>(
    "WidgetTable_getRecordsByPage",
    [table],
    { stringValue: true, pageSize: 1 },
  );
  expect(texts.records[0]?.fields[idOf("数量") ?? ""]).toBe("3.00");
  expect(await host.ok("WidgetBase_setTable", [], other, { name: "主题库" })).toBe(other);
  expect(await host.ok("WidgetBase_getTableMetaById", [], other)).toEqual({
    id: other,
    name: "主题库",
    isSync: false,
  });
  expect((await host.call("WidgetBase_setTable", [], other, { name: "分享" })).error?.code).toBe(10212995);
});
