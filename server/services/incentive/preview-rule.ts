import type { SimulateResult } from "#domain/incentive/simulate.ts";
import { ruleSentence } from "#domain/incentive/sentence.ts";
import type { Names } from "#base/table.ts";
import type { Ctx } from "../../context.ts";
import { problemOfRow } from "../admin/check-row.ts";
import { allRecords, getRow, type Rec } from "../records/read.ts";
import { loadRules } from "./load-rules.ts";
import { parseRule } from "./parse-rule.ts";
import { meaningOf, startOf } from "./rules.ts";
import { tryRules } from "./try-rules.ts";

export interface RulePreview {
  sentence: string | null;
  problem: string | null;
  /** null: nothing would change, or the rule cannot be used. */
  effect: {
    /** Local date from which it would hold; null = from the start. */
    from: string | null;
    quarters: number;
    before: number;
    after: number;
    awards: number;
    gain: string[];
    lose: string[];
    lecturers: { name: string; before: number; after: number }[];
  } | null;
}

/** What a rule would mean and would have done to past quarters, before anything is saved. Stores nothing. */
export async function previewRule(
  ctx: Ctx,
  input: { record: string | null; fields: Record<string, unknown>; language: "zh" | "en" },
): Promise<RulePreview> {
  const { record, fields, language } = input;
  const problem: Names | null = await problemOfRow(ctx, { table: "rules", record, fields });
  const row = { ...(record === null ? {} : await getRow(ctx, "rules", record)), ...fields };
  const cells = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  const parsed = parseRule(ctx, { ...cells, id: record ?? "new" } as Rec<"rules">);
  if (problem || "problem" in parsed)
    return { sentence: null, problem: problem?.[language] ?? null, effect: null };
  const sentence = ruleSentence(parsed.rule, language);
  const rules = await loadRules(ctx);
  const latest = rules.findLast(({ id }) => id === parsed.rule.id);
  if (
    latest &&
    meaningOf({ ...latest, from: parsed.rule.from, to: parsed.rule.to }) === meaningOf(parsed.rule)
  )
    return { sentence, problem: null, effect: null };
  const version = (latest?.version ?? 0) + 1;
  const from = await startOf(ctx, parsed.rule.from, latest !== undefined);
  const proposed = [...rules, { ...parsed.rule, version }];
  const result = await tryRules(ctx, { row: parsed.rule.id, rules: proposed, version });
  return { sentence, problem: null, effect: await effectOf(ctx, result, from ?? null) };
}

async function effectOf(
  ctx: Ctx,
  result: SimulateResult,
  from: string | null,
): Promise<RulePreview["effect"]> {
  const names = new Map((await allRecords(ctx, "lecturers")).map(({ id, name }) => [id, name ?? id]));
  const named = (ids: string[]) => ids.map((id) => names.get(id) ?? id);
  return {
    from,
    quarters: ctx.settings.rulePreviewQuarters,
    before: result.total.before.points,
    after: result.total.after.points,
    awards: result.total.difference.awards,
    gain: named(result.gain),
    lose: named(result.lose),
    lecturers: result.lecturers
      .filter(({ difference }) => difference.points !== 0 || difference.awards !== 0)
      .map(({ lecturer, before, after }) => ({
        name: names.get(lecturer) ?? lecturer,
        before: before.points,
        after: after.points,
      })),
  };
}
