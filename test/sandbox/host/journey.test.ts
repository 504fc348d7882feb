import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, startStage, VERSIONS } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

test.each(VERSIONS)("js-sdk %s reads and writes tables, fields, views and records", async (version) => {
  await stage.record({ 名称: `已有 ${version}`, 数量: 1, 状态: "待确认", 领域: ["销售"] });
  const { plugin, trouble, close } = await stage.open({ version });
  const seen = await plugin.evaluate(async (name) => {
    const { bitable, FieldType, ViewType } = window.sdk;
    const active = await bitable.base.getActiveTable();
    const table = await bitable.base.getTable("分享");
    const metas = await table.getFieldMetaList();
    const fields = await table.getFieldList();
    const title = await table.getFieldByName("名称");
    const state = await table.getField<never>("状态");
    const all = await table.getRecordIdList();
    const before = all.length;

    const added = await table.addRecord({ fields: { [title.id]: [{ type: "text", text: name }] as never } });
    const [one, two] = await table.addRecords([
      { fields: { [title.id]: [{ type: "text", text: `${name} 甲` }] as never } },
      { fields: { [title.id]: [{ type: "text", text: `${name} 乙` }] as never } },
    ]);
    const cell = await title.createCell(`${name} 丙`);
    const three = await table.addRecord(cell);
    await title.setValue(added, `${name} 改`);
    await (state as { setValue(record: string, value: string): Promise<unknown> }).setValue(added, "已确认");
    await table.setRecord(one!, { fields: { [title.id]: [{ type: "text", text: `${name} 一` }] as never } });
    await table.setRecords([
      { recordId: two!, fields: { [title.id]: [{ type: "text", text: `${name} 二` }] as never } },
    ]);
    const values = await Promise.all(
      [added, one!, two!, three].map((id) => title.getValue(id) as Promise<unknown>),
    );
    const strings = await Promise.all(
      [added, one!].map(async (id) => [
        await table.getCellString(title.id, id),
        await (state as { getCellString(record: string): Promise<string> }).getCellString(id),
      ]),
    );
    const record = await table.getRecordById(added);
    const page = await table.getRecords({ pageSize: 3 });
    const next = await table.getRecords({ pageSize: 200, pageToken: page.pageToken });
    const list = await table.getRecordList();
    const listed = [...list].map(({ id }) => id);
    const column = await title.getFieldValueList();

    const views = await table.getViewMetaList();
    const { viewId } = await table.addView({ name: `视图 ${name}`, type: ViewType.Grid });
    const view = await table.getViewById(viewId);
    const visible = await view.getVisibleRecordIdList();
    const viewNames = (await table.getViewMetaList()).map((meta) => meta.name);
    await table.deleteView(viewId);

    const fieldId = await table.addField({ type: FieldType.Number, name: `新 ${name}` });
    const number = await table.getFieldById(fieldId);
    await number.setValue(added, 42);
    const got: unknown = await number.getValue(added);
    await table.deleteField(fieldId);

    const { tableId } = await bitable.base.addTable({ name: `表 ${name}`, fields: [] });
    const tableName = await (await bitable.base.getTableById(tableId)).getName();
    await bitable.base.deleteTable(tableId);

    await table.deleteRecord(three);
    await table.deleteRecords([added, one!, two!]);
    const after = (await table.getRecordIdList()).length;
    return {
      active: active.id === table.id,
      names: metas.map((meta) => meta.name),
      fields: fields.length,
      before,
      values,
      strings,
      state: record.fields[(state as { id: string }).id],
      paged: [page.records.length, page.hasMore, page.records.length + next.records.length === page.total],
      listed: listed.length === page.total && listed.includes(added),
      column: [column.length === page.total, column.find((one) => one.record_id === added)?.value],
      views: views.map((meta) => [meta.name, meta.type]),
      viewNames,
      visible: visible.length === page.total,
      got,
      tableName,
      after,
    };
  }, version);
  const segment = (text: string) => [{ type: "text", text }];
  expect(seen).toEqual({
    active: true,
    names: [
      "名称",
      "数量",
      "状态",
      "领域",
      "日期",
      "锁定",
      "账号",
      "电话",
      "链接",
      "附件",
      "位置",
      "群",
      "创建时间",
      "更新时间",
      "创建人",
      "编号",
      "评级",
      "关联",
    ],
    fields: 18,
    before: VERSIONS.indexOf(version) + 1,
    values: [`${version} 改`, `${version} 一`, `${version} 二`, `${version} 丙`].map(segment),
    strings: [
      [`${version} 改`, "已确认"],
      [`${version} 一`, ""],
    ],
    state: { id: expect.stringMatching(/^opt/) as string, text: "已确认" },
    paged: [3, true, true],
    listed: true,
    column: [true, segment(`${version} 改`)],
    views: [["全部", 1]],
    viewNames: ["全部", `视图 ${version}`],
    visible: true,
    got: 42,
    tableName: `表 ${version}`,
    after: VERSIONS.indexOf(version) + 1,
  });
  expect(trouble).toEqual([]);
  await close();
});

