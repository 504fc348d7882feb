import type { Tally } from "#domain/schedule/fairness.ts";
import type { Sheet } from "../sheets/write.ts";
import type { FairnessReport } from "./report.ts";

const COLUMNS = {
  zh: [
    "讲师",
    "讲师群",
    "份额",
    "时间段",
    "按份额",
    "讲了",
    "公司取消",
    "导入前",
    "没能来",
    "加讲",
    "请假不计",
    "更正",
    "多（+）少（-）",
    "说明",
  ],
  en: [
    "Lecturer",
    "Groups",
    "Share",
    "Period",
    "Fair part",
    "Had",
    "Cancelled by the company",
    "Before the records",
    "Declined",
    "Volunteered",
    "On leave, not shared",
    "Corrected",
    "More (+) or fewer (-)",
    "In words",
  ],
} as const;

/** The report as a table: a row a person and period, then one over all of them with the words. */
export function fairnessSheet(report: FairnessReport, language: "zh" | "en"): Sheet {
  const zh = language === "zh";
  return {
    name: zh ? "轮次" : "Turns",
    header: COLUMNS[language],
    rows: report.people.flatMap((person) => {
      const who = [person.name, person.groups.join(zh ? "、" : ", "), person.weight];
      const corrections = person.corrections.map(
        ({ day, turns, reason, by }) => `${day} ${turns > 0 ? "+" : ""}${turns} ${by}: ${reason}`,
      );
      return [
        ...person.periods.map(({ period, tally }) => [...who, period, ...numbersOf(tally), ""]),
        [
          ...who,
          zh ? "合计" : "All",
          ...numbersOf(person.total),
          [person.words, ...corrections].join(zh ? "" : " "),
        ],
      ];
    }),
  };
}

/** Two decimals: parts of turns are thirds and sevenths. */
const round = (value: number) => Math.round(value * 100) / 100 + 0;

const numbersOf = (one: Tally) =>
  [
    one.due,
    one.had,
    one.lost,
    one.opening,
    one.declined,
    one.extra,
    one.excused,
    one.corrected,
    one.balance,
  ].map(round);
