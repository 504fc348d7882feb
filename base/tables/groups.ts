import {
  chat,
  chats,
  day,
  multiSelect,
  openSelect,
  persons,
  select,
  text,
  updated,
  url,
  whole,
} from "../fields.ts";
import { expertise, weekdays } from "../options.ts";
import { defineTable } from "../table.ts";

export const groups = defineTable({
  key: "groups",
  base: "shared",
  names: { zh: "讲师群", en: "Groups" },
  primary: "name",
  fields: {
    name: text("名称", "Name", "P"),
    state: select("状态", "State", "P", { active: ["启用", "Active"], paused: ["停用", "Paused"] }),
    chat: chat("讲师群聊", "Lecturers' chat", "P"),
    audience: chats("学员群聊", "Learners' chats", "P"),
    frequency: select("频率", "Frequency", "P", {
      weekly: ["每周", "Weekly"],
      biweekly: ["隔周", "Every 2 weeks"],
      monthly: ["每月", "Monthly"],
      custom: ["自定义", "Custom"],
    }),
    weekdays: multiSelect("星期", "Weekdays", "P", weekdays),
    rrule: text("自定义规则（RRULE）", "RRULE", "P", { maxLength: 2000, format: "rrule" }),
    anchor: day("起始日期", "From", "P"),
    startTime: text("开始时间", "Start", "P", { format: "time" }),
    minutes: whole("时长（分钟）", "Minutes", "P", { min: 1, max: 1440 }),
    timezone: text("时区", "Time zone", "P", { format: "timezone" }),
    place: text("地点", "Place", "P"),
    video: url("会议链接", "Meeting link", "P"),
    admins: persons("管理员", "Admins", "P"),
    skipHolidays: select("遇节假日", "On holidays", "P", {
      skip: ["跳过", "Skip"],
      next: ["顺延", "Next workday"],
      keep: ["照常", "Keep"],
    }),
    requires: openSelect("所需领域", "Required expertise", "P", expertise),
    eventCalendar: text("日历 ID", "Calendar id", "S"),
    health: text("检查结果", "Health", "S"),
    updated: updated(),
  },
  views: [{ key: "all", type: "grid", zh: "全部", en: "All" }],
  access: { lecturer: "read", manager: "read" },
});
