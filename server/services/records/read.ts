import { and, eq, inArray } from "drizzle-orm";
import type { RowOf, TableKey } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { record } from "../../db/schema.ts";

/** A record as the cache has it. Effects read the Base again before they act. */
export type Rec<K extends TableKey> = RowOf<K> & {
  id: string;
  modifiedAt: number;
  /** Raised with every change. */ version: number;
};

/** All records of a table. */
export async function allRecords<K extends TableKey>(ctx: Ctx, table: K): Promise<Rec<K>[]> {
  const rows = await ctx.db
    .select()
    .from(record)
    .where(and(eq(record.workspace, ctx.workspace.id), eq(record.table, table), eq(record.gone, false)))
    .orderBy(record.id);
  return rows.map((row) => toRec<K>(row));
}

/** One record; null when it is not there (any more). */
export async function getRecord<K extends TableKey>(ctx: Ctx, table: K, id: string): Promise<Rec<K> | null> {
  return (await getRecords(ctx, table, [id]))[0] ?? null;
}

export async function getRecords<K extends TableKey>(ctx: Ctx, table: K, ids: string[]): Promise<Rec<K>[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select()
    .from(record)
    .where(
      and(
        eq(record.workspace, ctx.workspace.id),
        eq(record.table, table),
        eq(record.gone, false),
        inArray(record.id, ids),
      ),
    );
  return rows.map((row) => toRec<K>(row));
}

/** The cells of a record alone: a table may have a field called `version` of its own. */
export async function getRow<K extends TableKey>(ctx: Ctx, table: K, id: string): Promise<RowOf<K> | null> {
  const [row] = await ctx.db
    .select({ row: record.row })
    .from(record)
    .where(
      and(
        eq(record.workspace, ctx.workspace.id),
        eq(record.table, table),
        eq(record.id, id),
        eq(record.gone, false),
      ),
    );
  return row ? (row.row as RowOf<K>) : null;
}

function toRec<K extends TableKey>(row: typeof record.$inferSelect): Rec<K> {
  // Written by store.ts from a decoded row only.
  return { ...(row.row as RowOf<K>), id: row.id, modifiedAt: row.modifiedAt, version: row.version };
}