test.each(VERSIONS)("js-sdk %s hears the mark move, and changes by whomever", async (version) => {
  const { plugin, page, trouble, close } = await stage.open({ version });
  const tableId = stage.table;
  await plugin.evaluate(async (id) => {
    const { bitable } = window.sdk;
    const heard: unknown[][] = [];
    Object.assign(window, { heard });
    const table = await bitable.base.getTableById(id);
    bitable.base.onSelectionChange(({ data }) => heard.push(["mark", data.recordId]));
    table.onRecordAdd(({ data }) => heard.push(["add", data]));
    table.onRecordModify(({ data }) => heard.push(["modify", data]));
    table.onRecordDelete(({ data }) => heard.push(["delete", data]));
    table.onFieldAdd(() => heard.push(["field add"]));
    table.onFieldModify(() => heard.push(["field modify"]));
    table.onFieldDelete(() => heard.push(["field delete"]));
    bitable.base.onTableAdd(() => heard.push(["table add"]));
    bitable.base.onTableDelete(() => heard.push(["table delete"]));
    bitable.bridge.onThemeChange(({ data }) => heard.push(["theme", data.theme]));
    // The registrations leave at once, each by itself: the answer to a later call comes after them.
    await bitable.base.getSelection();
    await bitable.bridge.getTheme();
  }, tableId);
  await page.waitForFunction(() => window.host.log.filter(({ name }) => /_register/.test(name)).length >= 11);

  await page.evaluate((table) => {
    window.host.hosted.select({
      baseId: null,
      tableId: table,
      viewId: null,
      fieldId: null,
      recordId: "rec1",
    });
    window.host.hosted.setEnvironment({ theme: "DARK" });
  }, tableId);
  // The server writes by the Open API, as the app.
  const id = await stage.record({ 名称: "来自接口" });
  await stage.call("PUT", `${stage.path}/records/${id}`, { fields: { 数量: 3 } });
  const made = await stage.call("POST", `${stage.path}/fields`, { field_name: `临时 ${version}`, type: 1 });
  const field = (made.json.data["field"] as { field_id: string }).field_id;
  await stage.call("PUT", `${stage.path}/fields/${field}`, { field_name: `改名 ${version}`, type: 1 });
  await stage.call("DELETE", `${stage.path}/fields/${field}`);
  await stage.call("DELETE", `${stage.path}/records/${id}`);
  const more = await stage.call("POST", `/bitable/v1/apps/${stage.app}/tables`, {
    table: { name: `又 ${version}` },
  });
  await plugin.waitForFunction(() => JSON.stringify(Reflect.get(window, "heard")).includes("table add"));
  await stage.call("DELETE", `/bitable/v1/apps/${stage.app}/tables/${more.json.data["table_id"] as string}`);
  await plugin.waitForFunction(() => JSON.stringify(Reflect.get(window, "heard")).includes("table delete"));
  const heard = await plugin.evaluate(() => (window as unknown as { heard: unknown[][] }).heard);
  const number = (await fieldIds())["数量"];
  expect(heard).toEqual([
    ["mark", "rec1"],
    ["theme", "DARK"],
    ["add", [id]],
    ["modify", { recordId: id, fieldIds: [number] }],
    ["field add"],
    ["field modify"],
    ["field delete"],
    ["delete", [id]],
    ["table add"],
    ["table delete"],
  ]);
  expect(trouble).toEqual([]);
  await close();
});

async function fieldIds(): Promise<Record<string, string>> {
  const { json } = await stage.call("GET", `${stage.path}/fields`, undefined, { page_size: "100" });
  const items = json.data["items"] as { field_id: string; field_name: string }[];
  return Object.fromEntries(items.map(({ field_id, field_name }) => [field_name, field_id]));
}

test.each(VERSIONS)("js-sdk %s is refused with the SDK's codes, one call at a time", async (version) => {
  const { plugin, close } = await stage.open({ version });
  const id = await stage.record({ 名称: "在", 数量: 1.5 });
  const codes = await plugin.evaluate(
    async ({ tableId, recordId }) => {
      const { bitable } = window.sdk;
      const table = await bitable.base.getTableById(tableId);
      const number = await table.getFieldByName("数量");
      const code = (call: Promise<unknown>) =>
        call.then(
          (value) => value,
          (error: { code?: number }) => error.code ?? "an error without code",
        );
      const many = Array.from({ length: 201 }, () => ({ fields: {} }));
      // One batch on the wire: the wrong one in the middle must not spoil its neighbours.
      const batch = await Promise.all(
        [recordId, "recNone", recordId].map((one) => code(table.getCellValue(number.id, one))),
      );
      return {
        batch,
        table: await code(bitable.base.getTableById("tblNone")),
        name: await code(bitable.base.getTableByName("没有这张表")),
        field: await code(table.getFieldMetaById("fldNone")),
        view: await code(table.getViewMetaById("vewNone")),
        many: await code(table.addRecords(many as never)),
        page: await code(table.getRecords({ pageSize: 201 })),
        bare: await code(table.setCellValue(number.id, recordId, "七" as never)),
        text: await code(
          table.setCellValue((await table.getFieldByName("名称")).id, recordId, "bare" as never),
        ),
        own: await code(table.setCellValue((await table.getFieldByName("编号")).id, recordId, "1" as never)),
        double: await code(table.setField(number.id, { name: "名称" } as never)),
        last: await code(table.deleteView((await table.getViewMetaList())[0]!.id)),
        nan: await code(table.setCellValue(number.id, recordId, Number.NaN as never)),
        still: await code(table.getCellValue(number.id, recordId)),
      };
    },
    { tableId: stage.table, recordId: id },
  );
  expect(codes).toEqual({
    batch: [1.5, 10214998, 1.5],
    table: 10212998,
    name: 10212998,
    field: 10213998,
    view: 10215998,
    many: 10214001,
    page: 10214001,
    bare: 10216999,
    text: 10216999,
    own: 10216997,
    double: 10213995,
    last: 10215001,
    nan: 10216999,
    still: 1.5,
  });
  await stage.call("DELETE", `${stage.path}/records/${id}`);
  await close();
});
