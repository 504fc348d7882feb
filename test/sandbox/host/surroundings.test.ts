import { afterAll, beforeAll, expect, test } from "vitest";
import { LIN, type Stage, startStage, ENDS, XU } from "./stage.ts";

let stage: Stage;
let row: string;
beforeAll(async () => {
  stage = await startStage();
  row = await stage.record({ 名称: "数据安全" });
});
afterAll(() => stage.close());

test.each(ENDS)("js-sdk %s learns its surroundings, and none of it is an identity", async (version) => {
  const { plugin, trouble, close } = await stage.open({ version, query: { locale: "en-US" } });
  const known = await plugin.evaluate(async () => {
    const { bridge, base } = window.sdk.bitable;
    return {
      theme: await bridge.getTheme(),
      locale: await bridge.getLocale(),
      language: await bridge.getLanguage(),
      tenant: await bridge.getTenantKey(),
      env: await bridge.getEnv(),
      instance: await bridge.getInstanceId(),
      user: await bridge.getUserId(),
      editable: await base.isEditable(),
      mark: await base.getSelection(),
    };
  });
  expect(known).toEqual({
    theme: "LIGHT",
    locale: "en-US",
    language: "en",
    tenant: "tenant_sandbox",
    env: { product: "feishu", needChangeBase: false },
    instance: "plugin_under_test",
    user: expect.stringMatching(/^ou_[0-9a-f]{32}$/) as string,
    editable: true,
    mark: { baseId: stage.app, tableId: stage.table, viewId: null, fieldId: null, recordId: null },
  });
  expect(known.user).not.toBe(LIN);
  expect(trouble).toEqual([]);
  await close();
});

test.each(ENDS)("js-sdk %s asks the page for toasts, pickers and places", async (version) => {
  const { plugin, page, trouble, close } = await stage.open({ version });
  await page.evaluate((id) => void (window.host.chosen = [id]), row);
  const result = await plugin.evaluate(
    async ({ tableId, recordId }) => {
      const { bitable, ToastType } = window.sdk;
      const table = await bitable.base.getTableById(tableId);
      const [view] = await table.getViewList();
      const { ui } = bitable;
      return {
        viewId: view?.id,
        toast: await ui.showToast({ toastType: ToastType.success, message: "好了" }),
        plain: await ui.showToast({ message: "注意" }),
        chosen: await ui.selectRecordIdList(tableId, view?.id ?? ""),
        table: await ui.switchToTable(tableId),
        view: await ui.switchToView(tableId, view?.id ?? ""),
        colors: (await ui.getSelectOptionColorInfoList()).map(({ id }) => id),
        size: await ui.setHostContainerSize("large" as never),
        closed: await ui.closeHostContainer(),
        lost: await ui.switchToTable("tblNone").catch((error: { code: number }) => error.code),
        url: await bitable.bridge.getBitableUrl({ tableId, viewId: view?.id ?? "", recordId, fieldId: null }),
      };
    },
    { tableId: stage.table, recordId: row },
  );
  expect(result).toEqual({
    viewId: expect.stringMatching(/^vew/) as string,
    toast: true,
    plain: true,
    chosen: [row],
    table: true,
    view: true,
    colors: Array.from({ length: 55 }, (_, id) => id),
    size: true,
    closed: true,
    lost: 10212998,
    url: expect.stringContaining(`recordId=${row}`) as string,
  });
  expect(await page.evaluate(() => window.host.asked)).toEqual([
    ["toast", "success", "好了"],
    ["toast", "info", "注意"],
    ["selectRecords", stage.table, result.viewId],
    ["showTable", stage.table],
    ["showView", stage.table, result.viewId],
    ["resize", "large"],
    ["close"],
  ]);
  expect(trouble).toEqual([]);
  await close();
});

