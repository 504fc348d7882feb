import { useTranslation } from "react-i18next";
import { dateWords, dayAndDate, deadline, periodWords, timeOnly, whenWords } from "#domain/messages/dates.ts";
import { japaneseDate, japaneseDay, japanesePeriod, japaneseWhen } from "./japanese-dates.ts";
import { useMe } from "../me.ts";
import { now } from "../now.ts";

/**
 * Dates and numbers as texts.md §1 rule 6 wants them, in the workspace's zone and the reader's language, counted from now on
 * the deployment's clock. Instants are ms, points are hundredths.
 */
export function useFormat() {
  const { i18n } = useTranslation();
  const zone = useMe().workspace.timezone;
  const japanese = i18n.language.startsWith("ja");
  const language = i18n.language.startsWith("zh") ? ("zh" as const) : ("en" as const);
  const reading = () => ({ now: now(), zone, language });
  return {
    /** `下周三(12月2日)15:00–15:45`. */
    when: (ms: number, minutes?: number) =>
      japanese ? japaneseWhen(ms, minutes, reading()) : whenWords(ms, minutes, reading()),
    /** `下周三(12月2日)`. */
    day: (ms: number) => (japanese ? japaneseDay(ms, reading()) : dayAndDate(ms, reading())),
    /** `12月2日`. */
    date: (ms: number) => (japanese ? japaneseDate(ms, reading()) : dateWords(ms, reading())),
    /** `15:00`. */
    time: (ms: number) => timeOnly(ms, zone),
    /** `明天 12:00`. */
    deadline: (ms: number) => (japanese ? japaneseWhen(ms, undefined, reading()) : deadline(ms, reading())),
    /** `2026年11月`. */
    period: (period: string) => (japanese ? japanesePeriod(period) : periodWords(period, language)),
    /** 150 → `1.5`; `signed` → `+1.5`. */
    points: (hundredths: number, signed = false) =>
      new Intl.NumberFormat(i18n.language, {
        maximumFractionDigits: 2,
        signDisplay: signed ? "exceptZero" : "auto",
      }).format(hundredths / 100),
    number: (value: number, digits = 0) =>
      new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value),
    /** 0.88 → `88%`. */
    percent: (share: number) => new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share),
  };
}
