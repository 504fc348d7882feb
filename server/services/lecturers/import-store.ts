import { createHash } from "node:crypto";
import { and, eq, isNull, like } from "drizzle-orm";
import { encode } from "#base/codec.ts";
import type { TableKey } from "#base/index.ts";
import { locate } from "#base/mapping.ts";
import { type Ctx, transaction } from "../../context.ts";
import { audit, baseline, importBatch, ledger, released } from "../../db/schema.ts";
import { StaleError } from "../../errors.ts";
import type { ImportKind, Made, Prepared } from "./import-types.ts";

/**
 * Writes what was prepared. The batch is remembered before the first record is made and after every step, so that a crash
 * leaves a batch that can be undone; running the same import again inside Feishu's window gets the same records.
 */
export async function storeImport(
  ctx: Ctx,
  kind: ImportKind,
  content: string,
  prepared: Prepared,
): Promise<string> {
  const { id, made } = await openBatch(ctx, kind, content);
  for (const { table, rows } of prepared.steps) {
    const { mapping } = ctx.workspace;
    if (made[table]) continue;
    const wire = rows.map((row) => encode(mapping, table, row(made), { newOptions: true }));
    if (wire.length === 0) continue;
    const records = await ctx.feishu.records.batchCreate(locate(mapping, table), wire, {
      key: `import:${id}:${table}`,
    });
    made[table] = records.map(({ recordId }) => recordId);
    await ctx.db.update(importBatch).set({ made }).where(eq(importBatch.id, id));
  }
  await transaction(ctx, (tx) => storeFacts(tx, id, kind, prepared, made));
  return id;
}

/** A new batch, or the same one that stopped half way; one that was finished must be undone first. */
async function openBatch(ctx: Ctx, kind: ImportKind, content: string): Promise<{ id: string; made: Made }> {
  const workspace = ctx.workspace.id;
  const digest = createHash("sha256").update(`${workspace}:${kind}:${content}`).digest("hex").slice(0, 16);
  const mine = eq(importBatch.workspace, workspace);
  const same = await ctx.db
    .select()
    .from(importBatch)
    .where(and(mine, like(importBatch.id, `${digest}-%`)));
  const before = same.find(({ undoneAt }) => undoneAt === null);
  if (before && (await isFinished(ctx, before.id)))
    throw new StaleError("imported_before", `the same ${kind} were imported before, as batch ${before.id}`, {
      nextStep: {
        zh: `先撤销批次 ${before.id}，再重新导入`,
        en: `undo batch ${before.id} first, then import again`,
      },
    });
  if (before) return { id: before.id, made: { ...before.made } };
  const id = `${digest}-${same.length + 1}`;
  await ctx.db.insert(importBatch).values({ id, workspace, kind, made: {}, at: ctx.now, by: ctx.actor });
  return { id, made: {} };
}

async function isFinished(ctx: Ctx, id: string): Promise<boolean> {
  const place = and(eq(audit.workspace, ctx.workspace.id), eq(audit.action, "import"), eq(audit.target, id));
  return (await ctx.db.select({ id: audit.id }).from(audit).where(place).limit(1)).length > 0;
}

async function storeFacts(
  tx: Ctx,
  id: string,
  kind: ImportKind,
  prepared: Prepared,
  made: Made,
): Promise<void> {
  const workspace = tx.workspace.id;
  const stamp = { at: tx.now, by: tx.actor };
  const period = new Date(tx.now).toISOString().slice(0, 7);
  const entries = prepared.ledger.map(({ lecturer, points, reason }) => ({
    workspace,
    key: `opening:${id}:${lecturer(made)}`,
    kind: "adjust" as const,
    lecturer: lecturer(made),
    period,
    points,
    reason,
    ...stamp,
  }));
  if (entries.length > 0) await tx.db.insert(ledger).values(entries);
  const answers = prepared.released.map((item) => ({ workspace, batch: id, ...item, releasedAt: tx.now }));
  if (answers.length > 0) await tx.db.insert(released).values(answers);
  for (const figure of prepared.baseline) {
    const values = { workspace, ...figure, by: tx.actor };
    await tx.db
      .insert(baseline)
      .values(values)
      .onConflictDoUpdate({ target: [baseline.workspace, baseline.figure], set: values });
  }
  const all: Made = {
    ...made,
    ...(entries.length > 0 ? { "postgres.ledger": entries.map(({ key }) => key) } : {}),
    ...(answers.length > 0 ? { "postgres.released": [id] } : {}),
    ...(prepared.baseline.length > 0
      ? { "postgres.baseline": prepared.baseline.map(({ figure }) => figure) }
      : {}),
  };
  await tx.db.update(importBatch).set({ made: all }).where(eq(importBatch.id, id));
  const counts = Object.fromEntries(Object.entries(all).map(([place, ids]) => [place, ids.length]));
  await tx.db.insert(audit).values({
    workspace,
    actor: tx.actor,
    action: "import",
    target: id,
    detail: { kind, ...counts },
    at: tx.now,
  });
}

/** Record ids of a table that came by imports still in force: automations leave these in peace. */
export async function importedIds(ctx: Ctx, table: TableKey): Promise<Set<string>> {
  const batches = await ctx.db
    .select({ made: importBatch.made })
    .from(importBatch)
    .where(and(eq(importBatch.workspace, ctx.workspace.id), isNull(importBatch.undoneAt)));
  return new Set(batches.flatMap(({ made }) => made[table] ?? []));
}
