import { checkbox, text, updated, whole } from "../fields.ts";
import { defineTable } from "../table.ts";

/** 消息与提醒: one row an automation's text. A box never ticked is absent on read: absent = off. */
export const messages = defineTable({
  key: "messages",
  base: "admin",
  names: { zh: "消息与提醒", en: "Messages" },
  aliases: ["自动化", "Automations"],
  primary: "name",
  fields: {
    name: text("名称", "Name", "P"),
    id: text("标识", "Id", "P"),
    on: checkbox("启用", "On", "P"),
    time: text("时间", "Time", "P", { format: "time" }),
    days: whole("提前天数", "Days before", "P", { min: 0, max: 60 }),
    quietFrom: text("免打扰开始", "Quiet from", "P", { format: "time" }),
    quietTo: text("免打扰结束", "Quiet to", "P", { format: "time" }),
    text: text("文案", "Message", "P"),
    textEn: text("英文文案", "Message (English)", "P"),
    problem: text("问题", "Problem", "S"),
    updated: updated(),
  },
  views: [{ key: "all", type: "grid", zh: "全部", en: "All" }],
  access: { lecturer: "none", manager: "none" },
});
