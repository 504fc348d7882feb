import { parseSettings, settingKeys, type SettingKey } from "#base/defaults/settings.ts";
import type { SettingDefinition } from "#base/defaults/setting-kinds.ts";
import { settingDefinitions } from "#base/defaults/setting-list.ts";
import type { Ctx } from "../../context.ts";
import { recordsAsSaved } from "../records/pending.ts";
import { settingSection, type SettingSection } from "./sections.ts";

export interface SettingView {
  key: SettingKey;
  section: SettingSection;
  /** Row in 设置; null when it is missing there, and the default holds. */
  record: string | null;
  /** As written, or as it stands on day one. */
  value: string;
  standard: string;
  meaning: string;
  /** What may stand there. */
  expects: string;
  problem: string | null;
  pending: boolean;
}

const definitions: Record<SettingKey, SettingDefinition> = settingDefinitions;

/** 设置: every value with what it means, in the reader's language. */
export async function listSettings(ctx: Ctx, language: "zh" | "en"): Promise<SettingView[]> {
  const rows = await recordsAsSaved(ctx, "settings");
  const { problems } = parseSettings(
    rows.map(({ id, key, value }) => ({ record: id, key: key ?? "", value: value ?? null })),
  );
  return settingKeys.map((key) => {
    const definition = definitions[key];
    const row = rows.find((one) => one.key?.trim() === key);
    const standard = definition.write(definition.value);
    return {
      key,
      section: settingSection(key),
      record: row?.id ?? null,
      value: row?.value?.trim() || standard,
      standard,
      meaning: definition[language],
      expects: definition.expects[language],
      problem: problems.find((one) => one.record !== undefined && one.record === row?.id)?.[language] ?? null,
      pending: row?.pending ?? false,
    };
  });
}
