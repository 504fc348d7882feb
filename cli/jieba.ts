import { Jieba, TfIdf } from "@node-rs/jieba";
import { dict, idf } from "@node-rs/jieba/dict.js";
import type { Segment } from "#domain/demand/words.ts";
import type { ExtractKeywords } from "#domain/feedback/keywords.ts";

let loaded: { jieba: Jieba; tfidf: TfIdf } | undefined;

/** The dictionary takes half a second: only commands that cut words pay for it. */
function tools(): { jieba: Jieba; tfidf: TfIdf } {
  loaded ??= { jieba: Jieba.withDict(dict), tfidf: TfIdf.withDict(idf) };
  return loaded;
}

export const segment: Segment = (text) => tools().jieba.cut(text, true);

export const extractKeywords: ExtractKeywords = (text, top) =>
  tools().tfidf.extractKeywords(tools().jieba, text, top);
