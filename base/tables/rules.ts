import { day, decimal, select, text, updated, whole } from "../fields.ts";
import { motivations } from "../options.ts";
import { defineTable } from "../table.ts";

export const rules = defineTable({
  key: "rules",
  base: "admin",
  names: { zh: "激励规则", en: "Rules" },
  primary: "name",
  fields: {
    name: text("名称", "Name", "P"),
    status: select("状态", "State", "P", {
      draft: ["草稿", "Draft"],
      active: ["生效", "Active"],
      off: ["停用", "Off"],
    }),
    trigger: select("触发", "Trigger", "P", {
      share: ["每次分享", "Per share"],
      quality: ["高分分享", "Share with quality"],
      rank: ["评分排名", "Rating rank"],
      count: ["次数", "Count"],
      first: ["首次分享", "First share"],
      course: ["新课", "New course"],
      help: ["帮助他人", "Help given"],
      thanks: ["收到感谢", "Thanks"],
    }),
    period: select("周期", "Period", "P", {
      month: ["月", "Month"],
      quarter: ["季", "Quarter"],
      year: ["年", "Year"],
    }),
    rankKind: select("排名方式", "Rank by", "P", {
      percent: ["前百分之", "Top %"],
      top: ["前几名", "Top n"],
    }),
    threshold: decimal("阈值", "Threshold", "P"),
    ties: select("并列", "Ties", "P", {
      all: ["都给", "All"],
      none: ["都不给", "None"],
      band: ["同档都给", "Whole band"],
    }),
    points: decimal("积分", "Points", "P"),
    coefficient: text("系数", "Coefficient", "P"),
    cap: decimal("周期上限", "Cap", "P"),
    floor: decimal("最低质量", "Quality floor", "P"),
    minN: whole("最少评分数", "Minimum n", "P", { min: 0 }),
    /** A rule may ask for shares beside a place: 季度分享次数≥4次，且评分前15%. */
    minShares: whole("最少分享次数", "Minimum shares", "P", { min: 0 }),
    fewRated: select("有评分的人太少时", "When few are rated", "P", {
      skip: ["不评", "Skip"],
      quarter: ["按季评", "By quarter"],
    }),
    split: select("联合分配", "Co-lecturers", "P", {
      equal: ["平分", "Equal"],
      full: ["各得全额", "Full each"],
      lead: ["仅主讲", "Lead only"],
    }),
    reward: text("称号或奖励", "Title or reward", "P"),
    rewardKind: select("奖励类型", "Reward kind", "P", { ...motivations, none: ["无", "None"] }),
    validMonths: whole("称号有效（月）", "Title valid (months)", "P", { min: 1, max: 600 }),
    from: day("生效", "From", "P"),
    to: day("失效", "To", "P"),
    priority: whole("优先级", "Priority", "P"),
    version: whole("版本", "Version", "S", { min: 1 }),
    sentence: text("这条规则的意思", "In words", "S"),
    problem: text("问题", "Problem", "S"),
    updated: updated(),
  },
  views: [
    {
      key: "active",
      type: "grid",
      zh: "生效",
      en: "In force",
      filter: [{ field: "status", operator: "is", value: ["active"] }],
    },
    { key: "all", type: "grid", zh: "全部", en: "All" },
    {
      key: "gantt",
      type: "gantt",
      zh: "甘特",
      en: "Gantt",
      choose: { zh: "甘特图从「生效」到「失效」", en: "Show the bars from From to To" },
    },
  ],
  access: { lecturer: "none", manager: "none" },
});
