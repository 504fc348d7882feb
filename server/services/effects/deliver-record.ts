import { encode } from "#base/codec.ts";
import { anyTables, type TableKey } from "#base/index.ts";
import { fieldNameOf, locate } from "#base/mapping.ts";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { storeGone, storeWritten } from "../records/store.ts";
import { mustLookUp, startAnew, type Delivered, type Item } from "./delivery.ts";

type Kind = "record.create" | "record.update" | "record.delete";

/** Writes records of one table in one request. A batch refused for one bad row is written row by row, so that one cell stops nobody. */
export async function deliverRecords(ctx: Ctx, kind: Kind, items: Item<Kind>[]): Promise<Delivered[]> {
  try {
    return await writeBatch(ctx, kind, items);
  } catch (error) {
    const refused =
      error instanceof Error && ["InvalidRequestError", "NotFoundError", "EncodeError"].includes(error.name);
    if (!refused || items.length === 1) throw error;
    const outcomes: Delivered[] = [];
    for (const item of items) outcomes.push(await writeAlone(ctx, kind, item));
    return outcomes;
  }
}

async function writeAlone(ctx: Ctx, kind: Kind, item: Item<Kind>): Promise<Delivered> {
  try {
    return (await writeBatch(ctx, kind, [item]))[0]!;
  } catch (error) {
    const final =
      error instanceof Error && ["InvalidRequestError", "NotFoundError", "EncodeError"].includes(error.name);
    if (!final) throw error;
    return { state: "failed", why: `${error.name}: ${error.message}` };
  }
}

async function writeBatch(ctx: Ctx, kind: Kind, items: Item<Kind>[]): Promise<Delivered[]> {
  if (kind === "record.create") return create(ctx, items as Item<"record.create">[]);
  if (kind === "record.update") return update(ctx, items as Item<"record.update">[]);
  return remove(ctx, items as Item<"record.delete">[]);
}

async function create(ctx: Ctx, items: Item<"record.create">[]): Promise<Delivered[]> {
  const table = items[0]!.effect.table as TableKey;
  const place = locate(ctx.workspace.mapping, table);
  const rows = items.map(({ effect }) => encode(ctx.workspace.mapping, table, effect.fields as never));
  const first = items[0]!.row;
  let since = first.firstTriedAt ?? undefined;
  if (mustLookUp(first, ctx.clock.now())) {
    const found = await Promise.all(
      items.map((item, at) => lookUp(ctx, table, item, twins(table, items, at))),
    );
    if (found.every((id) => id !== null)) return kept(ctx, table, items, found as string[]);
    if (found.some((id) => id !== null) && items.length > 1)
      return items.map(() => ({
        state: "uncertain",
        why: `only a part of the batch ${first.batch} is in the Base`,
      }));
    since = await startAnew(
      ctx,
      items.map(({ row }) => row),
    );
  }
  const once = { key: first.batch ?? first.key, since };
  const made =
    rows.length === 1
      ? [await ctx.feishu.records.create(place, rows[0]!, once)]
      : await ctx.feishu.records.batchCreate(place, rows, once);
  return kept(
    ctx,
    table,
    items,
    made.map(({ recordId }) => recordId),
  );
}

/** How many rows before this one have the same primary field: all rows of a release carry one label. */
function twins(table: TableKey, items: Item<"record.create">[], at: number): number {
  const primary = (item: Item<"record.create">) => item.effect.fields[anyTables[table].primary];
  return items.slice(0, at).filter((item) => primary(item) === primary(items[at]!)).length;
}

/** After the token's window: the record whose primary field is ours; of several alike in one batch, the `nth`. */
async function lookUp(
  ctx: Ctx,
  table: TableKey,
  { effect }: Item<"record.create">,
  nth: number,
): Promise<string | null> {
  const primary = anyTables[table].primary;
  const value = effect.fields[primary];
  if (typeof value !== "string") return null;
  const found = await ctx.feishu.records.search(locate(ctx.workspace.mapping, table), {
    filter: {
      conjunction: "and",
      conditions: [
        { field_name: fieldNameOf(ctx.workspace.mapping, table, primary), operator: "is", value: [value] },
      ],
    },
  });
  return found[nth]?.recordId ?? null;
}

async function kept(
  ctx: Ctx,
  table: TableKey,
  items: Item<"record.create">[],
  ids: string[],
): Promise<Delivered[]> {
  const outcomes: Delivered[] = [];
  for (const [i, { effect }] of items.entries()) {
    const record = ids[i]!;
    await storeWritten(ctx, table, record, effect.fields);
    const then: Effect[] = effect.then
      ? [
          {
            kind: "wake",
            key: `then:${effect.key}`,
            at: ctx.now,
            automation: effect.then.wake,
            input: { ...effect.then.input, record },
          },
        ]
      : [];
    // oxlint-disable-next-line unicorn/no-thenable -- the effects that follow, never awaited
    outcomes.push({ state: "done", result: { record }, then });
  }
  return outcomes;
}

async function update(ctx: Ctx, items: Item<"record.update">[]): Promise<Delivered[]> {
  const table = items[0]!.effect.table as TableKey;
  const place = locate(ctx.workspace.mapping, table);
  const changes = items.map(({ effect }) => ({
    recordId: effect.record,
    fields: encode(ctx.workspace.mapping, table, effect.fields as never),
  }));
  if (changes.length === 1) await ctx.feishu.records.update(place, changes[0]!.recordId, changes[0]!.fields);
  else await ctx.feishu.records.batchUpdate(place, changes);
  for (const { effect } of items) await storeWritten(ctx, table, effect.record, effect.fields);
  return items.map(() => ({ state: "done" }));
}

async function remove(ctx: Ctx, items: Item<"record.delete">[]): Promise<Delivered[]> {
  const table = items[0]!.effect.table as TableKey;
  const ids = items.map(({ effect }) => effect.record);
  await ctx.feishu.records.batchDelete(locate(ctx.workspace.mapping, table), ids);
  await storeGone(ctx, table, ids);
  return items.map(() => ({ state: "done" }));
}
