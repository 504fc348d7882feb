import { z } from "zod";
import { anyNumber, integerFrom, numberFrom, object, oneOf, text } from "../input.ts";
import { dayNumber, dayFromNumber } from "../time.ts";

const dayExpected = "a date YYYY-MM-DD";
export const day = z
  .string(dayExpected)
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && dayFromNumber(dayNumber(value) || 0) === value,
    dayExpected,
  );

const factorNames: Record<string, "level" | "difficulty" | "hours"> = {
  级别: "level",
  难度: "difficulty",
  时长: "hours",
  level: "level",
  difficulty: "difficulty",
  hours: "hours",
};

const coefficientExpected = "names of 级别 (level), 难度 (difficulty), 时长 (hours) joined by ×, or empty";
const coefficient = z
  .string(coefficientExpected)
  .refine((value) => coefficientFactors(value) !== null, coefficientExpected);

/** The factors of `级别×难度×时长`; none for an empty text, null for a name unknown. */
export function coefficientFactors(value: string): ("level" | "difficulty" | "hours")[] | null {
  if (value.trim() === "") return [];
  const names = value.split(/[×*]/).map((name) => factorNames[name.trim().toLowerCase()]);
  return names.every((name) => name !== undefined) ? names : null;
}

/** One version of a rule; tables.md §9 has the columns people fill in. */
export const rule = object({
  id: text,
  version: integerFrom(1).default(1),
  name: text.optional(),
  status: oneOf("draft", "active", "off").default("active"),
  trigger: oneOf("share", "quality", "rank", "count", "first", "course", "help", "thanks"),
  period: oneOf("month", "quarter", "year").default("month"),
  rankKind: oneOf("percent", "top").optional(),
  threshold: anyNumber.optional(),
  ties: oneOf("all", "none", "band").default("all"),
  points: anyNumber,
  coefficient: coefficient.default(""),
  cap: numberFrom(0).optional(),
  floor: anyNumber.optional(),
  minN: integerFrom(0).optional(),
  minShares: integerFrom(0).default(0),
  split: oneOf("equal", "full", "lead").default("equal"),
  reward: text.optional(),
  rewardKind: oneOf("honour", "material", "growth", "none").default("none"),
  validMonths: integerFrom(1).default(12),
  fewRated: oneOf("skip", "quarter").default("skip"),
  from: day.optional(),
  to: day.optional(),
  priority: anyNumber.default(0),
});

export type Rule = z.output<typeof rule>;

/** Kept apart from the schema so that both stay short: what one field says about another. */
export function ruleProblems(
  item: Record<string, unknown>,
): { key: string; value: unknown; expected: string }[] {
  const { trigger, rankKind, threshold, from, to } = item;
  const problems: { key: string; value: unknown; expected: string }[] = [];
  const missing = typeof threshold !== "number";
  if (trigger === "rank" && rankKind === undefined)
    problems.push({ key: "rankKind", value: rankKind, expected: "percent or top for the trigger rank" });
  if (
    (trigger === "rank" || trigger === "count" || trigger === "quality") &&
    missing &&
    threshold === undefined
  )
    problems.push({ key: "threshold", value: threshold, expected: `a number for the trigger ${trigger}` });
  if (rankKind === "percent" && !missing && (threshold <= 0 || threshold > 100))
    problems.push({ key: "threshold", value: threshold, expected: "a percentage > 0 and <= 100" });
  if (typeof from === "string" && typeof to === "string" && to < from)
    problems.push({ key: "to", value: to, expected: `a date not before \`from\` (${from})` });
  return problems;
}

/** Least ratings before a rule looks at scores (texts.md §5.8: 10 for a ranking, 5 for the quality of one share). */
export function minimumOf(one: Rule): number {
  return one.minN ?? (one.trigger === "rank" ? 10 : 5);
}

/** The version in force on a local date, newest first; null = not in force. */
export function inForce(rules: readonly Rule[], id: string, date: string): Rule | null {
  const found = rules.filter(
    (one) =>
      one.id === id &&
      one.status === "active" &&
      (one.from === undefined || one.from <= date) &&
      (one.to === undefined || date <= one.to),
  );
  return found.reduce<Rule | null>(
    (best, one) => (best === null || one.version > best.version ? one : best),
    null,
  );
}

/** The rules' ids, higher priority first, then by id. */
export function ruleIds(rules: readonly Rule[]): string[] {
  const priority = new Map<string, number>();
  for (const one of rules) priority.set(one.id, Math.max(one.priority, priority.get(one.id) ?? -Infinity));
  return [...priority.keys()].sort(
    (a, b) => (priority.get(b) ?? 0) - (priority.get(a) ?? 0) || (a < b ? -1 : a > b ? 1 : 0),
  );
}

/** The article's rules as they stand on day one (texts.md §5.8). */
export const defaultRules: readonly z.input<typeof rule>[] = [
  { id: "share", name: "每次分享", trigger: "share", points: 0.5, cap: 1, floor: -1, minN: 5 },
  {
    id: "master",
    name: "评分前10%",
    trigger: "rank",
    rankKind: "percent",
    threshold: 10,
    ties: "band",
    points: 1,
    minN: 10,
    reward: "内训名师",
    rewardKind: "honour",
    fewRated: "quarter",
  },
  {
    id: "top3",
    name: "季度分享次数TOP3",
    trigger: "count",
    period: "quarter",
    rankKind: "top",
    threshold: 3,
    points: 0,
    reward: "外部培训机会",
    rewardKind: "growth",
  },
  {
    id: "coaching",
    name: "季度分享次数≥4次,且评分前15%",
    trigger: "rank",
    period: "quarter",
    rankKind: "percent",
    threshold: 15,
    ties: "band",
    points: 0,
    minN: 10,
    minShares: 4,
    reward: "销售总监1对1辅导",
    rewardKind: "growth",
  },
];
