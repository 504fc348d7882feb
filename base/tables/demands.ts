import { day, link, person, select, text, updated } from "../fields.ts";
import { defineTable } from "../table.ts";

export const demands = defineTable({
  key: "demands",
  base: "shared",
  names: { zh: "学员需求", en: "Demands" },
  aliases: ["需求"],
  primary: "text",
  fields: {
    text: text("内容", "Text", "P"),
    state: select("状态", "State", "S", {
      asked: ["待回应", "Asked"],
      planned: ["已排期", "Planned"],
      answered: ["已回应", "Answered"],
      merged: ["已合并", "Merged"],
    }),
    source: select("来源", "Source", "PS", {
      question: ["提问", "Question"],
      complaint: ["投诉", "Complaint"],
      training: ["培训反馈", "Training feedback"],
      business: ["业务痛点", "Business"],
      vote: ["投票", "Vote"],
    }),
    at: day("日期", "Date", "PS", { autoFill: true }),
    department: text("部门", "Department", "PS"),
    topic: link("主题", "Topic", "PS", "topics"),
    topicBy: select("归类方式", "Classified by", "S", { auto: ["自动", "Auto"], hand: ["人工", "By hand"] }),
    session: link("回应的分享", "Answered by", "S", "sessions"),
    mergedInto: link("合并到", "Merged into", "S", "demands"),
    asker: person("提出人", "Asker", "PS", { hiddenFrom: ["lecturer", "manager"] }),
    updated: updated(),
  },
  views: [
    {
      key: "asked",
      type: "grid",
      zh: "待回应",
      en: "Unanswered",
      filter: [{ field: "state", operator: "is", value: ["asked"] }],
    },
    {
      key: "bySource",
      type: "kanban",
      zh: "按来源",
      en: "By source",
      choose: { zh: "看板按「来源」分列", en: "Group the board by Source" },
    },
    {
      key: "ask",
      type: "form",
      zh: "提需求",
      en: "Ask for a topic",
      only: ["text", "source", "asker"],
      form: {
        title: { zh: "想听什么？", en: "What would you like to hear?" },
        description: {
          zh: "一句话就好。「提出人」可以不填；不过飞书会把提交人记为这条记录的创建人。",
          en: "One sentence is enough. Asker may stay empty; Feishu still records who submitted the form as the record's creator.",
        },
      },
    },
  ],
  access: { lecturer: "read", manager: "read" },
});
