import { checkbox, link, rating, select, text } from "../fields.ts";
import { defineTable } from "../table.ts";

/**
 * 评分: released batches only, written by the server. No person, no lecturer, no time field: what could join an answer
 * to its giver is not there.
 */
export const ratings = defineTable({
  key: "ratings",
  base: "shared",
  names: { zh: "评分", en: "Ratings" },
  primary: "key",
  fields: {
    key: text("批次", "Batch", "S"),
    session: link("分享", "Session", "S", "sessions"),
    score: rating("评分", "Score", "S"),
    comment: text("评论", "Comment", "S"),
    keywords: text("关键词", "Keywords", "S"),
    tone: select("倾向", "Tone", "S", {
      praise: ["肯定", "Praise"],
      problem: ["问题", "Problem"],
      mixed: ["混合", "Mixed"],
      none: ["无", "None"],
    }),
    month: text("月份", "Month", "S", { format: "month" }),
    hidden: checkbox("已隐藏", "Hidden", "P"),
  },
  views: [
    { key: "bySession", type: "grid", zh: "按分享", en: "By session" },
    {
      key: "comments",
      type: "grid",
      zh: "最新评论",
      en: "Latest comments",
      filter: [{ field: "comment", operator: "isNotEmpty", value: [] }],
    },
  ],
  access: { lecturer: "none", manager: "none" },
});
