import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ConflictError, NotFoundError } from "#server/errors.ts";
import type { TableRef } from "#server/feishu/gateway.ts";
import { colleague, onSandbox, tableWith } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

let on: OnSandbox;
let table: TableRef;
beforeAll(async () => {
  on = await onSandbox();
  table = await tableWith(on.gateway, "分享");
});
afterAll(() => on.sandbox.close());

describe("a Base", () => {
  test("says its name, and per table a revision that grows with each write", async () => {
    const { bases, records } = on.gateway;
    expect(await bases.getApp(table.appToken)).toMatchObject({ name: "分享", appToken: table.appToken });
    const revision = async () =>
      (await bases.listTables(table.appToken)).find((one) => one.tableId === table.tableId)?.revision ?? 0;
    const before = await revision();
    await records.create(table, { 主题: "谈判" }, { key: "rev" });
    expect(await revision()).toBeGreaterThan(before);
  });

  test("fields are created once per key, changed as a whole, and unchanged is no error", async () => {
    const { bases } = on.gateway;
    const spec = { field_name: "状态", type: 3, property: { options: [{ name: "已排" }, { name: "已开" }] } };
    await on.fault("drop-after", "POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/fields");
    const made = await bases.createField(table, spec, { key: "field:状态" });
    const same = (await bases.listFields(table)).filter((field) => field.field_name === "状态");
    expect(same.map((field) => field.field_id)).toEqual([made.field_id]);
    const now = { field_name: "情况", type: 3, property: same[0]?.property ?? null };
    expect(await bases.updateField(table, made.field_id, now)).toMatchObject({ field_name: "情况" });
    expect(await bases.updateField(table, made.field_id, now)).toBeNull();
  });

  test("a name taken is a conflict, a table gone is not found", async () => {
    const { bases } = on.gateway;
    await expect(
      bases.createField(table, { field_name: "主题", type: 1 }, { key: "field:double" }),
    ).rejects.toBeInstanceOf(ConflictError);
    await expect(bases.listFields({ ...table, tableId: "tblGone" })).rejects.toBeInstanceOf(NotFoundError);
  });

  test("views and forms", async () => {
    const { bases } = on.gateway;
    const fields = await bases.listFields(table);
    const hidden = fields.find((field) => field.field_name === "次数");
    const view = await bases.createView(table, { name: "待办", type: "grid" });
    await bases.patchView(table, view.viewId, { property: { hidden_fields: [hidden?.field_id ?? ""] } });
    const form = await bases.createView(table, { name: "想听什么", type: "form" });
    expect(await bases.listViews(table)).toEqual(expect.arrayContaining([view, form]));
    const patched = await bases.patchForm(table, form.viewId, {
      shared: true,
      shared_limit: "tenant_editable",
    });
    expect(patched).toMatchObject({ shared: true });
    const [first] = await bases.listFormFields(table, form.viewId);
    await bases.patchFormField(table, form.viewId, first?.fieldId ?? "", {
      title: "您想听什么",
      required: true,
    });
    expect((await bases.listFormFields(table, form.viewId))[0]).toMatchObject({
      title: "您想听什么",
      required: true,
    });
  });

  test("roles and their members", async () => {
    const { bases } = on.gateway;
    const openId = colleague(on.sandbox, "ou_reader", "王芳");
    await bases.updateApp(table.appToken, { isAdvanced: true });
    const role = await bases.createRole(table.appToken, {
      role_name: "学员",
      table_roles: [{ table_id: table.tableId, table_perm: 1 }],
    });
    await bases.addRoleMember(table.appToken, role.role_id, openId);
    expect((await bases.listRoles(table.appToken)).map((one) => one.role_name)).toContain("学员");
    expect(await bases.listRoleMembers(table.appToken, role.role_id)).toMatchObject([{ openId }]);
  });
});
