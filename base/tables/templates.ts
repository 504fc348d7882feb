import { checkbox, select, text, updated, url, whole } from "../fields.ts";
import { defineTable } from "../table.ts";

export const templates = defineTable({
  key: "templates",
  base: "shared",
  names: { zh: "模板", en: "Templates" },
  primary: "name",
  fields: {
    name: text("名称", "Name", "P"),
    kind: select("类型", "Kind", "P", {
      case: ["客户案例", "Case"],
      knowledge: ["专业知识", "Knowledge"],
      psa: ["问题-案例-解决方案", "Problem–case–solution"],
      newcomer: ["新人上手", "Newcomers"],
      review: ["复盘", "Review"],
    }),
    language: select("语言", "Language", "P", {
      zh: ["中文", "中文"],
      en: ["English", "English"],
      ja: ["日本語", "日本語"],
    }),
    outline: text("大纲（Markdown）", "Outline", "P", { maxLength: 100_000 }),
    doc: url("文档", "Document", "P"),
    active: checkbox("启用", "Active", "P"),
    uses: whole("使用次数", "Uses", "S", { min: 0 }),
    medianMinutes: whole("准备时间中位数（分钟）", "Median preparation", "S", { min: 0 }),
    updated: updated(),
  },
  views: [
    {
      key: "active",
      type: "grid",
      zh: "启用",
      en: "Active",
      filter: [{ field: "active", operator: "is", value: ["true"] }],
    },
    { key: "gallery", type: "gallery", zh: "画册", en: "Gallery" },
  ],
  access: { lecturer: "read", manager: "read" },
});