test("the newest SDK: record card, cell editor, ticked rows, its own data", async () => {
  const { plugin, page, trouble, close } = await stage.open();
  const second = await stage.open({ as: XU });
  await second.plugin.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.sdk.bitable.bridge.onDataChange(({ data }) => heard.push(data));
    return window.sdk.bitable.bridge.getTheme();
  });
  await page.evaluate((id) => void (window.host.ticked = [id]), row);
  const result = await plugin.evaluate(
    async ({ tableId, recordId }) => {
      const { bitable } = window.sdk;
      const table = await bitable.base.getTableById(tableId);
      const [view] = (await table.getViewList()) as unknown as {
        id: string;
        getSelectedRecordIdList(): Promise<string[]>;
      }[];
      const field = (await table.getFieldMetaList())[0]!.id;
      await bitable.ui.showRecordDetailDialog({ tableId, recordId });
      return {
        field,
        edited: await bitable.ui.showFieldValueEditor({
          tableId,
          recordId,
          fieldId: field,
          viewId: view!.id,
        }),
        ticked: await view!.getSelectedRecordIdList(),
        stored: await bitable.bridge.setData("草稿", { 第一: [1, 2] }),
        read: await bitable.bridge.getData("草稿"),
        none: (await bitable.bridge.getData("没有")) === undefined,
        base: await bitable.bridge.getBaseUserId(),
        share: await table.getRecordShareLink(recordId),
      };
    },
    { tableId: stage.table, recordId: row },
  );
  expect(result).toMatchObject({
    edited: true,
    ticked: [row],
    stored: true,
    read: { 第一: [1, 2] },
    none: true,
  });
  expect(result.base).toMatch(/^7\d{18}$/);
  expect(result.share).toContain(row);
  expect(await page.evaluate(() => window.host.asked)).toEqual([
    ["showRecord", { tableId: stage.table, recordId: row, fieldIds: null }],
    ["editCell", expect.objectContaining({ recordId: row, fieldId: result.field })],
  ]);
  // Another person's window of the same plugin hears of the data, and reads it.
  await second.plugin.waitForFunction(() => (Reflect.get(window, "heard") as unknown[]).length > 0);
  expect(await second.plugin.evaluate(() => Reflect.get(window, "heard") as unknown)).toEqual([
    { keys: ["草稿"] },
  ]);
  expect(await second.plugin.evaluate(() => window.sdk.bitable.bridge.getData("草稿"))).toEqual({
    第一: [1, 2],
  });
  expect([...trouble, ...second.trouble]).toEqual([]);
  await close();
  await second.close();
});

test("js-sdk 0.3.5 keeps its data as one object", async () => {
  const { plugin, close } = await stage.open({ version: "0.3.5" });
  const data = await plugin.evaluate(async () => {
    const bridge = window.sdk.bitable.bridge as unknown as {
      setData(data: object): Promise<void>;
      getData(): Promise<unknown>;
    };
    await bridge.setData({ 一: 1 });
    return bridge.getData();
  });
  expect(data).toMatchObject({ 一: 1 });
  await close();
});

test.each(ENDS)("js-sdk %s uploads files into a cell and reads them back", async (version) => {
  const { plugin, trouble, close } = await stage.open({ version });
  const result = await plugin.evaluate(
    async ({ tableId, recordId }) => {
      const { bitable } = window.sdk;
      const table = await bitable.base.getTableById(tableId);
      const field = await table.getFieldByName("附件");
      const files = [
        new File(["第一"], "一.txt", { type: "text/plain" }),
        new File([new Uint8Array([1, 2, 3])], "二.bin", { type: "application/octet-stream" }),
      ];
      await field.setValue(recordId, files);
      const held = (await field.getValue(recordId)) as {
        name: string;
        size: number;
        type: string;
        token: string;
      }[];
      const urls = await (
        field as unknown as { getAttachmentUrls(id: string): Promise<string[]> }
      ).getAttachmentUrls(recordId);
      const bodies = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
      const one = await table.getAttachmentUrl(held[0]!.token, field.id, recordId);
      const code = (call: Promise<unknown>) =>
        call.then(
          () => 0,
          (error: { code: number }) => error.code,
        );
      return {
        held: held.map(({ name, size, type }) => ({ name, size, type })),
        first: bodies[0],
        second: bodies[1]?.length,
        again: await (await fetch(one)).text(),
        text: await table.getCellString(field.id, recordId),
        foreign: await code(table.getCellAttachmentUrls(["boxNone"], field.id, recordId)),
        blob: await code(bitable.base.batchUploadFile([new Blob(["x"])] as never)),
        long: await code(bitable.base.batchUploadFile([new File(["x"], "长".repeat(251))])),
        nothing: await code(bitable.base.batchUploadFile([])),
      };
    },
    { tableId: stage.table, recordId: row },
  );
  expect(result).toEqual({
    held: [
      { name: "一.txt", size: 6, type: "text/plain" },
      { name: "二.bin", size: 3, type: "application/octet-stream" },
    ],
    first: "第一",
    second: 3,
    again: "第一",
    text: "一.txt,二.bin",
    foreign: 10216997,
    blob: 10216999,
    long: 10216999,
    nothing: 10216999,
  });
  expect(trouble).toEqual([]);
  await close();
});

