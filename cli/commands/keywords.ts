import { findKeywords, parseKeywordsInput } from "#domain/feedback/keywords.ts";
import { defineCommand } from "../command.ts";
import { extractKeywords } from "../jieba.ts";

export const keywordsCommand = defineCommand({
  name: "keywords",
  summary: "Words and tone of comments.",
  notes: [
    "weight: sum of TF-IDF weights; count: comments the word stands in; top: 10 where not given.",
    "Tone comes from a short list of plain words, Chinese and English; what it does not know is neutral.",
  ],
  example: { comments: ["案例好,很实用", "后半段没听懂", "Useful and clear"], top: 5 },
  parse: parseKeywordsInput,
  answer: (input) => findKeywords(input, extractKeywords),
});
