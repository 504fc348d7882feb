import { z } from "zod";
import {
  duplicates,
  instant,
  integerFrom,
  listOf,
  namesOf,
  object,
  parseInput,
  text,
  unknownNames,
} from "../input.ts";
import type { Parsed } from "../input.ts";
import { compareText } from "../numbers.ts";
import { toInstant } from "../time.ts";
import { emergingPhrases } from "./emerging.ts";
import type { Emerging } from "./emerging.ts";
import { normalise } from "./words.ts";
import type { Segment } from "./words.ts";

const topic = object({ id: text, name: text, keywords: listOf(text).default([]) });
const demand = object({
  id: text,
  text: z.string("a text"),
  source: z.string("a text").nullish(),
  at: instant,
  topic: text.nullish(),
});
const demandInput = object({
  topics: listOf(topic),
  demands: listOf(demand),
  window: integerFrom(1).default(100),
});

export type DemandInput = z.output<typeof demandInput>;
export type Topic = z.output<typeof topic>;
export type Demand = z.output<typeof demand>;

export interface TopicShare {
  topic: string;
  count: number;
  /** Of all demands in the window, unclassified ones included. */
  share: number;
  /** count − count in the window before; null if that window is short. */
  trend: number | null;
  evidence: string[];
}

export interface DemandResult {
  topics: TopicShare[];
  unclassified: string[];
  emerging: Emerging[];
}

export function parseDemandInput(input: unknown): Parsed<DemandInput> {
  return parseInput<DemandInput>(demandInput, input, (raw) => [
    ...duplicates(raw, "topics", "id"),
    ...duplicates(raw, "demands", "id"),
    ...unknownNames(raw, "demands", "topic", namesOf(raw, "topics"), "topic"),
  ]);
}

/** The topic of one demand, by the keywords found in it, or null. A topic set by hand wins. */
export function classifyOne(topics: readonly Topic[], one: Pick<Demand, "text" | "topic">): string | null {
  if (one.topic) return one.topic;
  const said = normalise(one.text);
  let [best, bestScore] = [null as string | null, 0];
  for (const entry of topics) {
    const score = keywordScore(said, entry);
    if (score > bestScore) [best, bestScore] = [entry.id, score];
  }
  return best;
}

/** Longer keywords say more; one that only repeats part of another found counts nothing. */
function keywordScore(said: string, entry: Topic): number {
  const words = new Set([entry.name, ...entry.keywords].map(normalise).filter((word) => word !== ""));
  const found = [...words].filter((word) => occurs(said, word));
  return found
    .filter((word) => !found.some((other) => other !== word && other.includes(word)))
    .reduce((total, word) => total + Array.from(word).length * (isLatin(word) ? 0.5 : 1), 0);
}

const isLatin = (word: string) => /^[\p{Script=Latin}\d .'-]+$/u.test(word);

/** Latin words match whole ("it" is not in "visit"), Chinese ones anywhere. */
function occurs(said: string, word: string): boolean {
  if (!isLatin(word)) return said.includes(word);
  for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1)) {
    const around = [said.charAt(at - 1), said.charAt(at + word.length)];
    if (around.every((letter) => !/[\p{Script=Latin}\d]/u.test(letter))) return true;
  }
  return false;
}

/** Shares of topics over the last `window` demands, by time and then id (design.md §8). */
export function classifyDemands(input: DemandInput, segment: Segment): DemandResult {
  const sorted = input.demands
    .map((one) => ({ ...one, when: toInstant(one.at) }))
    .sort((a, b) => a.when - b.when || compareText(a.id, b.id));
  const recent = sorted.slice(-input.window);
  const before = sorted.slice(0, -input.window).slice(-input.window);
  const now = byTopic(input.topics, recent);
  const then = before.length === input.window ? byTopic(input.topics, before) : null;
  const topics = input.topics.map(({ id }): TopicShare => {
    const evidence = (now.get(id) ?? []).map((one) => one.id);
    const count = evidence.length;
    const share = recent.length === 0 ? 0 : count / recent.length;
    return { topic: id, count, share, trend: then ? count - (then.get(id)?.length ?? 0) : null, evidence };
  });
  const left = now.get(null) ?? [];
  return {
    topics: topics.sort((a, b) => b.count - a.count),
    unclassified: left.map((one) => one.id),
    emerging: emergingPhrases(left, segment),
  };
}

function byTopic(topics: readonly Topic[], demands: readonly Demand[]): Map<string | null, Demand[]> {
  const found = new Map<string | null, Demand[]>();
  for (const one of demands) {
    const id = classifyOne(topics, one);
    found.set(id, [...(found.get(id) ?? []), one]);
  }
  return found;
}
