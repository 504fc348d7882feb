import { desc, eq } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { importBatch } from "../../db/schema.ts";

export interface ImportSummary {
  readonly batch: string;
  readonly kind: string;
  readonly at: number;
  readonly by: string;
  readonly undoneAt: number | null;
  /** How many of each the batch made. */
  readonly made: Record<string, number>;
}

/** All batches of the workspace, newest first. */
export async function listImports(ctx: Ctx): Promise<ImportSummary[]> {
  const rows = await ctx.db
    .select()
    .from(importBatch)
    .where(eq(importBatch.workspace, ctx.workspace.id))
    .orderBy(desc(importBatch.at));
  return rows.map(({ id, kind, at, by, undoneAt, made }) => ({
    batch: id,
    kind,
    at,
    by,
    undoneAt,
    made: Object.fromEntries(Object.entries(made).map(([place, ids]) => [place, ids.length])),
  }));
}
