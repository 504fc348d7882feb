import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, startStage, ENDS } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

test.each(ENDS)("the form builder of js-sdk %s finds tables, fields and views by itself", async (version) => {
  const { plugin, trouble, close } = await stage.open({ version });
  await plugin.evaluate(() => {
    const { UIBuilder, bitable } = window.sdk;
    const root = document.createElement("div");
    document.body.append(root);
    void new UIBuilder(root, {
      bitable,
      translation: { i18n: { language: "zh" } },
      callback: (ui) => {
        ui.form(
          (form) => ({
            formItems: [
              form.tableSelect("table", { label: "数据表" }),
              form.fieldSelect("field", { label: "字段", sourceTable: "table" }),
              form.viewSelect("view", { label: "视图", sourceTable: "table" }),
              form.input("words", { label: "内容", defaultValue: "写入" }),
            ],
            buttons: ["确定"],
          }),
          async ({ values }) => {
            const { table, field, words } = values as Record<string, unknown>;
            const made = await (table as import("@lark-base-open/js-sdk").ITable).addRecord();
            await (field as import("@lark-base-open/js-sdk").IField).setValue(made, words as string);
            ui.markdown(`完成 ${made}`);
          },
        );
      },
    });
  });
  await plugin.getByText("分享").first().waitFor();
  await plugin.locator(".ant-select").nth(1).click();
  await plugin.locator(".ant-select-item-option", { hasText: "名称" }).first().click();
  await plugin.getByRole("button", { name: /确\s*定/u }).click();
  await plugin.getByText(/完成 rec/u).waitFor();
  const names = (await stage.search()).json.data["items"] as { fields: { 名称?: { text: string }[] } }[];
  expect(names.at(-1)?.fields["名称"]?.[0]?.text).toBe("写入");
  expect(trouble).toEqual([]);
  await close();
});
