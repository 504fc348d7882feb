import { and, eq, inArray, sql } from "drizzle-orm";
import type { TableKey } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { record } from "../../db/schema.ts";

/** Another value as soon as any record of these tables changed: cheap to ask, so that a run with nothing new does nothing. */
export async function stampOf(ctx: Ctx, tables: TableKey[]): Promise<string> {
  const [row] = await ctx.db
    .select({ stamp: sql<string>`concat(count(*), ':', coalesce(sum(version), 0))` })
    .from(record)
    .where(and(eq(record.workspace, ctx.workspace.id), inArray(record.table, tables)));
  return row?.stamp ?? "";
}
