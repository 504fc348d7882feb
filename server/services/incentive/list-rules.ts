import type { PatchOf } from "#base/index.ts";
import type { Rule } from "#domain/incentive/rules.ts";
import { ruleSentence } from "#domain/incentive/sentence.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { recordsAsSaved } from "../records/pending.ts";
import { loadRules } from "./load-rules.ts";
import { parseRule } from "./parse-rule.ts";

/** What people fill in of a rule; absent = empty. Dates are the starts of local days, ms. */
export type RuleFields = Pick<
  PatchOf<"rules">,
  | "name"
  | "status"
  | "trigger"
  | "period"
  | "rankKind"
  | "threshold"
  | "ties"
  | "points"
  | "coefficient"
  | "cap"
  | "floor"
  | "minN"
  | "minShares"
  | "fewRated"
  | "split"
  | "reward"
  | "rewardKind"
  | "validMonths"
  | "from"
  | "to"
  | "priority"
>;
export const ruleFieldKeys = [
  "name",
  "status",
  "trigger",
  "period",
  "rankKind",
  "threshold",
  "ties",
  "points",
  "coefficient",
  "cap",
  "floor",
  "minN",
  "minShares",
  "fewRated",
  "split",
  "reward",
  "rewardKind",
  "validMonths",
  "from",
  "to",
  "priority",
] as const satisfies (keyof RuleFields)[];

export interface RuleView {
  id: string;
  fields: RuleFields;
  /** What the row does, in the reader's words; null while it cannot be used. */
  sentence: string | null;
  problem: string | null;
  /** Versions in order of time: from and to are local dates, null = without end. */
  versions: { version: number; from: string | null; to: string | null; now: boolean; sentence: string }[];
  pending: boolean;
}

/** 奖励规则: the rows as they stand, what each does, and which version holds when. */
export async function listRules(ctx: Ctx, language: "zh" | "en"): Promise<RuleView[]> {
  const versions = await loadRules(ctx);
  const today = localDay(ctx.now, ctx.workspace.timezone);
  const views = (await recordsAsSaved(ctx, "rules")).map((row): { order: number; view: RuleView } => {
    const parsed = parseRule(ctx, row);
    const mine = versions.filter(({ id }) => id === row.id);
    const view = {
      id: row.id,
      fields: Object.fromEntries(
        ruleFieldKeys.flatMap((key) => (row[key] === undefined ? [] : [[key, row[key]]])),
      ),
      sentence: "rule" in parsed ? ruleSentence(parsed.rule, language) : null,
      problem: row.problem ?? null,
      versions: mine.map((one) => versionOf(one, today, language)),
      pending: row.pending,
    };
    return { order: row.priority ?? 0, view };
  });
  return views.sort((a, b) => b.order - a.order || (a.view.id < b.view.id ? -1 : 1)).map(({ view }) => view);
}

function versionOf(one: Rule, today: string, language: "zh" | "en"): RuleView["versions"][number] {
  const [from, to] = [one.from ?? null, one.to ?? null];
  const now = one.status === "active" && (from === null || from <= today) && (to === null || today <= to);
  return { version: one.version, from, to, now, sentence: ruleSentence(one, language) };
}
