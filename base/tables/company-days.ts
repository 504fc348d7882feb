import { day, links, select, text, updated } from "../fields.ts";
import { defineTable } from "../table.ts";

export const companyDays = defineTable({
  key: "companyDays",
  base: "shared",
  names: { zh: "公司日历", en: "Company days" },
  primary: "name",
  fields: {
    name: text("名称", "Name", "P"),
    kind: select("类型", "Kind", "P", {
      off: ["放假", "Day off"],
      work: ["上班", "Workday"],
      blocked: ["不排分享", "No sessions"],
    }),
    from: day("开始", "From", "P"),
    to: day("结束", "To", "P"),
    groups: links("讲师群", "Groups", "P", "groups"),
    updated: updated(),
  },
  views: [{ key: "all", type: "grid", zh: "全部", en: "All" }],
  access: { lecturer: "read", manager: "read" },
});
