import {
  backLinks,
  checkbox,
  day,
  links,
  multiSelect,
  openSelect,
  person,
  select,
  text,
  updated,
  whole,
} from "../fields.ts";
import { expertise, windows } from "../options.ts";
import { defineTable } from "../table.ts";

/** 讲师: what lecturers may read of each other and what planning needs; the rest lies in 讲师档案. */
export const lecturers = defineTable({
  key: "lecturers",
  base: "shared",
  names: { zh: "讲师", en: "Lecturers" },
  primary: "name",
  fields: {
    name: text("姓名", "Name", "PS", { pub: true }),
    state: select(
      "状态",
      "State",
      "P",
      { active: ["在任", "Active"], paused: ["暂停", "Paused"], left: ["已退出", "Left"] },
      { pub: true },
    ),
    person: person("账号", "Account", "P", { pub: true }),
    groups: links("所属讲师群", "Groups", "P", "groups", { pub: true }),
    expertise: openSelect("擅长领域", "Expertise", "P", expertise, { pub: true, self: true }),
    levels: text("领域熟练度", "Expertise levels", "P"),
    windows: multiSelect("可讲时段", "Availability", "P", windows, { pub: true, self: true }),
    windowsExact: text("精确时段", "Exact windows", "P", { self: true }),
    awayUntil: day("暂停至", "Away until", "P", { pub: true, self: true }),
    /** Trips and months off, in words: base/text/dates-off.ts reads them. */
    datesOff: text("不排日期", "Dates off", "P", { pub: true, self: true, maxLength: 2000 }),
    maxPerMonth: whole("每月上限", "Max per month", "P", { self: true, min: 0, max: 31 }),
    minGapWeeks: whole("最小间隔（周）", "Min gap (weeks)", "P", { self: true, min: 0, max: 26 }),
    joined: day("加入日期", "Joined", "P", { pub: true }),
    left: day("退出日期", "Left", "P"),
    manager: person("主管", "Manager", "PS"),
    title: text("称号", "Title", "S", { pub: true }),
    shares: whole("分享次数", "Shares", "S", { pub: true, min: 0 }),
    optOutBoards: checkbox("不参与排行", "Hide from rankings", "P", { self: true }),
    optOutWarning: checkbox("不接受预警", "No early warning", "P", { self: true }),
    sessions: backLinks("分享记录", "Sessions", "sessions", "lecturer"),
    updated: updated(),
  },
  views: [
    {
      key: "active",
      type: "grid",
      zh: "在任讲师",
      en: "Active lecturers",
      filter: [{ field: "state", operator: "is", value: ["active"] }],
    },
    {
      key: "byState",
      type: "kanban",
      zh: "按状态",
      en: "By state",
      choose: { zh: "看板按「状态」分列", en: "Group the board by State" },
    },
    { key: "all", type: "grid", zh: "全部", en: "All" },
  ],
  access: { lecturer: "edit-own", manager: "read" },
});
