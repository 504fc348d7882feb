import { day, decimal, link, person, select, text, updated, whole } from "../fields.ts";
import { defineTable } from "../table.ts";

/** 积分流水: a copy for reading; PostgreSQL owns the ledger. */
export const ledger = defineTable({
  key: "ledger",
  base: "admin",
  names: { zh: "积分流水", en: "Ledger" },
  primary: "key",
  fields: {
    key: text("流水号", "Entry", "S"),
    kind: select("类型", "Kind", "S", {
      grant: ["发放", "Grant"],
      reversal: ["冲销", "Reversal"],
      adjust: ["调整", "Adjustment"],
    }),
    lecturer: text("讲师", "Lecturer", "S"),
    lecturerRecord: text("讲师记录 ID", "Lecturer record id", "S"),
    account: person("账号", "Account", "S"),
    period: text("周期", "Period", "S"),
    points: decimal("积分", "Points", "S"),
    rule: link("规则", "Rule", "S", "rules"),
    ruleVersion: whole("规则版本", "Version", "S", { min: 0 }),
    reason: text("原因", "Reason", "S"),
    session: text("分享", "Session", "S"),
    sessionRecord: text("分享记录 ID", "Session record id", "S"),
    reverses: text("冲销的流水号", "Reverses", "S"),
    at: day("入账日期", "Posted", "S"),
    updated: updated(),
  },
  views: [
    {
      key: "month",
      type: "grid",
      zh: "本月",
      en: "This month",
      filter: [{ field: "at", operator: "is", value: ["CurrentMonth"] }],
    },
    { key: "byLecturer", type: "grid", zh: "按讲师", en: "By lecturer" },
  ],
  access: { lecturer: "none", manager: "none" },
});
