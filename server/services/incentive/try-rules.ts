import type { Rule } from "#domain/incentive/rules.ts";
import { simulate, type SimulateResult } from "#domain/incentive/simulate.ts";
import { addMonths, monthKey } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { closeInput } from "./facts.ts";

/** What a new version of one rule would have done to the last quarters: both sets of rules over the same past. */
export async function tryRules(
  ctx: Ctx,
  { row, rules, version }: { row: string; rules: Rule[]; version: number },
): Promise<SimulateResult> {
  const month = monthKey(ctx.now, ctx.workspace.timezone);
  const periods = Array.from({ length: ctx.settings.rulePreviewQuarters * 3 }, (_, n) =>
    addMonths(month, -1 - n),
  ).reverse();
  const { ledger: _, ...input } = await closeInput(ctx, month);
  const earlier = rules.filter((one) => one.id !== row || one.version < version);
  return simulate({ ...input, rules: asBefore(earlier), proposed: rules, periods, ledger: [] });
}

/** The rules of the past are compared as they were before this change ended them. */
function asBefore(rules: Rule[]): Rule[] {
  const newest = new Map<string, number>();
  for (const { id, version } of rules) newest.set(id, Math.max(version, newest.get(id) ?? 0));
  return rules.map((one) =>
    one.version === newest.get(one.id) ? { ...one, from: undefined, to: undefined } : one,
  );
}
