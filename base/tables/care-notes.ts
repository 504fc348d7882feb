import { day, person, select, text, updated } from "../fields.ts";
import { defineTable } from "../table.ts";

export const careNotes = defineTable({
  key: "careNotes",
  base: "admin",
  names: { zh: "关怀提醒", en: "Care notes" },
  aliases: ["预警", "Warnings"],
  primary: "label",
  fields: {
    label: text("预警", "Warning", "S"),
    state: select("状态", "State", "PS", {
      open: ["待处理", "Open"],
      contacted: ["已沟通", "Contacted"],
      helped: ["已改善", "Helped"],
      notNeeded: ["不需要", "Not needed"],
      contested: ["本人异议", "Contested"],
      expired: ["已过期", "Expired"],
    }),
    raised: day("提出日期", "Raised", "S"),
    expires: day("过期日期", "Expires", "S"),
    lecturer: text("讲师", "Lecturer", "S"),
    lecturerRecord: text("讲师记录 ID", "Lecturer record id", "S"),
    account: person("讲师账号", "Account", "S"),
    manager: person("主管", "Manager", "S"),
    reasons: text("原因", "Reasons", "S"),
    sentence: text("建议的话", "Suggested sentence", "S"),
    outcome: text("结果", "Outcome", "P"),
    helpful: select("是否有帮助", "Helpful", "P", {
      yes: ["有", "Yes"],
      some: ["一点", "Somewhat"],
      no: ["没有", "No"],
    }),
    updated: updated(),
  },
  views: [
    {
      key: "open",
      type: "grid",
      zh: "待处理",
      en: "Open",
      filter: [{ field: "state", operator: "is", value: ["open"] }],
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
