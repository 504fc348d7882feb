import type { SlotInfo } from "./model.ts";

export type Language = "zh" | "en";

const weekdays = {
  zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** 「周三下午」 / `Wednesday afternoon`, in the plan's zone. */
export function partOfWeek(slot: SlotInfo, language: Language): string {
  const from = slot.wall[0]?.from ?? 0;
  const weekday = weekdays[language][Math.floor(from / dayMs)] ?? "";
  const hour = Math.floor((from % dayMs) / hourMs);
  const part = hour < 12 ? 0 : hour < 18 ? 1 : 2;
  return language === "zh"
    ? `${weekday}${["上午", "下午", "晚上"][part]}`
    : `${weekday} ${["morning", "afternoon", "evening"][part]}`;
}

const few = ["", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];

/** 「三位」; above ten in figures. */
export function people(count: number, language: Language): string {
  if (language === "en") return count === 1 ? "one" : String(count);
  return `${few[count] ?? count} 位`.replace(/^(\D) /u, "$1");
}

/** One decimal at most: 「2.4」, 「2」. */
export function tidy(value: number, digits = 1): string {
  return String(Math.round(value * 10 ** digits) / 10 ** digits);
}

/** 「王芳、李雷」; no more than three, then 「等」. */
export function listed(names: readonly string[], language: Language): string {
  const shown = names.slice(0, 3).join(language === "zh" ? "、" : ", ");
  if (names.length <= 3) return shown;
  return language === "zh" ? `${shown} 等` : `${shown} and others`;
}
