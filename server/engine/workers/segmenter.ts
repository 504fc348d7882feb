import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

/** Cuts Chinese and English text into words. The dictionary is loaded when the first text comes. */
export function segmenter(): (text: string) => string[] {
  let jieba: Jieba | undefined;
  return (text) => {
    jieba ??= Jieba.withDict(dict);
    return jieba.cut(text, true).filter((word) => word.trim() !== "");
  };
}
