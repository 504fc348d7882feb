import { defaultRules as articleRules } from "#domain/incentive/rules.ts";
import type { PatchOf } from "../index.ts";
import type { Language, Names } from "../table.ts";

interface Words {
  readonly name: Names;
  readonly sentence: Names;
  readonly reward?: Names;
}

/** What people read of the article's rules, by rule id. */
const words: Readonly<Record<string, Words>> = {
  share: {
    name: { zh: "每次分享", en: "Each share" },
    sentence: {
      zh: "每讲一场加 0.5 分，每月最多计 2 场；联合讲师平分。",
      en: "+0.5 for each share, at most 2 a month; co-lecturers split it evenly.",
    },
  },
  master: {
    name: { zh: "评分前 10%", en: "Top 10 % by rating" },
    reward: { zh: "内训名师", en: "Master Lecturer" },
    sentence: {
      zh: "当月评分前 10% 加 1 分，并建议授予「内训名师」，由管理员确认；有评分的不到 10 人时按季评。",
      en: "The top 10 % of the month get +1 and are suggested for “Master Lecturer”; an admin confirms. With fewer than 10 rated, by quarter.",
    },
  },
  top3: {
    name: { zh: "季度分享次数 TOP3", en: "Top 3 shares of the quarter" },
    reward: { zh: "外部培训机会", en: "External training" },
    sentence: {
      zh: "季度计分的分享次数前三名，建议给予外部培训机会，由管理员确认。",
      en: "The three with the most counted shares of a quarter are suggested for an external training; an admin confirms.",
    },
  },
  coaching: {
    name: { zh: "季度分享次数≥4次，且评分前15%", en: "4 shares in the quarter and top 15 %" },
    reward: { zh: "销售总监1对1辅导", en: "One-to-one coaching by the sales director" },
    sentence: {
      zh: "季度分享次数≥4次，且评分前15%，可获得「销售总监1对1辅导」机会。",
      en: "At least 4 shares in a quarter and the top 15 % by rating: one-to-one coaching by the sales director.",
    },
  },
};

/** The rows provisioning writes into an empty 激励规则: the article's rules, in force from the start. */
export function defaultRules(language: Language): PatchOf<"rules">[] {
  return articleRules.map(({ id, name, trigger, points, period = "month", ...rule }, index) => {
    const own = words[id];
    return {
      name: own?.name[language] ?? name ?? id,
      status: "active",
      trigger,
      period,
      points,
      rankKind: rule.rankKind,
      threshold: rule.threshold,
      ties: rule.ties ?? "all",
      cap: rule.cap,
      floor: rule.floor,
      minN: rule.minN,
      minShares: rule.minShares,
      fewRated: rule.fewRated,
      split: rule.split ?? "equal",
      reward: own?.reward?.[language] ?? rule.reward,
      rewardKind: rule.rewardKind ?? "none",
      priority: articleRules.length - index,
      version: 1,
      sentence: own?.sentence[language],
    };
  });
}
