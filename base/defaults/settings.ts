import type { z } from "zod";
import { settingDefinitions } from "./setting-list.ts";
import type { SettingDefinition } from "./setting-kinds.ts";

export type SettingKey = keyof typeof settingDefinitions;
/** Every value an admin can change, by key, in the form rules use it. */
export type Settings = { readonly [K in SettingKey]: z.output<(typeof settingDefinitions)[K]["type"]> };

/** A row of 设置 as read from the Base. */
export interface SettingRow {
  key: string;
  /** Absent or blank: the default holds. */
  value?: string | null;
  record?: string;
}
/** What is wrong with one row, for the notice to the admin; the default stays in force. */
export interface SettingProblem {
  key: string;
  value: string;
  record?: string;
  zh: string;
  en: string;
}

export const settingKeys = Object.keys(settingDefinitions) as SettingKey[];
const definitions: Record<SettingKey, SettingDefinition> = settingDefinitions;

/** All settings as they stand on day one. */
export function defaultSettings(): Settings {
  return Object.fromEntries(settingKeys.map((key) => [key, definitions[key].value])) as Settings;
}

/** The rows provisioning writes: key, default as text, meaning with its range. */
export function settingRows(language: "zh" | "en"): { key: SettingKey; value: string; meaning: string }[] {
  return settingKeys.map((key) => {
    const { value, write, range } = definitions[key];
    const meaning = definitions[key][language];
    const limits = range === undefined ? "" : language === "zh" ? `（${range.zh}）` : ` (${range.en})`;
    return { key, value: write(value), meaning: meaning + limits };
  });
}

/** Reads the rows of 设置; a bad value, an unknown or a doubled key is said and changes nothing. */
export function parseSettings(rows: readonly SettingRow[]): {
  settings: Settings;
  problems: SettingProblem[];
} {
  const values: Record<string, unknown> = { ...defaultSettings() };
  const problems: SettingProblem[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const problem = readRow(row, seen, values);
    if (problem !== undefined) problems.push(problem);
  }
  return { settings: values as Settings, problems };
}

function readRow(
  row: SettingRow,
  seen: Set<string>,
  values: Record<string, unknown>,
): SettingProblem | undefined {
  const key = row.key.trim();
  const text = (row.value ?? "").trim();
  const place = { key, value: text, ...(row.record === undefined ? {} : { record: row.record }) };
  if (key === "")
    return text === ""
      ? undefined
      : {
          ...place,
          zh: `有一行设置没有写键,值「${text}」没有用上。`,
          en: `A setting has no key; its value "${text}" is not used.`,
        };
  if (!isKey(key))
    return {
      ...place,
      zh: `没有名为「${key}」的设置,这一行没有用上。`,
      en: `There is no setting "${key}"; the row is not used.`,
    };
  if (seen.has(key))
    return {
      ...place,
      zh: `设置「${key}」写了两行,用的是第一行。`,
      en: `Setting "${key}" stands in two rows; the first is used.`,
    };
  seen.add(key);
  if (text === "") return undefined;
  const definition = definitions[key];
  const read = definition.type.safeParse(text);
  if (read.success) {
    values[key] = read.data;
    return undefined;
  }
  const kept = definition.write(definition.value);
  return {
    ...place,
    zh: `设置「${key}」的值「${text}」不能用,要的是${definition.expects.zh};先按默认值「${kept}」。`,
    en: `Setting "${key}" cannot be "${text}": expected ${definition.expects.en}. The default "${kept}" stays.`,
  };
}

function isKey(key: string): key is SettingKey {
  return Object.hasOwn(settingDefinitions, key);
}
