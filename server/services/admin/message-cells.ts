import { and, eq } from "drizzle-orm";
import type { RowOf } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { record } from "../../db/schema.ts";

/** The rows of 消息与提醒 with their own field `id`, which a record's id would hide. */
export async function messageCells(ctx: Ctx): Promise<{ record: string; row: RowOf<"messages"> }[]> {
  const rows = await ctx.db
    .select({ id: record.id, row: record.row })
    .from(record)
    .where(and(eq(record.workspace, ctx.workspace.id), eq(record.table, "messages"), eq(record.gone, false)))
    .orderBy(record.id);
  // Written by the record store from decoded rows only.
  return rows.map(({ id, row }) => ({ record: id, row: row as RowOf<"messages"> }));
}
