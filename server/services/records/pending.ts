import { and, eq, sql } from "drizzle-orm";
import type { TableKey } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { allRecords, type Rec } from "./read.ts";

type Shown<K extends TableKey> = Rec<K> & { /** Saved, and on its way to the Base. */ pending: boolean };

/** All records of a table with what was saved a moment ago and is not in the Base yet: nobody sees a value they just replaced. */
export async function recordsAsSaved<K extends TableKey>(ctx: Ctx, table: K): Promise<Shown<K>[]> {
  const waiting = await waitingWrites(ctx, table);
  return (await allRecords(ctx, table)).map((row) => {
    const fields = waiting.get(row.id);
    if (!fields) return { ...row, pending: false };
    const cells: Record<string, unknown> = { ...row };
    for (const [key, value] of Object.entries(fields)) {
      if (value === null) delete cells[key];
      else cells[key] = value;
    }
    // Fields of an effect are keyed and typed as the row is.
    return { ...(cells as Rec<K>), pending: true };
  });
}

async function waitingWrites(ctx: Ctx, table: TableKey): Promise<Map<string, Record<string, unknown>>> {
  const rows = await ctx.db
    .select({
      record: sql<string>`effect->>'record'`,
      fields: sql<Record<string, unknown>>`effect->'fields'`,
    })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.kind, "record.update"),
        eq(outbox.state, "due"),
        sql`effect->>'table' = ${table}`,
      ),
    )
    .orderBy(outbox.id);
  const waiting = new Map<string, Record<string, unknown>>();
  for (const { record, fields } of rows) waiting.set(record, { ...waiting.get(record), ...fields });
  return waiting;
}
