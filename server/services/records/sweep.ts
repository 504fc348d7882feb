import { and, eq } from "drizzle-orm";
import { tableKeyOf, locate } from "#base/mapping.ts";
import type { TableKey } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { record, tableState } from "../../db/schema.ts";
import { storeGone, storeRead } from "./store.ts";

/** Tables that people write, or whose rows rules read; the copies we only write are left out. */
const COPIES = new Set<TableKey>(["ledger", "metrics", "ratings"]);

/**
 * Finds what no event told: one call a Base gives a revision a table (decisions.md 7), and only tables that moved are read.
 * `everything` reads all tables whatever their revision: the rebuild of the cache.
 */
export async function sweep(
  ctx: Ctx,
  options: { everything?: boolean } = {},
): Promise<{ tables: number; changed: number }> {
  const { mapping } = ctx.workspace;
  const states = new Map(
    (await ctx.db.select().from(tableState).where(eq(tableState.workspace, ctx.workspace.id))).map((row) => [
      row.table,
      row.revision,
    ]),
  );
  let tables = 0;
  let changed = 0;
  for (const token of [mapping.appToken, mapping.adminAppToken])
    for (const { tableId, revision } of await ctx.feishu.bases.listTables(token)) {
      const table = tableKeyOf(mapping, token, tableId);
      if (!table || COPIES.has(table)) continue;
      if (!options.everything && states.get(table) === revision) continue;
      tables++;
      changed += await sweepTable(ctx, table);
      await ctx.db
        .insert(tableState)
        .values({ workspace: ctx.workspace.id, table, revision, sweptAt: ctx.now })
        .onConflictDoUpdate({
          target: [tableState.workspace, tableState.table],
          set: { revision, sweptAt: ctx.now },
        });
    }
  return { tables, changed };
}

async function sweepTable(ctx: Ctx, table: TableKey): Promise<number> {
  const place = locate(ctx.workspace.mapping, table);
  const records = await ctx.feishu.records.search(place, { automaticFields: true });
  const changed = await storeRead(ctx, table, records);
  const there = new Set(records.map(({ recordId }) => recordId));
  const cached = await ctx.db
    .select({ id: record.id })
    .from(record)
    .where(and(eq(record.workspace, ctx.workspace.id), eq(record.table, table), eq(record.gone, false)));
  const missing = cached.map(({ id }) => id).filter((id) => !there.has(id));
  if (missing.length === 0) return changed.length;
  const { absent } = await ctx.feishu.records.batchGet(place, missing);
  await storeGone(ctx, table, absent);
  return changed.length + absent.length;
}
