import { rule as ruleSchema, ruleProblems, type Rule } from "#domain/incentive/rules.ts";
import { localDay } from "#domain/time.ts";
import { fieldNameOf } from "#base/mapping.ts";
import { fieldOf } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";

export type ParsedRule = { rule: Rule } | { problem: { field: string; value: string; expected: string } };

/** A row of 激励规则 as the rules of domain/incentive take it; what is wrong names the field people see. */
export function parseRule(ctx: Ctx, row: Rec<"rules">): ParsedRule {
  const zone = ctx.workspace.timezone;
  const day = (at: number | undefined) => (at === undefined ? undefined : localDay(at, zone));
  const given: Record<string, unknown> = Object.fromEntries(
    Object.entries({
      id: row.id,
      name: row.name,
      status: row.status ?? "draft",
      trigger: row.trigger,
      period: row.period,
      rankKind: row.rankKind,
      threshold: row.threshold,
      ties: row.ties,
      points: row.points,
      coefficient: row.coefficient,
      cap: row.cap,
      floor: row.floor,
      minN: row.minN,
      minShares: row.minShares,
      fewRated: row.fewRated,
      split: row.split,
      reward: row.reward,
      rewardKind: row.rewardKind,
      validMonths: row.validMonths,
      from: day(row.from),
      to: day(row.to),
      priority: row.priority,
    }).filter(([, value]) => value !== undefined),
  );
  const [wrong] = ruleProblems(given);
  if (wrong) return { problem: named(ctx, wrong.key, wrong.value, wrong.expected) };
  const parsed = ruleSchema.safeParse(given);
  if (parsed.success) return { rule: parsed.data };
  const issue = parsed.error.issues[0]!;
  const key = String(issue.path[0] ?? "name");
  return { problem: named(ctx, key, given[key], issue.message) };
}

function named(ctx: Ctx, key: string, value: unknown, expected: string) {
  const field = fieldOf("rules", key) ? fieldNameOf(ctx.workspace.mapping, "rules", key) : key;
  return {
    field,
    value: typeof value === "string" || typeof value === "number" ? String(value) : "",
    expected,
  };
}
