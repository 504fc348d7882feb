import { attachment, decimal, link, links, person, select, text, updated, url, whole } from "../fields.ts";
import { defineTable } from "../table.ts";

export const materials = defineTable({
  key: "materials",
  base: "shared",
  names: { zh: "素材库", en: "Library" },
  aliases: ["内容", "Materials"],
  primary: "title",
  fields: {
    title: text("标题", "Title", "PS", { self: true }),
    kind: select("类型", "Kind", "S", {
      slides: ["课件", "Slides"],
      document: ["文档", "Document"],
      video: ["视频", "Video"],
      link: ["链接", "Link"],
    }),
    source: select(
      "来源",
      "Source",
      "PS",
      { share: ["分享", "Share"], case: ["行业案例", "Case"], training: ["培训资料", "Training"] },
      { self: true },
    ),
    file: attachment("文件", "File", "P", { self: true }),
    link: url("链接", "Link", "P", { self: true }),
    author: person("作者", "Author", "PS", { self: true }),
    session: link("分享", "Session", "PS", "sessions", { key: "materials", zh: "资料", en: "Materials" }),
    topics: links("主题", "Topics", "P", "topics", { self: true }),
    version: whole("版本", "Version", "S", { min: 1 }),
    hash: text("内容指纹", "Content hash", "S"),
    clicks: whole("打开人数", "Opened by", "S", { min: 0 }),
    quality: decimal("质量", "Quality", "S"),
    problem: text("问题", "Problem", "S"),
    updated: updated(),
  },
  views: [
    { key: "latest", type: "grid", zh: "最新", en: "Latest" },
    { key: "gallery", type: "gallery", zh: "画册", en: "Gallery" },
  ],
  access: { lecturer: "add-and-edit-own", manager: "read" },
});
