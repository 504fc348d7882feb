import { eq } from "drizzle-orm";
import { z } from "zod";
import { rule as ruleSchema, type Rule } from "#domain/incentive/rules.ts";
import type { Ctx } from "../../context.ts";
import { ruleVersion } from "../../db/schema.ts";
import { allRecords } from "../records/read.ts";

/** A version as it is kept: the rule and the fingerprint of what it means. */
export const storedRule = z.object({ rule: ruleSchema, meaning: z.string() });

/** Every version of every rule, named as its row is named now. */
export async function loadRules(ctx: Ctx): Promise<Rule[]> {
  const rows = await ctx.db.select().from(ruleVersion).where(eq(ruleVersion.workspace, ctx.workspace.id));
  const names = new Map((await allRecords(ctx, "rules")).map(({ id, name }) => [id, name]));
  return rows
    .sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.version - b.version))
    .map(({ value }) => storedRule.parse(value).rule)
    .map((one) => ({
      ...one,
      name: names.get(one.id) ?? one.name,
      // Hidden under 高级 until switched on (texts.md §5.8): all factors are 1.
      coefficient: ctx.settings.coefficients ? one.coefficient : "",
    }));
}
