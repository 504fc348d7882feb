import { chance, normal } from "./random.ts";

/** How much a talk gains when its topic lies in the lecturer's own field, was asked for, and was prepared with material. */
const OWN_FIELD = 0.35;
const ASKED_FOR = 0.3;
const PREPARED = 0.15;

/** A lecturer's true skill, on the scale of the ratings, before anything of the occasion. Nobody sees it; ratings do. */
function skill(seed: number, name: string): number {
  return Math.min(4.3, Math.max(2.7, 3.45 + 0.35 * normal(seed, "skill", name)));
}

export interface Occasion {
  ownField: boolean;
  askedFor: boolean;
  prepared: boolean;
}

/** The mean rating such a talk would get from very many learners. */
export function trueMean(seed: number, name: string, occasion: Occasion): number {
  return (
    skill(seed, name) +
    (occasion.ownField ? OWN_FIELD : -0.1) +
    (occasion.askedFor ? ASKED_FOR : 0) +
    (occasion.prepared ? PREPARED : -0.15)
  );
}

/** One learner's rating 1–5: the true mean with a spread of 0.75. */
export function rating(mean: number, ...key: (string | number)[]): number {
  return Math.min(5, Math.max(1, Math.round(mean + 0.75 * normal("rating", ...key))));
}

/** Does a learner with this rating add a sentence, and in which tone? */
export function toneOf(score: number, ...key: (string | number)[]): "praise" | "problem" | "mixed" | null {
  if (!chance(score === 3 ? 0.2 : 0.35, "writes", ...key)) return null;
  if (score >= 4) return chance(0.8, "tone", ...key) ? "praise" : "mixed";
  if (score === 3) return chance(0.6, "tone", ...key) ? "mixed" : "problem";
  return "problem";
}
