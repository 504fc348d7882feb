import { and, eq, inArray } from "drizzle-orm";
import { anyTables, type TableKey, tableKeys } from "#base/index.ts";
import { locate } from "#base/mapping.ts";
import { type Ctx, transaction } from "../../context.ts";
import { audit, baseline, importBatch, ledger, released } from "../../db/schema.ts";
import { MissingError, StaleError } from "../../errors.ts";
import type { Made } from "./import-types.ts";

export interface Undone {
  readonly batch: string;
  /** Records removed, by table. */
  readonly removed: Record<string, number>;
  /** Records that people had removed before. */
  readonly gone: number;
}

/** Takes back everything a batch made: Base records, released answers and figures; points by reversal, the ledger only grows. */
export async function undoImport(ctx: Ctx, id: string): Promise<Undone> {
  const [batch] = await ctx.db
    .select()
    .from(importBatch)
    .where(and(eq(importBatch.id, id), eq(importBatch.workspace, ctx.workspace.id)));
  if (!batch)
    throw new MissingError("no_batch", `there is no import batch ${id}`, {
      nextStep: { zh: "用 lectern import list 查看批次", en: "see the batches with lectern import list" },
    });
  if (batch.undoneAt !== null) throw new StaleError("undone_before", `batch ${id} was undone already`);
  const { removed, gone } = await removeRecords(ctx, batch.made);
  await transaction(ctx, (tx) => takeBack(tx, id, batch.made, { removed, gone }));
  return { batch: id, removed, gone };
}

/** The last made go first: ratings before their sessions, profiles before their lecturers. */
async function removeRecords(
  ctx: Ctx,
  made: Made,
): Promise<{ removed: Record<string, number>; gone: number }> {
  const removed: Record<string, number> = {};
  let gone = 0;
  const order: TableKey[] = ["ratings", "materials", "sessions", "profiles", "lecturers"];
  const tables = [...order, ...tableKeys.filter((key) => !order.includes(key))].filter(
    (key) => made[key]?.length,
  );
  for (const table of tables) {
    const place = locate(ctx.workspace.mapping, table);
    const ids = made[table] ?? [];
    const { absent } = await ctx.feishu.records.batchGet(place, ids);
    const there = ids.filter((id) => !absent.includes(id));
    if (there.length > 0) await ctx.feishu.records.batchDelete(place, there);
    removed[anyTables[table].key] = there.length;
    gone += absent.length;
  }
  return { removed, gone };
}

async function takeBack(tx: Ctx, id: string, made: Made, detail: Record<string, unknown>): Promise<void> {
  const workspace = tx.workspace.id;
  await tx.db.delete(released).where(and(eq(released.workspace, workspace), eq(released.batch, id)));
  const figures = made["postgres.baseline"] ?? [];
  if (figures.length > 0)
    await tx.db
      .delete(baseline)
      .where(and(eq(baseline.workspace, workspace), inArray(baseline.figure, figures)));
  const keys = made["postgres.ledger"] ?? [];
  const entries =
    keys.length === 0
      ? []
      : await tx.db
          .select()
          .from(ledger)
          .where(and(eq(ledger.workspace, workspace), inArray(ledger.key, keys)));
  const reversals = entries.map((entry) => ({
    ...entry,
    key: `undo:${entry.key}`,
    kind: "reversal" as const,
    points: -entry.points,
    reason: tx.workspace.language === "zh" ? "撤销导入" : "Import undone",
    reverses: entry.key,
    at: tx.now,
    by: tx.actor,
  }));
  if (reversals.length > 0) await tx.db.insert(ledger).values(reversals);
  await tx.db.update(importBatch).set({ undoneAt: tx.now }).where(eq(importBatch.id, id));
  await tx.db
    .insert(audit)
    .values({ workspace, actor: tx.actor, action: "import.undo", target: id, detail, at: tx.now });
}
