import type { PatchOf } from "../index.ts";
import type { Language, Names } from "../table.ts";

interface DefaultRule extends Omit<PatchOf<"rules">, "name" | "sentence" | "reward"> {
  name: Names;
  sentence: Names;
  reward?: Names;
}

/**
 * The article's rules with texts.md §5.8: +0.5 a share (2 a month counted, so 6 a quarter), +1 and 内训名师 for the top 10 %,
 * quarterly TOP3 to an external training, 销售总监1对1辅导 for at least 4 shares in a quarter and the top 15 %.
 */
const defaults: readonly DefaultRule[] = [
  {
    name: { zh: "每次分享", en: "Each share" },
    trigger: "share",
    period: "month",
    points: 0.5,
    cap: 1,
    split: "equal",
    rewardKind: "none",
    sentence: {
      zh: "每讲一场加 0.5 分，每月最多计 2 场；联合讲师平分。",
      en: "+0.5 for each share, at most 2 a month; co-lecturers split it evenly.",
    },
  },
  {
    name: { zh: "评分前 10%", en: "Top 10 % by rating" },
    trigger: "rank",
    period: "month",
    rankKind: "percent",
    threshold: 10,
    ties: "band",
    points: 1,
    minN: 10,
    reward: { zh: "内训名师", en: "Master Lecturer" },
    rewardKind: "honour",
    sentence: {
      zh: "当月评分前 10% 加 1 分，并建议授予「内训名师」，由管理员确认。",
      en: "The top 10 % of the month get +1 and are suggested for “Master Lecturer”; an admin confirms.",
    },
  },
  {
    name: { zh: "季度分享次数 TOP3", en: "Top 3 shares of the quarter" },
    trigger: "count",
    period: "quarter",
    rankKind: "top",
    threshold: 3,
    ties: "all",
    reward: { zh: "外部培训机会（如《销售精英进阶班》）", en: "External training" },
    rewardKind: "growth",
    sentence: {
      zh: "季度计分的分享次数前三名，建议给予外部培训机会，由管理员确认。",
      en: "The three with the most counted shares of a quarter are suggested for an external training; an admin confirms.",
    },
  },
  {
    name: { zh: "分享 4 次且评分前 15%", en: "4 shares and top 15 %" },
    trigger: "quality",
    period: "quarter",
    rankKind: "percent",
    threshold: 15,
    ties: "band",
    floor: 4,
    minN: 10,
    reward: { zh: "销售总监1对1辅导", en: "One-to-one coaching by the sales director" },
    rewardKind: "growth",
    sentence: {
      zh: "季度分享次数≥4次，且评分前15%，可获得「销售总监1对1辅导」机会。",
      en: "At least 4 shares in a quarter and the top 15 % by rating: one-to-one coaching by the sales director.",
    },
  },
];

/** The rows provisioning writes into an empty 激励规则. */
export function defaultRules(language: Language): PatchOf<"rules">[] {
  return defaults.map((rule, index): PatchOf<"rules"> => {
    const { name, sentence, reward, ...more } = rule;
    return {
      ...more,
      name: name[language],
      status: "active",
      reward: reward?.[language],
      priority: index + 1,
      version: 1,
      sentence: sentence[language],
    };
  });
}
