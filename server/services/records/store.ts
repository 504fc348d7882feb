import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray } from "drizzle-orm";
import { decode } from "#base/codec.ts";
import type { TableKey } from "#base/index.ts";
import { transaction, type Ctx } from "../../context.ts";
import { enqueue } from "../../db/outbox.ts";
import { record } from "../../db/schema.ts";
import type { FeishuRecord } from "../../feishu/gateway.ts";

type Row = Record<string, unknown>;
type Found = { id: string; row: Row; problems: unknown[]; modifiedAt: number };

/** Takes records as Feishu gave them into the cache; every real change queues one run of the automations that ask for it. */
export async function storeRead(ctx: Ctx, table: TableKey, records: FeishuRecord[]): Promise<string[]> {
  const found = records.map(({ recordId, fields, lastModifiedTime }) => {
    const { row, problems } = decode(ctx.workspace.mapping, table, fields);
    return { id: recordId, row: row as Row, problems, modifiedAt: lastModifiedTime ?? ctx.now };
  });
  return store(ctx, table, found);
}

/** Takes over what we wrote ourselves, for whether Feishu echoes an app's own writes is unconfirmed (facts.md §5.7). */
export async function storeWritten(ctx: Ctx, table: TableKey, id: string, fields: Row): Promise<void> {
  await transaction(ctx, async (tx) => {
    const [known] = await knownRows(tx, table, [id]);
    const row: Row = { ...(known?.row as Row | undefined) };
    for (const [key, value] of Object.entries(fields)) {
      if (value === null) delete row[key];
      else if (value !== undefined) row[key] = value;
    }
    // Feishu's own time of the write is not known here; ours, if ahead of it, would make a human's next edit look old.
    const modifiedAt = known?.modifiedAt ?? tx.now - 60_000;
    await store(tx, table, [{ id, row, problems: (known?.problems as unknown[]) ?? [], modifiedAt }]);
  });
}

/** Marks records as deleted in the Base. Only after batch_get named them absent: an empty list is no proof (decisions.md 5). */
export async function storeGone(ctx: Ctx, table: TableKey, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await transaction(ctx, async (tx) => {
    const known = await knownRows(tx, table, ids);
    for (const row of known.filter(({ gone }) => !gone)) {
      await tx.db
        .update(record)
        .set({ gone: true, version: row.version + 1, modifiedAt: tx.now })
        .where(placeOf(tx, table, [row.id]));
      await changed(tx, table, row.id, row.version + 1);
    }
  });
}

async function store(ctx: Ctx, table: TableKey, found: Found[]): Promise<string[]> {
  if (found.length === 0) return [];
  return transaction(ctx, async (tx) => {
    const known = new Map(
      (
        await knownRows(
          tx,
          table,
          found.map(({ id }) => id),
        )
      ).map((row) => [row.id, row]),
    );
    const news: string[] = [];
    for (const item of found) {
      const before = known.get(item.id);
      // The cache holds JSON: compare as JSON.
      const row = JSON.parse(JSON.stringify(item.row)) as Row;
      const problems = JSON.parse(JSON.stringify(item.problems)) as unknown[];
      if (before && before.modifiedAt > item.modifiedAt && !before.gone) continue;
      delete row["updated"];
      if (
        before &&
        !before.gone &&
        isDeepStrictEqual(before.row, row) &&
        isDeepStrictEqual(before.problems, problems)
      ) {
        continue;
      }
      const version = (before?.version ?? 0) + 1;
      const values = { row, problems, modifiedAt: item.modifiedAt, version, gone: false };
      await tx.db
        .insert(record)
        .values({ workspace: tx.workspace.id, table, id: item.id, ...values })
        .onConflictDoUpdate({ target: [record.workspace, record.table, record.id], set: values });
      await changed(tx, table, item.id, version);
      news.push(item.id);
    }
    return news;
  });
}

function knownRows(tx: Ctx, table: TableKey, ids: string[]) {
  return tx.db
    .select()
    .from(record)
    .where(placeOf(tx, table, ids))
    .for("update");
}

function placeOf(tx: Ctx, table: TableKey, ids: string[]) {
  return and(eq(record.workspace, tx.workspace.id), eq(record.table, table), inArray(record.id, ids));
}

async function changed(tx: Ctx, table: TableKey, id: string, version: number): Promise<void> {
  await enqueue(
    tx.db,
    [
      {
        workspace: tx.workspace.id,
        key: `changed:${table}:${id}:${version}`,
        lane: `run:${tx.workspace.id}`,
        kind: "changed",
        effect: { table, record: id },
        notBefore: tx.now,
      },
    ],
    tx.now,
  );
}
