import { isContentWord, normalise } from "./words.ts";
import type { Segment } from "./words.ts";

export interface Emerging {
  words: string[];
  count: number;
  evidence: string[];
}

const least = 5;
const longest = 3;

interface Phrase {
  words: string[];
  ids: Set<string>;
}

/**
 * Phrases that at least 5 of these demands share: 1 to 3 content words in a row, the longest that still has 5 first.
 * Each demand is evidence once, for the phrase most others share.
 */
export function emergingPhrases(
  demands: readonly { id: string; text: string }[],
  segment: Segment,
): Emerging[] {
  let phrases = collect(demands, segment);
  const found: Emerging[] = [];
  for (;;) {
    const best = phrases.filter((phrase) => phrase.ids.size >= least).sort(byWeight)[0];
    if (!best) return found;
    found.push({
      words: best.words,
      count: best.ids.size,
      evidence: demands.filter((one) => best.ids.has(one.id)).map((one) => one.id),
    });
    phrases = phrases.map(({ words, ids }) => ({
      words,
      ids: new Set([...ids].filter((id) => !best.ids.has(id))),
    }));
  }
}

/** More demands first; of equals the longer phrase, then the one met first. */
function byWeight(a: Phrase, b: Phrase): number {
  return b.ids.size - a.ids.size || b.words.length - a.words.length;
}

function collect(demands: readonly { id: string; text: string }[], segment: Segment): Phrase[] {
  const phrases = new Map<string, Phrase>();
  for (const { id, text } of demands) {
    for (const run of contentRuns(segment(normalise(text)))) {
      for (let from = 0; from < run.length; from += 1) {
        for (let to = from + 1; to <= Math.min(run.length, from + longest); to += 1) {
          const words = run.slice(from, to);
          const key = words.join("\u0000");
          const phrase = phrases.get(key) ?? { words, ids: new Set() };
          phrases.set(key, { words, ids: phrase.ids.add(id) });
        }
      }
    }
  }
  return [...phrases.values()];
}

/** Neighbouring content words; spaces and particles such as 的 do not part a phrase, punctuation does. */
function contentRuns(words: readonly string[]): string[][] {
  const runs: string[][] = [[]];
  for (const word of words) {
    if (isContentWord(word)) runs.at(-1)?.push(word);
    else if (/[\p{P}\p{S}]/u.test(word)) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}
