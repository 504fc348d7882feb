import { classifyDemands, parseDemandInput } from "#domain/demand/classify.ts";
import { defineCommand } from "../command.ts";
import { segment } from "../jieba.ts";

export const demandCommand = defineCommand({
  name: "demand",
  summary: "What learners ask for: demands by topic, with shares and what is new.",
  notes: [
    "A demand may carry `topic`: set by hand, it wins over the keywords. The topic's name counts as a keyword.",
    "topics: most asked first. trend: against the window before, null where that is short. emerging: phrases that at least\n5 unclassified demands share.",
  ],
  example: {
    topics: [
      { id: "t1", name: "产品售后", keywords: ["售后", "退换货"] },
      { id: "t2", name: "新员工培训", keywords: ["新员工", "新人"] },
    ],
    demands: [
      { id: "d1", text: "售后问题怎么处理?", source: "complaint", at: "2026-10-01T09:00:00+08:00" },
      { id: "d2", text: "新人多久能独立接待客户?", source: "question", at: "2026-10-02T09:00:00+08:00" },
      { id: "d3", text: "退换货流程太长", source: "complaint", at: "2026-10-03T09:00:00+08:00" },
    ],
    window: 100,
  },
  parse: parseDemandInput,
  answer: (input) => classifyDemands(input, segment),
});
