import { checkbox, day, link, person, select, text, updated } from "../fields.ts";
import { defineTable } from "../table.ts";

export const awards = defineTable({
  key: "awards",
  base: "admin",
  names: { zh: "荣誉", en: "Awards" },
  primary: "label",
  fields: {
    label: text("荣誉", "Award", "S"),
    state: select("状态", "State", "PS", {
      suggested: ["待审批", "Suggested"],
      approved: ["已批准", "Approved"],
      granted: ["已授予", "Granted"],
      expired: ["已到期", "Expired"],
      revoked: ["已撤销", "Revoked"],
      refused: ["不授予", "Refused"],
    }),
    from: day("授予日期", "Granted", "PS"),
    until: day("有效至", "Until", "P"),
    lecturer: text("讲师", "Lecturer", "S"),
    lecturerRecord: text("讲师记录 ID", "Lecturer record id", "S"),
    account: person("账号", "Account", "S"),
    title: text("称号或奖励", "Title or reward", "S"),
    period: text("周期", "Period", "S"),
    evidence: text("依据", "Evidence", "S"),
    rule: link("规则", "Rule", "S", "rules"),
    consent: checkbox("本人同意公开", "Public by consent", "P"),
    approver: person("审批人", "Approved by", "PS"),
    updated: updated(),
  },
  views: [
    {
      key: "suggested",
      type: "grid",
      zh: "待审批",
      en: "To be approved",
      filter: [{ field: "state", operator: "is", value: ["suggested"] }],
    },
    {
      key: "byState",
      type: "kanban",
      zh: "按状态",
      en: "By state",
      choose: { zh: "看板按「状态」分列", en: "Group the board by State" },
    },
  ],
  access: { lecturer: "none", manager: "none" },
});
