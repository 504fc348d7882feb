import type { DemandResult } from "#domain/demand/classify.ts";
import type { Emerging } from "#domain/demand/emerging.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { closeTodo, openTodo, openTodos } from "../todos/todo.ts";
import { votesByTopic } from "./vote.ts";
import { demandWindow } from "./window.ts";

/** Shares of topics over the last demands, written where they changed; what many ask for and no topic covers is suggested. */
export async function countDemands(ctx: Ctx): Promise<{ topics: number; suggested: number }> {
  const { demands, result } = await demandWindow(ctx);
  return transaction(ctx, async (tx) => {
    const written = await post(tx, await topicCounts(tx, result));
    const suggested = await suggestTopics(
      tx,
      result.emerging,
      new Map(demands.map((demand) => [demand.id, demand])),
    );
    await closeDecided(tx);
    return { topics: written.length, suggested };
  });
}

async function topicCounts(ctx: Ctx, { topics }: DemandResult): Promise<Effect[]> {
  const rows = new Map((await allRecords(ctx, "topics")).map((row) => [row.id, row]));
  const voted = await votesByTopic(ctx);
  return topics.flatMap(({ topic, share, count, trend }): Effect[] => {
    const row = rows.get(topic);
    const votes = voted.get(topic) ?? 0;
    const wanted = { share: Math.round(share * 10_000) / 10_000, count, trend: trend ?? null };
    const same = row?.share === wanted.share && row.count === count && (row.trend ?? null) === wanted.trend;
    if (!row || (same && (row.votes ?? 0) === votes)) return [];
    return [
      {
        kind: "record.update",
        key: `topic-count:${topic}:${row.version}:${fingerprint({ ...wanted, votes })}`,
        table: "topics",
        record: topic,
        // A topic nobody has voted for keeps its empty cell.
        fields: votes === (row.votes ?? 0) ? wanted : { ...wanted, votes },
      },
    ];
  });
}

/** A phrase of at least 5 different people becomes a topic to confirm; demands without a name count as one person each. */
async function suggestTopics(
  tx: Ctx,
  emerging: Emerging[],
  demands: Map<string, Rec<"demands">>,
): Promise<number> {
  const names = new Set((await allRecords(tx, "topics")).map(({ name }) => name?.trim().toLowerCase()));
  let suggested = 0;
  for (const { words, count, evidence } of emerging) {
    const name = nameOf(words);
    const people = new Set(evidence.map((id) => demands.get(id)?.asker ?? id)).size;
    if (people < tx.settings.emergingPeople || names.has(name.toLowerCase())) continue;
    const keys = await post(tx, [
      {
        kind: "record.create",
        key: topicKey(name),
        table: "topics",
        fields: { name, state: "suggested", keywords: name, count },
      },
    ]);
    if (keys.length === 0) continue;
    suggested++;
    await openTodo(tx, { key: topicKey(name), kind: "topic-suggested", detail: { topic: name, count } });
  }
  return suggested;
}

const topicKey = (name: string) => `topic-suggested:${name}`;
/** 储能 + 方案 → 储能方案; Latin words keep their spaces. */
const nameOf = (words: string[]) => words.join(words.every((word) => /^[\x20-\x7f]+$/.test(word)) ? " " : "");

/** The admin took the topic into use, retired or deleted it: the matter is settled. */
async function closeDecided(tx: Ctx): Promise<void> {
  const waiting = new Set(
    (await allRecords(tx, "topics")).filter(({ state }) => state === "suggested").map(({ name }) => name),
  );
  for (const { key, kind, detail, createdAt } of await openTodos(tx))
    if (kind === "topic-suggested" && createdAt < tx.now && !waiting.has(String(detail["topic"])))
      await closeTodo(tx, key, "decided");
}
