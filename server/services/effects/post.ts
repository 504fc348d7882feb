import { and, eq, inArray } from "drizzle-orm";
import { DateTime } from "luxon";
import type { Effect, MessageEffect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { enqueue, finish, type NewRow } from "../../db/outbox.ts";
import { outbox } from "../../db/schema.ts";
import { decideMessage } from "../messages/decide.ts";
import { waitOf } from "./join-news.ts";
import { laneOf } from "./lanes.ts";

/**
 * Stores effects in the caller's transaction. Messages pass the one place that decides trial, hours and limits; what it
 * drops is kept as a dropped row with the reason, so that the same rule does not ask again. Returns the new keys.
 */
export async function post(ctx: Ctx, effects: Effect[]): Promise<string[]> {
  const fresh: string[] = [];
  for (const effect of effects) {
    const keys =
      effect.kind === "message"
        ? await postMessage(ctx, effect)
        : await enqueue(ctx.db, [plainRow(ctx, effect)], ctx.now);
    fresh.push(...keys);
  }
  return fresh;
}

function plainRow(ctx: Ctx, effect: Exclude<Effect, MessageEffect>): NewRow {
  return {
    workspace: ctx.workspace.id,
    key: effect.key,
    lane: laneOf(ctx, effect),
    kind: effect.kind,
    effect,
    notBefore: effect.kind === "wake" ? effect.at : ("notBefore" in effect && effect.notBefore) || ctx.now,
  };
}

async function postMessage(ctx: Ctx, effect: MessageEffect): Promise<string[]> {
  const known = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(eq(outbox.workspace, ctx.workspace.id), inArray(outbox.key, [effect.key, trialKey(effect.key)])),
    );
  const { decision, mode } = await decideMessage(ctx, effect, "queued");
  const key = mode === "trial" ? trialKey(effect.key) : effect.key;
  if (known.some((row) => row.key === effect.key || row.key === key)) return [];
  const at = "at" in decision ? decision.at : ctx.now;
  const to = decision.action === "send" ? decision.to : effect.to;
  const stored: MessageEffect = { ...effect, key };
  const keys = await enqueue(
    ctx.db,
    [
      {
        workspace: ctx.workspace.id,
        key,
        lane: laneOf(ctx, { ...effect, to }),
        kind: "message",
        effect: stored,
        notBefore: Math.max(at, effect.notBefore ?? 0, mode === "trial" ? 0 : ctx.now + waitOf(ctx, effect)),
        person: "person" in to ? to.person : to.chat,
        day: DateTime.fromMillis(at, { zone: ctx.workspace.timezone }).toISODate(),
        session: effect.session ?? null,
        template: effect.template,
      },
    ],
    ctx.now,
  );
  if (keys.length > 0 && (decision.action === "drop" || decision.action === "digest")) {
    const why = decision.action === "drop" ? decision.why : `in ${decision.key}`;
    const rows = await ctx.db
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.key, key)));
    await finish(
      ctx.db,
      rows.map(({ id }) => id),
      { state: "dropped", now: ctx.now, error: why },
    );
  }
  return keys;
}

/** In trial a message has its own key, so that going live can still send the real one. */
export const trialKey = (key: string) => `trial/${key}`;
