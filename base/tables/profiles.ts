import { decimal, person, select, text, updated, whole } from "../fields.ts";
import { motivations } from "../options.ts";
import { defineTable } from "../table.ts";

/** 讲师档案: the private part of a lecturer (tables.md §1, "A only"), one row a lecturer of the shared Base. */
export const profiles = defineTable({
  key: "profiles",
  base: "admin",
  names: { zh: "讲师档案", en: "Lecturer profiles" },
  primary: "lecturer",
  fields: {
    lecturer: text("讲师", "Lecturer", "S"),
    preference: select("激励偏好", "Motivation", "PS", motivations),
    preferenceSource: select("偏好来源", "Source", "S", {
      asked: ["本人", "Asked"],
      observed: ["行为", "Observed"],
      admin: ["管理员", "Admin"],
    }),
    account: person("账号", "Account", "S"),
    lecturerRecord: text("讲师记录 ID", "Lecturer record id", "S"),
    weight: decimal("权重", "Weight", "P", { min: 0.01, max: 100 }),
    /** Turns taken before the records begin: planning counts them as if they had been given here. */
    credit: whole("期初场次", "Opening turns", "P", { min: -1000, max: 1000 }),
    points: decimal("积分", "Points", "S"),
    score: decimal("综合评分", "Score", "S", { min: 0, max: 5 }),
    scoreN: whole("评分数", "Ratings", "S", { min: 0 }),
    scoreRange: text("评分区间", "Score interval", "S"),
    note: text("备注", "Note", "P"),
    updated: updated(),
  },
  views: [{ key: "all", type: "grid", zh: "全部", en: "All" }],
  access: { lecturer: "none", manager: "none" },
});
