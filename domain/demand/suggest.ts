import { compareText } from "../numbers.ts";
import { dayNumber } from "../time.ts";
import type { TopicShare } from "./classify.ts";

/** Named in a message only from so much evidence up, and not again soon after it was shared (texts.md §5.7). */
export interface SuggestRules {
  leastDemands: number;
  /** 0–1. */
  leastShare: number;
  restDays: number;
  choices: number;
}

export const defaultSuggestRules: SuggestRules = {
  leastDemands: 10,
  leastShare: 0.1,
  restDays: 60,
  choices: 3,
};

export interface TopicFacts {
  id: string;
  tags: readonly string[];
  /** Local date it was last shared to this group; null = never. */
  lastShared: string | null;
}

export interface Suggestion {
  topic: string;
  /** The demands behind it; null below the least evidence, so that no message names it as asked for. */
  evidence: { count: number; share: number; window: number } | null;
  /** How much of the topic the lecturer knows: Σ expertise over its tags / number of tags. */
  fit: number;
}

export interface SuggestInput {
  shares: readonly TopicShare[];
  /** Demands in the window really used. */
  window: number;
  topics: readonly TopicFacts[];
  /** The lecturer's expertise by tag. */
  expertise: ReadonlyMap<string, number>;
  /** Local date of the session. */
  day: string;
  /** Topics declined with 主题不熟: not suggested to this person. */
  declined?: readonly string[];
}

/** Up to 3 topics for one lecturer: what is asked for most and known first, then what fits best without evidence. */
export function suggestTopics(input: SuggestInput, rules: SuggestRules = defaultSuggestRules): Suggestion[] {
  const shares = new Map(input.shares.map((share) => [share.topic, share]));
  return input.topics
    .filter((topic) => !input.declined?.includes(topic.id) && isRested(topic, input.day, rules.restDays))
    .map((topic) => suggestion(topic, shares.get(topic.id), input, rules))
    .sort((a, b) => worth(b) - worth(a) || b.fit - a.fit || compareText(a.topic, b.topic))
    .slice(0, rules.choices);
}

function isRested(topic: TopicFacts, day: string, restDays: number): boolean {
  return topic.lastShared === null || dayNumber(day) - dayNumber(topic.lastShared) > restDays;
}

function suggestion(
  topic: TopicFacts,
  share: TopicShare | undefined,
  input: SuggestInput,
  rules: SuggestRules,
): Suggestion {
  const known = topic.tags.map((tag) => input.expertise.get(tag) ?? 0);
  const fit = known.length === 0 ? 0 : known.reduce((a, b) => a + b) / known.length;
  const enough = share && share.count >= rules.leastDemands && share.share >= rules.leastShare;
  return {
    topic: topic.id,
    evidence: enough ? { count: share.count, share: share.share, window: input.window } : null,
    fit,
  };
}

/** Demand counts for everybody, more for who knows the matter. */
function worth({ evidence, fit }: Suggestion): number {
  return (evidence?.share ?? 0) * (0.5 + 0.5 * fit);
}
