import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hosted, LIN, type Stage, startStage, XU } from "./stage.ts";
import { hostWire } from "./wire.ts";

let stage: Stage;
let hosted: Hosted;

beforeAll(async () => {
  stage = await startStage();
  for (let n = 1; n <= 7; n += 1) {
    await stage.record({
      名称: `第 ${n} 场`,
      数量: 8 - n,
      状态: n % 2 === 0 ? "已确认" : "待确认",
      领域: n > 4 ? ["技术"] : ["销售", "技术"],
      日期: Date.parse(`2026-12-0${n}T15:00:00+08:00`),
      锁定: n === 3,
      账号: [{ id: n < 4 ? XU : XU.replaceAll("2", "1") }],
    });
  }
  hosted = await stage.open();
});
afterAll(() => stage.close());

/** Names of the rows that `getRecordsByPage` gives, all pages. `F` in conditions stands for field ids by name. */
function found(params: Record<string, unknown>): Promise<unknown> {
  return hosted.plugin.evaluate(
    async ({ tableId, given }) => {
      const table = await window.sdk.bitable.base.getTableById(tableId);
      const metas = await table.getFieldMetaList();
      const ids = Object.fromEntries(metas.map(({ name, id }) => [name, id]));
      const filled = JSON.parse(JSON.stringify(given), (key, value: unknown) =>
        key === "fieldId" ? (ids[value as string] ?? "fldNone") : value,
      ) as object;
      const out: string[] = [];
      try {
        for (let pageToken: number | undefined; ;) {
          const page = await table.getRecordsByPage({ ...filled, pageSize: 3, pageToken });
          out.push(
            ...page.records.map(({ fields }) => (fields[ids["名称"]!] as { text: string }[])[0]!.text),
          );
          if (page.hasMore === (page.pageToken === undefined)) throw new Error("hasMore without a token");
          if (!page.hasMore) return page.total === out.length ? out : `total ${page.total}`;
          pageToken = page.pageToken;
        }
      } catch (error) {
        return (error as { code?: number }).code ?? String(error);
      }
    },
    { tableId: stage.table, given: params },
  );
}

const where = (fieldId: string, operator: string, value?: unknown, conjunction = "and") => ({
  filter: { conjunction, conditions: [{ fieldId, operator, value }] },
});
const nth = (...list: number[]) => list.map((n) => `第 ${n} 场`);

test.each([
  [where("名称", "contains", "3"), nth(3)],
  [where("数量", "isGreaterEqual", 6), nth(1, 2)],
  [where("日期", "isGreater", Date.parse("2026-12-05T12:00:00+08:00")), nth(5, 6, 7)],
  [where("日期", "is", Date.parse("2026-12-02T01:00:00+08:00")), nth(2)],
  [where("锁定", "is", true), nth(3)],
  [where("账号", "contains", [XU]), nth(1, 2, 3)],
  [where("电话", "isNotEmpty"), []],
  [where("电话", "isEmpty", null), nth(1, 2, 3, 4, 5, 6, 7)],
  [where("编号", "isLess", 3), nth(1, 2)],
  // Not finished: it filters nothing, as in the grid.
  [where("名称", "is", null), nth(1, 2, 3, 4, 5, 6, 7)],
  [where("锁定", "contains", true), 10214999],
])("filter %j", async (params, expected) => {
  // Without a sort the newest comes first.
  expect(await found(params)).toEqual(Array.isArray(expected) ? expected.toReversed() : expected);
});

test("options are named by id; groups of conditions; sort; a view", async () => {
  const host = hostWire(stage);
  const metas = await host.ok<
    { name: string; id: string; property: { options: { id: string; name: string }[] } }[]
  >("WidgetTable_getFieldMetaList", [stage.table]);
  const option = (field: string, name: string) =>
    metas.find((one) => one.name === field)?.property.options.find((one) => one.name === name)?.id;
  expect(await found(where("状态", "is", option("状态", "已确认")))).toEqual(nth(6, 4, 2));
  expect(await found(where("领域", "contains", [option("领域", "销售")]))).toEqual(nth(4, 3, 2, 1));
  const groups = {
    filter: {
      conjunction: "or",
      conditions: [
        { conjunction: "and", conditions: [{ fieldId: "锁定", operator: "is", value: true }] },
        { conjunction: "and", conditions: [{ fieldId: "数量", operator: "isLess", value: 2 }] },
      ],
    },
  };
  expect(await found(groups)).toEqual(nth(7, 3));
  expect(await found({ sort: [{ fieldId: "数量", desc: false }] })).toEqual(nth(7, 6, 5, 4, 3, 2, 1));
  const unknown = {
    filter: { conjunction: "and", conditions: [{ fieldId: "没有", operator: "is", value: "x" }] },
  };
  expect(await found(unknown)).toBe(10213998);
  expect(await found({ sort: [{ fieldId: "没有", desc: true }] })).toBe(10213998);
});

