import type { Figures, Rate } from "#domain/outcome/figures.ts";
import type { Ctx } from "../../context.ts";
import type { Sheet } from "../sheets/write.ts";
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

/** The report as a table for spreadsheets; figures without data are left empty, never 0. */
export async function reportSheet(
  ctx: Ctx,
  { months, language }: { months: number; language: Language },
): Promise<Sheet> {
  const found = await report(ctx, { months });
  return {
    name: language === "zh" ? "内训月报" : "Lectern report",
    header: HEADINGS.map(([zh, en]) => (language === "zh" ? zh : en)),
    rows: [...baselineRow(found, language), ...found.figures.map((one) => figureRow(one, found, language))],
  };
}

const all = (language: Language) => (language === "zh" ? "全部" : "all");
const empty = (count: number) => Array.from({ length: count }, () => "");
const rounded = (value: number | null | undefined, digits: number) =>
  value === null || value === undefined ? "" : Number(value.toFixed(digits));
const share = (value: number | null | undefined) => rounded(value, 4);
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
    rounded(satisfaction.mean, 2),
    satisfaction.n,
    coordination.acts === 0 ? "" : rounded(coordination.hoursPerWeek, 1),
    coordination.acts,
    share(willing?.share),
    willing?.of ?? "",
    "",
  ];
}
