import { day, decimal, percent, select, tenths, text, updated, whole } from "../fields.ts";
import { defineTable } from "../table.ts";

export const metrics = defineTable({
  key: "metrics",
  base: "admin",
  names: { zh: "指标", en: "Metrics" },
  primary: "label",
  fields: {
    label: text("月份与讲师群", "Month and group", "S"),
    monthStart: day("月份", "Month", "S"),
    group: text("讲师群", "Group", "S"),
    groupRecord: text("讲师群记录 ID", "Group record id", "S"),
    phase: select("阶段", "Phase", "S", { before: ["上线前", "Before"], after: ["上线后", "After"] }),
    proactiveRate: percent("主动分享率", "Proactive sharing", "S"),
    proactiveN: whole("主动次数", "Proactive", "S", { min: 0 }),
    held: whole("分享次数", "Held", "S", { min: 0 }),
    satisfaction: decimal("学员满意度", "Satisfaction", "S", { min: 0, max: 5 }),
    ratings: whole("评分数", "Ratings", "S", { min: 0 }),
    hours: tenths("协调工时（小时/周）", "Coordination (h/week)", "S", { min: 0 }),
    actions: whole("人工操作次数", "Manual actions", "S", { min: 0 }),
    willing: percent("分享意愿", "Willing to go on", "S"),
    willingN: whole("调研人数", "Surveyed", "S", { min: 0 }),
    updated: updated(),
  },
  views: [
    { key: "all", type: "grid", zh: "全部", en: "All" },
    { key: "byMonth", type: "grid", zh: "按月", en: "By month" },
  ],
  access: { lecturer: "none", manager: "none" },
});
