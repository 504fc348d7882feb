import type { Baseline, Figures, Rate } from "#domain/outcome/figures.ts";
import { headlineOf } from "#domain/outcome/headline.ts";
import { addMonths } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import { declaredBaseline, monthlyFigures } from "./figures.ts";

type Language = "zh" | "en";
type Words = readonly [string, string];

/** One figure of a month: what it is, its value with the count behind it, and what stands beside it. */
export interface FigureWords {
  name: string;
  value: string;
  beside: string[];
}
export interface MonthWords {
  headline: string;
  figures: FigureWords[];
  groups: { name: string; figures: FigureWords[] }[];
}

const NONE: Record<"proactive" | "satisfaction" | "hours" | "willing", Words> = {
  proactive: ["本月没有数据：没有开成的分享。", "No data this month: no session was held."],
  satisfaction: ["本月没有数据：还没有释出的评分。", "No data this month: no rating was released."],
  hours: ["本月没有数据：没有记录到人工操作。", "No data this month: no manual act was recorded."],
  willing: [
    "本月没有数据：没有调研，或份数还不够显示。",
    "No data this month: no survey, or too few answers to show.",
  ],
};

/** A month's four figures in words, for all groups and each one; null for a month before Lectern began here or not begun. */
export async function monthInWords(ctx: Ctx, month: string, language: Language): Promise<MonthWords | null> {
  const before = addMonths(month, -1);
  const figures = await monthlyFigures(ctx, [before, month]);
  const of = (wanted: string, group: string | null) =>
    figures.find((one) => one.month === wanted && one.group === group) ?? null;
  const all = of(month, null);
  if (!all) return null;
  const had = of(before, null);
  const last = had && had.proactive.of > 0 ? had : null;
  const names = new Map((await allRecords(ctx, "groups")).map(({ id, name }) => [id, name ?? id]));
  return {
    headline: headlineOf(all, last, language),
    figures: figureWords(all, last, await declaredBaseline(ctx), language),
    groups: figures
      .filter((one) => one.month === month && one.group !== null && one.proactive.of > 0)
      .map((one) => ({
        name: names.get(one.group!) ?? one.group!,
        figures: figureWords(one, null, null, language).slice(0, 3),
      })),
  };
}

function figureWords(
  now: Figures,
  last: Figures | null,
  before: Baseline | null,
  language: Language,
): FigureWords[] {
  const say = ([zh, en]: Words) => (language === "zh" ? zh : en);
  const lastWas = (value: string | null) =>
    value === null ? [] : [say([`上月 ${value}`, `last month ${value}`])];
  const wasBefore = (value: string | null) =>
    value === null ? [] : [say([`上线前（自报）${value}`, `before, self-reported: ${value}`])];
  const { proactive, satisfaction, coordination, willing } = now;
  const hours = say([" 小时/周", " h a week"]);
  return [
    {
      name: say(["主动分享率", "Shared unprompted"]),
      value:
        proactive.share === null
          ? say(NONE.proactive)
          : say([
              `${percent(proactive.share)}（${proactive.n}/${proactive.of} 场）`,
              `${percent(proactive.share)} (${counts(proactive)} sessions)`,
            ]),
      beside:
        proactive.share === null
          ? []
          : [
              ...lastWas(percentOf(last?.proactive.share)),
              ...wasBefore(percentOf(before?.proactive)),
              say([`提醒前就有 ${counts(now.unreminded)}`, `before any reminder ${counts(now.unreminded)}`]),
              say([
                `没被催过的讲师 ${counts(now.proactivePeople)}`,
                `lecturers never nudged ${counts(now.proactivePeople)}`,
              ]),
              say([`按时交材料 ${counts(now.inTime)}`, `in time ${counts(now.inTime)}`]),
              say([`人工催促 ${now.nudges} 次`, `nudges ${now.nudges}`]),
            ],
    },
    {
      name: say(["学员满意度", "Learner satisfaction"]),
      value:
        satisfaction.mean === null
          ? say(NONE.satisfaction)
          : say([
              `${satisfaction.mean.toFixed(1)}（${satisfaction.n} 人反馈）`,
              `${satisfaction.mean.toFixed(1)} (${satisfaction.n} responses)`,
            ]),
      beside: [
        ...lastWas(last?.satisfaction.mean?.toFixed(1) ?? null),
        ...wasBefore(before?.satisfaction?.toFixed(1) ?? null),
      ],
    },
    {
      name: say(["管理员协调工时", "Coordination"]),
      value:
        coordination.acts === 0
          ? say(NONE.hours)
          : say([
              `${coordination.hoursPerWeek.toFixed(1)}${hours}（${coordination.acts} 次人工操作）`,
              `${coordination.hoursPerWeek.toFixed(1)}${hours} (${coordination.acts} recorded acts)`,
            ]),
      beside: [
        ...lastWas(last && last.coordination.acts > 0 ? last.coordination.hoursPerWeek.toFixed(1) : null),
        ...wasBefore(before?.hoursPerWeek == null ? null : `${before.hoursPerWeek}${hours}`),
      ],
    },
    {
      name: say(["分享意愿", "Willing to go on"]),
      value: willing
        ? say([
            `${percent(willing.share ?? 0)}（${willing.n}/${willing.of} 人）`,
            `${percent(willing.share ?? 0)} (${counts(willing)} people)`,
          ])
        : say(NONE.willing),
      beside: wasBefore(percentOf(before?.willing)),
    },
  ];
}

const percent = (share: number) => `${Math.round(share * 100)}%`;
const percentOf = (share: number | null | undefined) =>
  share === null || share === undefined ? null : percent(share);
const counts = ({ n, of }: Rate) => `${n}/${of}`;
