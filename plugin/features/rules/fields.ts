import { rules } from "#base/tables/rules.ts";
import type { RuleFields } from "#server/services/incentive/list-rules.ts";

type Key = keyof RuleFields;

/** Which fields a rule has, in the order of its form; the rest stands under 更多 until it is used. */
export const first = [
  "name",
  "status",
  "trigger",
  "period",
  "rankKind",
  "threshold",
  "points",
  "cap",
] as const;
export const more = [
  "minN",
  "minShares",
  "floor",
  "ties",
  "fewRated",
  "split",
  "reward",
  "rewardKind",
  "validMonths",
  "coefficient",
  "priority",
] as const;
export type FormKey = (typeof first)[number] | (typeof more)[number];

/** Fields that mean something for a trigger only. */
const onlyFor: Partial<Record<Key, readonly string[]>> = {
  rankKind: ["rank", "count"],
  threshold: ["rank", "count", "quality", "thanks"],
  ties: ["rank", "count"],
  fewRated: ["rank"],
  minN: ["rank", "quality", "share"],
};

export const isAsked = (key: FormKey, trigger: string | null | undefined): boolean =>
  onlyFor[key]?.includes(trigger ?? "") ?? true;

export const definitionOf = (key: FormKey) => rules.fields[key];
