import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { TableKey } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { record } from "../../db/schema.ts";

const cellProblem = z.object({
  field: z.string(),
  fieldName: z.string(),
  value: z.unknown(),
  expected: z.string(),
});
/** A cell that could not be read: which one, what stands there, what was expected. */
export type StoredProblem = z.infer<typeof cellProblem>;

/** What is wrong with the cells of one record, as it was last read; empty when all is well or the record is gone. */
export async function problemsOf(ctx: Ctx, table: TableKey, id: string): Promise<StoredProblem[]> {
  const [row] = await ctx.db
    .select({ problems: record.problems, gone: record.gone })
    .from(record)
    .where(and(eq(record.workspace, ctx.workspace.id), eq(record.table, table), eq(record.id, id)));
  return row && !row.gone ? z.array(cellProblem).parse(row.problems) : [];
}

/** Records with a cell that could not be read. */
export async function recordsWithProblems(ctx: Ctx): Promise<{ table: TableKey; id: string }[]> {
  const rows = await ctx.db
    .select({ table: record.table, id: record.id })
    .from(record)
    .where(
      and(
        eq(record.workspace, ctx.workspace.id),
        eq(record.gone, false),
        sql`jsonb_array_length(problems) > 0`,
      ),
    )
    .orderBy(record.table, record.id);
  return rows as { table: TableKey; id: string }[];
}
