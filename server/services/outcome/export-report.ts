import Papa from "papaparse";
import type { Figures, Rate } from "#domain/outcome/figures.ts";
import type { Ctx } from "../../context.ts";
import { report, type Report } from "./report.ts";

type Language = "zh" | "en";
const HEADINGS: [string, string][] = [
  ["月份", "Month"],
  ["讲师群", "Group"],
  ["阶段", "Phase"],
  ["主动分享率", "Shared unprompted"],
  ["主动场数", "Unprompted"],
  ["分享场数", "Held"],
  ["提醒前就提交", "Before any reminder"],
  ["从未被催的讲师", "Lecturers never nudged"],
  ["轮到的讲师", "Lecturers with a turn"],
  ["按时提交率", "In time"],
  ["人工催促", "Nudges"],
  ["学员满意度", "Satisfaction"],
  ["评分数", "Ratings"],
  ["协调工时（小时/周）", "Coordination (h/week)"],
  ["人工操作次数", "Manual acts"],
  ["分享意愿", "Willing to go on"],
  ["调研人数", "Surveyed"],
  ["来源", "Source"],
];

/** The report as CSV that spreadsheets open as it is: UTF-8 with a mark, figures without data left empty. */
export async function exportReport(
  ctx: Ctx,
  { months, language }: { months: number; language: Language },
): Promise<{ name: string; csv: string }> {
  const found = await report(ctx, { months });
  const rows = [
    HEADINGS.map(([zh, en]) => (language === "zh" ? zh : en)),
    ...baselineRow(found, language),
    ...found.figures.map((one) => figureRow(one, found, language)),
  ];
  const last = found.months.at(-1) ?? "";
  const name = language === "zh" ? `内训月报 ${last}.csv` : `Lectern report ${last}.csv`;
  // A cell that begins like a formula would be run by a spreadsheet.
  return { name, csv: `\uFEFF${Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" })}` };
}

const all = (language: Language) => (language === "zh" ? "全部" : "all");
const empty = (count: number) => Array.from({ length: count }, () => "");
const share = (value: number | null | undefined) =>
  value === null || value === undefined ? "" : value.toFixed(4);
const rate = ({ share: part }: Rate) => share(part);

function baselineRow({ baseline }: Report, language: Language): (string | number)[][] {
  if (!baseline) return [];
  const { proactive, satisfaction, hoursPerWeek, willing, source, declared } = baseline;
  const phase = language === "zh" ? "上线前（自报）" : "before (self-reported)";
  return [
    [
      "",
      all(language),
      phase,
      share(proactive),
      ...empty(7),
      satisfaction ?? "",
      "",
      hoursPerWeek ?? "",
      "",
      share(willing),
      "",
      [source, declared].filter(Boolean).join(" "),
    ],
  ];
}

function figureRow(one: Figures, { groups }: Report, language: Language): (string | number)[] {
  const { proactive, unreminded, proactivePeople, inTime, satisfaction, coordination, willing } = one;
  const group = one.group === null ? all(language) : groups.find(({ id }) => id === one.group)?.name;
  return [
    one.month,
    group ?? "",
    language === "zh" ? "上线后（记录）" : "after (recorded)",
    rate(proactive),
    proactive.n,
    proactive.of,
    unreminded.n,
    proactivePeople.n,
    proactivePeople.of,
    rate(inTime),
    one.nudges,
    satisfaction.mean === null ? "" : satisfaction.mean.toFixed(2),
    satisfaction.n,
    coordination.acts === 0 ? "" : coordination.hoursPerWeek.toFixed(1),
    coordination.acts,
    share(willing?.share),
    willing?.of ?? "",
    "",
  ];
}