test("what a plugin sets in a view is one person's own until it is saved", async () => {
  const own = hostWire(stage);
  const other = hostWire(stage, XU);
  const grid = async (as: string) => {
    const path = `/people/${as}/bases/${stage.app}/tables/${stage.table}/rows?view=${viewId}`;
    return ((await stage.box.lever("GET", path)).json["rows"] as { id: string }[]).map(({ id }) => id);
  };
  const { viewId } = await own.ok<{ viewId: string }>("WidgetTable_addView", [stage.table], { type: 1 });
  const metas = await own.ok<{ name: string; id: string }[]>("WidgetTable_getFieldMetaList", [stage.table]);
  const number = metas.find(({ name }) => name === "数量")?.id;
  const view = [stage.table, viewId];
  const list = (host: typeof own) => host.ok<string[]>("WidgetView_getVisibleRecordIdList", view);
  const all = await list(own);
  const few = { fieldId: number, operator: "isLess", value: 3 };
  await own.ok("WidgetView_setFilter", view, "AddCondition", few);
  await own.ok("WidgetView_setSortInfo", view, [{ fieldId: number, desc: false }]);
  const mine = await list(own);
  expect(mine).toEqual([all[6], all[5]]);
  expect(await grid(LIN)).toEqual(mine);
  expect(await list(other)).toEqual(all);
  expect(await grid(XU)).toEqual(all);
  // Who may only read may look as they like, but not save it.
  await other.ok("WidgetView_setFilter", view, "AddCondition", { ...few, value: 2 });
  expect(await list(other)).toEqual([all[6]]);
  expect((await other.call("WidgetView_applySetting", view)).error?.code).toBe(10215997);
  await own.ok("WidgetView_applySetting", view);
  const { json } = await stage.call("GET", `${stage.path}/views/${viewId}`);
  const saved = (json.data["view"] as { property: { filter_info: { conditions: unknown[] } } }).property;
  expect(saved.filter_info.conditions).toEqual([
    expect.objectContaining({ field_id: number, operator: "isLess", value: '["3"]' }),
  ]);
  expect(await list(own)).toEqual(mine);
  await own.ok("WidgetTable_deleteView", [stage.table], viewId);
});

test("a view's own filter, sort and hidden fields, changed step by step", async () => {
  const steps = await hosted.plugin.evaluate(async (tableId) => {
    const { bitable, ViewType } = window.sdk;
    const table = await bitable.base.getTableById(tableId);
    const { viewId } = await table.addView({ type: ViewType.Grid, name: "我的" });
    const view = (await table.getViewById(viewId)) as never as import("@lark-base-open/js-sdk").IGridView;
    const number = await table.getFieldByName("数量");
    const state = await table.getFieldByName("状态");
    const title = await table.getFieldByName("名称");
    const shown = async () => {
      const ids = await view.getVisibleRecordIdList();
      return Promise.all(ids.map((id) => table.getCellString(title.id, id!)));
    };
    await view.addFilterCondition({ fieldId: number.id, operator: "isGreater", value: 3 } as never);
    await view.addFilterCondition({ fieldId: number.id, operator: "isLess", value: 6 } as never);
    const both = await shown();
    const info = await view.getFilterInfo();
    await view.setFilterConjunction("or" as never);
    const either = (await shown()).length;
    await view.deleteFilterCondition(info!.conditions[1]!.conditionId!);
    await view.addSort({ fieldId: number.id, desc: false });
    const sorted = await shown();
    await view.hideField(state.id);
    const fields = await view.getVisibleFieldIdList();
    await view.applySetting();
    const page = await view.getVisibleRecordIdListByPage({ pageSize: 2 });
    const byView = await table.getRecordIdListByPage({ viewId });
    const meta = await table.getViewMetaById(viewId);
    await table.setView(viewId, { name: "大家的" });
    const renamed = await view.getName();
    await view.enableSharing();
    const share = [await view.getSharingStatus(), await view.getShareLink()];
    const last = await view.getFilterInfo();
    await view.deleteFilterCondition(last!.conditions[0]!.conditionId!);
    const open = await view.getFilterInfo();
    await table.deleteView(viewId);
    return {
      both,
      conditions: info!.conditions.map(({ fieldType, operator, value }) => [fieldType, operator, value]),
      either,
      sorted,
      hidden: !fields.includes(state.id) && fields.includes(number.id),
      page: [page.recordIds.length, page.total, page.hasMore, page.pageToken],
      byView: byView.recordIds.length,
      meta: [meta.type, (meta.property as { sortInfo: unknown[] }).sortInfo.length],
      renamed,
      share: [share[0], share[1]!.includes(viewId)],
      open,
    };
  }, stage.table);
  expect(steps).toEqual({
    both: nth(3, 4),
    conditions: [
      [2, "isGreater", 3],
      [2, "isLess", 6],
    ],
    either: 7,
    sorted: nth(4, 3, 2, 1),
    hidden: true,
    page: [2, 4, true, 2],
    byView: 4,
    meta: [1, 1],
    renamed: "大家的",
    share: ["Enabled", true],
    open: null,
  });
});

