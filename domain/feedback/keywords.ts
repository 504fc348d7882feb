import { z } from "zod";
import { isContentWord, normalise } from "../demand/words.ts";
import { integerFrom, listOf, object, parseInput } from "../input.ts";
import type { Parsed } from "../input.ts";
import { compareText, sum } from "../numbers.ts";
import { toneOf } from "./tone.ts";
import type { Tone } from "./tone.ts";

/** Words of a text with their TF-IDF weights, best first; jieba in the server and the command line. */
export type ExtractKeywords = (text: string, top: number) => { keyword: string; weight: number }[];

const keywordsInput = object({ comments: listOf(z.string("a text")), top: integerFrom(1).default(10) });
export type KeywordsInput = z.output<typeof keywordsInput>;

export interface Keyword {
  word: string;
  /** Σ of its TF-IDF weights over the comments. */
  weight: number;
  /** Comments it stands in. */
  count: number;
  tone: Tone;
}

export interface KeywordsResult {
  keywords: Keyword[];
  comments: { tone: Tone; score: number; keywords: string[] }[];
}

export function parseKeywordsInput(input: unknown): Parsed<KeywordsInput> {
  return parseInput<KeywordsInput>(keywordsInput, input);
}

/** Keywords over all comments and the tone of each; comments in input order. */
export function findKeywords(input: KeywordsInput, extract: ExtractKeywords): KeywordsResult {
  const read = input.comments.map((comment) => {
    const words = extract(normalise(comment), 20).filter((one) => isContentWord(one.keyword));
    return { ...toneOf(comment), words };
  });
  const found = new Map<string, { weight: number; scores: number[] }>();
  for (const { words, score } of read)
    for (const { keyword, weight } of words) {
      const entry = found.get(keyword) ?? { weight: 0, scores: [] };
      found.set(keyword, { weight: entry.weight + weight, scores: [...entry.scores, score] });
    }
  const keywords = [...found]
    .map(([word, { weight, scores }]) => ({
      word,
      weight,
      count: scores.length,
      tone: wordTone(word, scores),
    }))
    .sort((a, b) => b.weight - a.weight || compareText(a.word, b.word));
  return {
    keywords: keywords.slice(0, input.top),
    comments: read.map(({ tone, score, words }) => ({
      tone,
      score,
      keywords: words.slice(0, 5).map((one) => one.keyword),
    })),
  };
}

/** A word with a tone of its own keeps it (但没听懂 beside 实用); others take that of the comments they stand in. */
function wordTone(word: string, scores: readonly number[]): Tone {
  const own = toneOf(word);
  if (own.score !== 0) return own.tone;
  const average = sum(scores) / scores.length;
  return average > 0.2 ? "positive" : average < -0.2 ? "negative" : "neutral";
}
