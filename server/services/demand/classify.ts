import { and, desc, eq, sql } from "drizzle-orm";
import { classifyOne, type Topic } from "#domain/demand/classify.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { allRecords, getRecord, type Rec } from "../records/read.ts";

/** Topics in use, with the words they are known by. */
export async function topicWords(ctx: Ctx): Promise<Topic[]> {
  return (await allRecords(ctx, "topics"))
    .filter(({ state, name }) => name && (state === "active" || state === undefined))
    .map(({ id, name, keywords }) => ({ id, name: name!, keywords: splitWords(keywords) }));
}

/** Comma or line separated (tables.md §4), in either width. */
export function splitWords(keywords: string | undefined): string[] {
  return (keywords ?? "")
    .split(/[,，、;；\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
}

/** One demand gets its topic; a topic set by hand wins and is marked as such. */
export async function classifyDemand(ctx: Ctx, id: string): Promise<{ written: number }> {
  return transaction(ctx, async (tx) => {
    const demand = await getRecord(tx, "demands", id);
    if (!demand) return { written: 0 };
    return { written: (await post(tx, await classification(tx, demand, await topicWords(tx)))).length };
  });
}

/** Topics or their words changed: those nobody has placed by hand are placed anew. */
export async function classifyAll(ctx: Ctx): Promise<{ written: number }> {
  const topics = await topicWords(ctx);
  return transaction(ctx, async (tx) => {
    let written = 0;
    for (const demand of await allRecords(tx, "demands"))
      written += (await post(tx, await classification(tx, demand, topics))).length;
    return { written };
  });
}

async function classification(ctx: Ctx, demand: Rec<"demands">, topics: Topic[]): Promise<Effect[]> {
  if (!demand.text) return [];
  const state = demand.state ? {} : { state: "asked" };
  const placed = await placing(ctx, demand, topics);
  const fields = { ...state, ...placed };
  if (Object.keys(fields).length === 0) return [];
  return [
    {
      kind: "record.update",
      key: `classify:${demand.id}:${demand.version}:${fingerprint(fields)}`,
      table: "demands",
      record: demand.id,
      fields,
    },
  ];
}

async function placing(ctx: Ctx, demand: Rec<"demands">, topics: Topic[]): Promise<Record<string, unknown>> {
  if (demand.topicBy === "hand" && demand.topic) return {};
  const topic = classifyOne(topics, { text: demand.text!, topic: null });
  if ((demand.topic ?? null) === topic)
    return demand.topic && demand.topicBy === undefined ? { topicBy: "auto" } : {};
  // What stands there was not ours: a human put it.
  if (demand.topic && demand.topic !== (await lastPlaced(ctx, demand.id))) return { topicBy: "hand" };
  return { topic, topicBy: topic === null ? null : "auto" };
}

/** The topic we wrote last; null when we never did. */
async function lastPlaced(ctx: Ctx, demand: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ topic: sql<string | null>`effect->'fields'->>'topic'` })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        sql`starts_with(${outbox.key}, ${`classify:${demand}:`})`,
        sql`effect->'fields' ? 'topic'`,
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  return row?.topic ?? null;
}
