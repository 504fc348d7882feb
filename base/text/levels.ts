import { toHalfWidth } from "./time.ts";

export interface TextProblem {
  readonly value: string;
  readonly expected: string;
}
/** A tag without a level counts this much (tables.md §1). */
const DEFAULT_LEVEL = 0.7;

/**
 * 领域熟练度: `销售 0.9; 技术 0.5` → `{ 销售: 0.9, 技术: 0.5 }`; parts are separated by ; ， 、 or lines, a tag without number
 * counts 0.7. Levels are 0–1. A bad part is a problem, the others are still read.
 */
export function parseLevels(text: string): { levels: Record<string, number>; problems: TextProblem[] } {
  const levels: Record<string, number> = {};
  const problems: TextProblem[] = [];
  for (const part of toHalfWidth(text).split(/[;,、\n]/u)) {
    const value = part.trim();
    if (!value) continue;
    const match = /^(.*?)(?:[\s:=]+(-?\d+(?:\.\d+)?)(%)?)?$/u.exec(value);
    const tag = match?.[1]?.trim() ?? "";
    const level = match?.[2] === undefined ? DEFAULT_LEVEL : Number(match[2]) / (match[3] ? 100 : 1);
    if (!tag || /^-?[\d.]+$/u.test(tag))
      problems.push({ value, expected: "a tag and a level, as in 销售 0.9" });
    else if (level < 0 || level > 1) problems.push({ value, expected: "a level between 0 and 1" });
    else levels[tag] = level;
  }
  return { levels, problems };
}

/** Tags of 擅长领域 with the levels written beside them; a tag named only in the levels counts too. */
export function expertiseOf(tags: readonly string[] = [], levelsText = ""): Record<string, number> {
  const { levels } = parseLevels(levelsText);
  return { ...Object.fromEntries(tags.map((tag) => [tag, DEFAULT_LEVEL])), ...levels };
}
