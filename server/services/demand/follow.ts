import type { Effect, MessageEffect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { importedIds } from "../lecturers/import-store.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { endOf, speakersOf, sessionFacts, viewOf } from "../sessions/facts.ts";

const DAY = 86_400_000;
const HELD = ["delivered", "rated"];
const COMING = ["planned", "confirmed", "submitted"];

/**
 * What learners asked for is planned when a session on its topic is, and answered when one was held: state and session are
 * written, and who asked by name is told once. Of old sessions nobody is told anything.
 */
export async function followDemands(ctx: Ctx): Promise<{ changed: number; told: number }> {
  const imported = await importedIds(ctx, "sessions");
  const sessions = (await allRecords(ctx, "sessions"))
    .filter(({ id, topic, start }) => topic && start && start > ctx.workspace.createdAt && !imported.has(id))
    .sort((a, b) => a.start! - b.start!);
  const topics = new Set(sessions.map(({ topic }) => topic!));
  const demands = (await allRecords(ctx, "demands")).filter(
    ({ topic, state }) => topic && topics.has(topic) && state !== "answered" && state !== "merged",
  );
  const planned = (await allRecords(ctx, "demands")).filter(
    ({ topic, state }) => state === "planned" && !(topic && topics.has(topic)),
  );
  return transaction(ctx, async (tx) => {
    const effects: Effect[] = [];
    const answered = new Map<string, Rec<"demands">[]>();
    for (const demand of [...demands, ...planned]) {
      const wanted = stateOf(tx, demand, sessions);
      if (wanted.state === (demand.state ?? "asked") && (wanted.session ?? null) === (demand.session ?? null))
        continue;
      effects.push({
        kind: "record.update",
        key: `demand-state:${demand.id}:${demand.version}:${wanted.state}:${wanted.session ?? ""}`,
        table: "demands",
        record: demand.id,
        fields: wanted,
      });
      if (wanted.state === "answered")
        answered.set(wanted.session!, [...(answered.get(wanted.session!) ?? []), demand]);
    }
    const changed = (await post(tx, effects)).length;
    let told = 0;
    for (const [id, asked] of answered)
      told += (
        await post(
          tx,
          await answers(
            tx,
            sessions.find((session) => session.id === id)!,
            asked,
          ),
        )
      ).length;
    return { changed, told };
  });
}

function stateOf(
  ctx: Ctx,
  demand: Rec<"demands">,
  sessions: Rec<"sessions">[],
): { state: "asked" | "planned" | "answered"; session: string | null } {
  const own = sessions.filter(
    ({ topic, start }) => topic === demand.topic && start! + DAY > (demand.at ?? 0),
  );
  // Held yesterday counts for what was asked today only when it was held later: dates have no time of day.
  const held = own.find(
    (session) =>
      HELD.includes(session.state ?? "") &&
      endOf(ctx, session) <= ctx.now &&
      endOf(ctx, session) > (demand.at ?? 0),
  );
  if (held) return { state: "answered", session: held.id };
  const coming = own.find(
    ({ state, start, lecturer }) => COMING.includes(state ?? "") && lecturer && start! > ctx.now - DAY,
  );
  return coming ? { state: "planned", session: coming.id } : { state: "asked", session: null };
}

async function answers(ctx: Ctx, session: Rec<"sessions">, demands: Rec<"demands">[]): Promise<Effect[]> {
  const view = await viewOf(ctx, session);
  const speakers = await speakersOf(ctx, session);
  const people = new Set(demands.flatMap(({ asker }) => (asker && !speakers.includes(asker) ? [asker] : [])));
  return [...people].map((person): MessageEffect => ({
    kind: "message",
    key: `answered:${session.id}:${person}`,
    to: { person },
    audience: "learner",
    template: "answered",
    data: sessionFacts(ctx, view),
    group: session.group,
    session: session.id,
    while: HELD,
    useUntil: ctx.now + 7 * DAY,
  }));
}
