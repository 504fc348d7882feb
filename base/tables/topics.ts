import { day, openSelect, percent, select, text, updated, whole } from "../fields.ts";
import { expertise } from "../options.ts";
import { defineTable } from "../table.ts";

export const topics = defineTable({
  key: "topics",
  base: "shared",
  names: { zh: "主题", en: "Topics" },
  primary: "name",
  fields: {
    name: text("主题", "Topic", "P"),
    state: select("状态", "State", "PS", {
      active: ["启用", "Active"],
      suggested: ["待确认", "Suggested"],
      retired: ["停用", "Retired"],
    }),
    tags: openSelect("领域", "Expertise", "P", expertise),
    keywords: text("关键词", "Keywords", "P"),
    share: percent("需求占比", "Demand share", "S"),
    count: whole("需求数", "Evidence", "S", { min: 0 }),
    trend: whole("较上期", "Against last period", "S"),
    votes: whole("投票", "Votes", "S", { min: 0 }),
    lastShared: day("最近分享", "Last shared", "S"),
    updated: updated(),
  },
  views: [
    { key: "hot", type: "grid", zh: "热门主题", en: "Hot topics" },
    {
      key: "suggested",
      type: "grid",
      zh: "待确认",
      en: "Suggested",
      filter: [{ field: "state", operator: "is", value: ["suggested"] }],
    },
  ],
  access: { lecturer: "read", manager: "read" },
});
