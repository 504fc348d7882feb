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
          ({ values }) => {
            const { table, field, words } = values as {
              table: import("@lark-base-open/js-sdk").ITable;
              field: import("@lark-base-open/js-sdk").IField;
              words: string;
            };
            const write = async () => {
              const made = await table.addRecord();
              await field.setValue(made, words);
              ui.markdown(`完成 ${made}`);
            };
            // The builder hands null for a field it could not fetch: say what went wrong instead of waiting.
            write().catch((error: unknown) => ui.markdown(`失败 ${String(error)}`));
          },
        );
      },
    });
  });
  await plugin.getByText("分享").first().waitFor();
  await plugin.locator(".ant-select").nth(1).click();
  // The list slides open: a press that meets it on the way chooses nothing, as for a person, who presses again.
  const chosen = plugin.locator(".ant-select-selection-item", { hasText: "名称" });
  const option = plugin.locator(".ant-select-item-option", { hasText: "名称" }).first();
  await expect
    .poll(async () => {
      if (!(await chosen.isVisible())) await option.click();
      return chosen.isVisible();
    })
    .toBe(true);
  await plugin.getByRole("button", { name: /确\s*定/u }).click();
  await expect
    .poll(() => plugin.getByText(/(完成|失败) /u).textContent(), { timeout: 30_000 })
    .toMatch(/完成 rec/u);
  const names = (await stage.search()).json.data["items"] as { fields: { 名称?: { text: string }[] } }[];
  expect(names.at(-1)?.fields["名称"]?.[0]?.text).toBe("写入");
  expect(trouble).toEqual([]);
  await close();
});
