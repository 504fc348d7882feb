import { settingKeys, settingRows, type SettingKey } from "#base/defaults/settings.ts";
import { MissingError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { saveRow } from "../admin/save-row.ts";
import { allRecords } from "../records/read.ts";

/** One value of 设置, checked as its row would be; a row that was deleted is made again. */
export async function saveSetting(
  ctx: Ctx,
  { key, value, act }: { key: string; value: string; act: string },
): Promise<{ saved: true }> {
  if (!settingKeys.includes(key as SettingKey)) throw new MissingError("no_setting", `no setting ${key}`);
  const row = (await allRecords(ctx, "settings")).find((one) => one.key?.trim() === key);
  if (row) return saveRow(ctx, { table: "settings", record: row.id, fields: { key, value }, act });
  const meaning = settingRows(ctx.workspace.language).find((one) => one.key === key)?.meaning ?? "";
  return saveRow(ctx, { table: "settings", record: null, fields: { key, value, meaning }, act });
}
