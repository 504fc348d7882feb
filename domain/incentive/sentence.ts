import type { Rule } from "./rules.ts";

type Language = "zh" | "en";

const plain = (value: number) => String(Math.round(value * 100) / 100);

const periods: Record<Rule["period"], { zh: string; en: string }> = {
  month: { zh: "每月", en: "a month" },
  quarter: { zh: "每季", en: "a quarter" },
  year: { zh: "每年", en: "a year" },
};

/** 这条规则的意思: what a rule does, in one sentence a person would say. */
export function ruleSentence(one: Rule, language: Language): string {
  return language === "zh" ? inChinese(one) : inEnglish(one);
}

function inChinese(one: Rule): string {
  const parts = [
    // After a sign of Latin the verb would stick to it.
    `${condition(one).zh}${one.points === 0 ? "" : `${condition(one).zh.endsWith("%") ? "，" : ""}加 ${plain(one.points)} 分`}`,
    one.reward ? `建议给予「${one.reward}」，由管理员确认` : "",
    one.cap === undefined ? "" : `${periods[one.period].zh}最多 ${plain(one.cap)} 分`,
    one.coefficient ? `再乘 ${one.coefficient}` : "",
    one.split === "lead" ? "只给主讲" : one.split === "full" ? "联合讲师各得全额" : "",
  ];
  return `${parts.filter(Boolean).join("，")}。`;
}

function inEnglish(one: Rule): string {
  const parts = [
    `${condition(one).en}${one.points === 0 ? "" : `: +${plain(one.points)}`}`,
    one.reward ? `suggested for “${one.reward}”, an admin confirms` : "",
    one.cap === undefined
      ? ""
      : `at most ${plain(one.cap)} ${one.cap === 1 ? "point" : "points"} ${periods[one.period].en}`,
    one.coefficient ? `times ${one.coefficient}` : "",
    one.split === "lead" ? "to the lead only" : one.split === "full" ? "in full to each co-lecturer" : "",
  ];
  return `${parts.filter(Boolean).join("; ")}.`;
}

function condition(one: Rule): { zh: string; en: string } {
  const [every, of] = [periods[one.period].zh, periods[one.period].en];
  const n = plain(one.threshold ?? 0);
  const shares =
    one.minShares > 0
      ? { zh: `，且分享不少于 ${one.minShares} 次`, en: `, with ${one.minShares} shares or more` }
      : { zh: "", en: "" };
  switch (one.trigger) {
    case "share":
      return { zh: "每讲一场", en: "Each share" };
    case "quality":
      return { zh: `评分不低于 ${n} 的每场分享`, en: `Each share rated ${n} or better` };
    case "rank":
      return one.rankKind === "top"
        ? { zh: `${every}评分前 ${n} 名${shares.zh}`, en: `The top ${n} by rating ${of}${shares.en}` }
        : { zh: `${every}评分前 ${n}%${shares.zh}`, en: `The top ${n} % by rating ${of}${shares.en}` };
    case "count":
      return one.rankKind
        ? {
            zh: `${every}分享次数前 ${n}${one.rankKind === "top" ? " 名" : "%"}`,
            en: `The top ${n}${one.rankKind === "top" ? "" : " %"} by shares ${of}`,
          }
        : { zh: `${every}分享满 ${n} 次`, en: `${n} shares ${of}` };
    case "first":
      return { zh: "第一次分享", en: "The first share" };
    case "course":
      return { zh: "每讲一门新课", en: "Each new course" };
    case "help":
      return { zh: "每帮助一次同事", en: "Each time a colleague is helped" };
    case "thanks":
      return {
        zh: `一场收到 ${Math.max(1, one.threshold ?? 1)} 份署名感谢`,
        en: `${Math.max(1, one.threshold ?? 1)} signed thanks for a share`,
      };
  }
}