test("the old paging by record id, with formulas, in the SDK that has no other", async () => {
  const { plugin, close } = await stage.open({ version: "0.3.5" });
  const result = await plugin.evaluate(async (tableId) => {
    const table = await window.sdk.bitable.base.getTableById(tableId);
    const title = await table.getFieldByName("名称");
    const words = (records: { fields: Record<string, unknown> }[]) =>
      records.map(({ fields }) => (fields[title.id] as { text: string }[])[0]!.text);
    const first = await table.getRecords({
      pageSize: 2,
      filter: "CurrentValue.[数量]>3",
      sort: '["数量 ASC"]',
    });
    const second = await table.getRecords({
      pageSize: 2,
      pageToken: first.pageToken,
      filter: "CurrentValue.[数量]>3",
      sort: '["数量 ASC"]',
    });
    return {
      pages: [words(first.records), words(second.records)],
      token: first.pageToken === first.records[1]!.recordId,
      last: [second.hasMore, second.pageToken ?? null],
      ids: (await table.getRecordIdList("CurrentValue.[数量]=1" as never)).length,
      wrong: await table.getRecords({ filter: "不懂" }).then(
        () => 0,
        (error: { code: number }) => error.code,
      ),
    };
  }, stage.table);
  expect(result).toEqual({
    pages: [nth(4, 3), nth(2, 1)],
    token: true,
    last: [false, null],
    ids: 1,
    wrong: 10214999,
  });
  await close();
});

test("under advanced permissions a person sees and hears only what their role shows", async () => {
  const { app, table } = stage;
  const call: Stage["call"] = (...args) => stage.call(...args);
  await call("PUT", `/bitable/v1/apps/${app}`, { is_advanced: true });
  await stage.box.lever("POST", "/clock/advance", { ms: 60_000 });
  const made = await call("POST", `/base/v2/apps/${app}/roles`, {
    role_name: "学员",
    table_roles: [
      {
        table_id: table,
        table_perm: 2,
        rec_rule: {
          conditions: [{ field_name: "状态", operator: "is", value: ["已确认"] }],
          conjunction: "and",
        },
        field_perm: { 名称: 3, 状态: 3, 数量: 1 },
        allow_add_record: false,
        allow_delete_record: false,
      },
    ],
  });
  const role = (made.json.data["role"] as { role_id: string }).role_id;
  const members = `/bitable/v1/apps/${app}/roles/${role}/members`;
  const added = await call("POST", members, { member_id: XU }, { member_id_type: "open_id" });
  expect(added.json.code).toBe(0);
  const { plugin, close, trouble } = await stage.open({ as: XU });
  const seen = await plugin.evaluate(async (tableId) => {
    const { bitable } = window.sdk;
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    const own = await bitable.base.getTableById(tableId);
    own.onRecordAdd(({ data }) => heard.push(["add", data]));
    own.onRecordModify(({ data }) => heard.push(["modify", data]));
    own.onRecordDelete(({ data }) => heard.push(["delete", data]));
    await bitable.base.getSelection();
    const ids = await own.getRecordIdList();
    const number = await own.getFieldByName("数量");
    const code = (asked: Promise<unknown>) =>
      asked.then(
        () => 0,
        (error: { code: number }) => error.code,
      );
    const may = (entity: string, type: string) =>
      bitable.base.getPermission({ entity, type, param: { tableId, recordId: ids[0] } } as never);
    return {
      tables: (await bitable.base.getTableMetaList()).map(({ name }) => name),
      fields: (await own.getFieldMetaList()).map(({ name }) => name),
      rows: ids.length,
      fixed: await code(own.setCellValue(number.id, ids[0]!, 5 as never)),
      hidden: await code(own.getFieldByName("日期")),
      added: await code(own.addRecord({ fields: {} })),
      shape: await code(own.addField({ type: 1, name: "新" })),
      table: await may("Table", "editable"),
      record: await may("Record", "editable"),
    };
  }, table);
  expect(seen).toEqual({
    tables: ["分享"],
    fields: ["名称", "数量", "状态"],
    rows: 3,
    fixed: 10216997,
    hidden: 10213998,
    added: 10214997,
    shape: 10213997,
    table: false,
    record: true,
  });
  // One row comes into sight, is changed where XU does not see it, and leaves again.
  const unseen = (await stage.search()).json.data["items"] as { record_id: string }[];
  const id = unseen[0]!.record_id;
  for (const fields of [{ 状态: "已确认" }, { 锁定: true }, { 名称: "改" }, { 状态: "待确认" }])
    await call("PUT", `${stage.path}/records/${id}`, { fields });
  await plugin.waitForFunction(() => JSON.stringify(Reflect.get(window, "heard")).includes("delete"));
  const title = await hostWire(stage, XU).ok<{ id: string; name: string }[]>("WidgetTable_getFieldMetaList", [
    table,
  ]);
  expect(await plugin.evaluate(() => Reflect.get(window, "heard") as unknown)).toEqual([
    ["add", [id]],
    ["modify", { recordId: id, fieldIds: [title[0]!.id] }],
    ["delete", [id]],
  ]);
  expect(trouble).toEqual([]);
  await close();
});
