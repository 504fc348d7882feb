import { settingKeys, type SettingKey } from "#base/defaults/settings.ts";

/** A section begins with its key in the list of settings and reaches to the next one's (texts.md §5). */
const sections = {
  start: "mode",
  baseline: "baselineProactive",
  sending: "sendingWindows",
  planning: "horizonWeeks",
  confirming: "inviteDays",
  preparing: "remindWorkdays",
  rating: "checkInBeforeMinutes",
  topics: "demandWindow",
  points: "closeWorkday",
  care: "careMonths",
  figures: "inTimeWorkdays",
  keeping: "keepAttendanceMonths",
} as const satisfies Record<string, SettingKey>;
export type SettingSection = keyof typeof sections;

const begins = Object.entries(sections).map(
  ([section, key]) => [section as SettingSection, settingKeys.indexOf(key)] as const,
);

export function settingSection(key: SettingKey): SettingSection {
  const at = settingKeys.indexOf(key);
  return begins.findLast(([, first]) => first <= at)?.[0] ?? "start";
}
