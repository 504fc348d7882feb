import { text, updated } from "../fields.ts";
import { defineTable } from "../table.ts";

/** 设置: key, value and what it means; a value that cannot be used is said in 问题 and the last good one stays in force. */
export const settings = defineTable({
  key: "settings",
  base: "admin",
  names: { zh: "设置", en: "Settings" },
  primary: "key",
  fields: {
    key: text("键", "Key", "P"),
    value: text("值", "Value", "P"),
    meaning: text("含义", "Meaning", "P"),
    problem: text("问题", "Problem", "S"),
    updated: updated(),
  },
  views: [{ key: "all", type: "grid", zh: "全部", en: "All" }],
  access: { lecturer: "none", manager: "none" },
});
