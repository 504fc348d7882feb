import { and, eq, inArray, sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";

/** The record that a `record.create` effect made, by the effect's key; null while it is not there. */
export async function recordMadeBy(ctx: Ctx, key: string): Promise<string | null> {
  return (await recordsMadeBy(ctx, [key])).get(key) ?? null;
}

export async function recordsMadeBy(ctx: Ctx, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await ctx.db
    .select({ key: outbox.key, record: sql<string | null>`result->>'record'` })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), inArray(outbox.key, keys)));
  return new Map(rows.flatMap(({ key, record }) => (record ? [[key, record] as const] : [])));
}

/** The key of the effect that made a record, when it begins with `prefix`; null for a record made by someone else. */
export async function makerOf(ctx: Ctx, record: string, prefix: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.kind, "record.create"),
        sql`result->>'record' = ${record}`,
        sql`starts_with(${outbox.key}, ${prefix})`,
      ),
    )
    .limit(1);
  return row?.key ?? null;
}