test("the deprecated upload tells of its progress", async () => {
  const { plugin, close } = await stage.open();
  const last = await plugin.evaluate(async () => {
    const { base } = window.sdk.bitable;
    const done = new Promise((resolve) => {
      base.onUploadStatusChange(({ data }) => {
        const [task] = data.tasks.list;
        if (task?.status === 3)
          resolve({ id: data.id, name: task.name, progress: task.progress, token: task.token });
      });
    });
    await base.getSelection();
    const id = await base.uploadFile(new File(["内容"], "旧.txt"));
    return { id, told: (await done) as { id: string } };
  });
  expect(last.told).toEqual({
    id: last.id,
    name: "旧.txt",
    progress: 100,
    token: expect.stringMatching(/^box/) as string,
  });
  await close();
});

test("who may only read is refused with codes, and asks may know it before", async () => {
  const { plugin, close } = await stage.open({ as: XU });
  const result = await plugin.evaluate(
    async ({ tableId, recordId }) => {
      const { bitable, PermissionEntity, OperationType } = window.sdk;
      const table = await bitable.base.getTableById(tableId);
      const title = await table.getFieldByName("名称");
      const code = (call: Promise<unknown>) =>
        call.then(
          (value) => value,
          (error: { code: number }) => error.code,
        );
      const may = (entity: string, type: string, param: object) =>
        bitable.base.getPermission({ entity, type, param: { tableId, ...param } } as never);
      return {
        read: await title.getValue(recordId),
        editable: await bitable.base.isEditable(),
        seen: await may(PermissionEntity.Cell, OperationType.Visible, { recordId, fieldId: title.id }),
        cell: await may(PermissionEntity.Cell, OperationType.Editable, { recordId, fieldId: title.id }),
        add: await may(PermissionEntity.Record, OperationType.Addable, {}),
        copy: await bitable.base.getBasePermission(OperationType.Copyable),
        manage: await bitable.base.getBasePermission(OperationType.Manageable),
        set: await code(title.setValue(recordId, "改")),
        added: await code(table.addRecord({ fields: {} })),
        removed: await code(table.deleteRecord(recordId)),
        field: await code(table.addField({ type: 1, name: "新" })),
        view: await code(table.addView({ type: 1, name: "新" })),
        table: await code(bitable.base.addTable({ name: "新", fields: [] })),
        upload: await code(bitable.base.batchUploadFile([new File(["x"], "x.txt")])),
      };
    },
    { tableId: stage.table, recordId: row },
  );
  expect(result).toEqual({
    read: [{ type: "text", text: "数据安全" }],
    editable: false,
    seen: true,
    cell: false,
    add: false,
    copy: true,
    manage: false,
    set: 10216997,
    added: 10214997,
    removed: 10214997,
    field: 10213997,
    view: 10215997,
    table: 10212997,
    upload: 10216997,
  });
  await close();
});

test("a permission that changes is told, and a stranger sees no table at all", async () => {
  const { plugin, page, trouble, close } = await stage.open({ as: XU });
  await plugin.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.sdk.bitable.base.onPermissionChange(() => heard.push("permission"));
    return window.sdk.bitable.bridge.getTheme();
  });
  const members = `/bases/${stage.app}/members`;
  await stage.box.lever("POST", members, { member_id: XU, type: "user", perm: "edit" });
  await plugin.waitForFunction(() => (Reflect.get(window, "heard") as unknown[]).length === 1);
  expect(await plugin.evaluate(() => window.sdk.bitable.base.isEditable())).toBe(true);
  await stage.box.lever("POST", members, { member_id: XU, type: "user", perm: "none" });
  await plugin.waitForFunction(() => (Reflect.get(window, "heard") as unknown[]).length === 2);
  const code = await plugin.evaluate(() =>
    window.sdk.bitable.base.getTableMetaList().then(
      () => 0,
      (error: { code: number }) => error.code,
    ),
  );
  expect(code).toBe(10212997);
  // The SDK asks for the permissions again; a falsy `copyable` would cancel copying in the plugin.
  const asked = await page.evaluate(
    () => window.host.log.filter(({ name }) => name === "bitable.WidgetBase_getBasePermission").length,
  );
  expect(asked).toBe(6);
  await stage.box.lever("POST", members, { member_id: XU, type: "user", perm: "view" });
  expect(trouble).toEqual([]);
  await close();
});
