import { and, eq, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { MessageEffect } from "#domain/effects.ts";
import { isNews, mayLead, MOST_JOINED, waitForMore, type News } from "#domain/messages/join.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import type { Ctx } from "../../context.ts";
import { finish, type OutboxRow } from "../../db/outbox.ts";
import { outbox } from "../../db/schema.ts";
import { cardOptions } from "./card-options.ts";

type Row = Pick<OutboxRow, "id" | "key" | "effect" | "lane" | "batch" | "template">;

function newsOf({ template, to, data }: MessageEffect): News {
  const dates = [data["start"], data["oldStart"], data["newStart"]].filter((at) => typeof at === "number");
  return { template: template as TemplateId, to, dates };
}

/** How long a message waits so that more of its kind can join it, in ms. */
export const waitOf = (ctx: Ctx, effect: MessageEffect): number =>
  effect.tryOut ? 0 : waitForMore(newsOf(effect), ctx.now, ctx.settings);

const PREFIX = "join:";
const batchOf = (id: number) => `${PREFIX}${id}`;

/** The row whose card this one goes out on, where that was settled by an earlier try; null = its own. */
export async function leaderOf(ctx: Ctx, row: Row): Promise<"waiting" | null> {
  if (!row.batch || row.batch === batchOf(row.id)) return null;
  const [leader] = await ctx.db
    .select({ state: outbox.state })
    .from(outbox)
    .where(eq(outbox.id, Number(row.batch.slice(PREFIX.length))));
  if (leader?.state === "due") return "waiting";
  await ctx.db.update(outbox).set({ batch: null }).where(eq(outbox.id, row.id));
  return null;
}

/**
 * What goes out on this message's card: news of the same person that is due within the minutes, and for news a question that is
 * due now. Bound together before the send, so that a repeat sends the same card.
 */
export async function companionsOf(
  ctx: Ctx,
  row: Row,
  effect: MessageEffect,
  maySend: (other: Row & { effect: MessageEffect }) => Promise<boolean>,
): Promise<Row[]> {
  const news = isNews(newsOf(effect), ctx.now, ctx.settings);
  if (effect.tryOut || (!news && !mayLead(effect.template as TemplateId))) return [];
  const mine = batchOf(row.id);
  const soon = ctx.now + ctx.settings.mergeMinutes * 60_000;
  const rows = (await ctx.db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.lane, row.lane),
        eq(outbox.kind, "message"),
        eq(outbox.state, "due"),
        ne(outbox.id, row.id),
        row.batch === mine
          ? eq(outbox.batch, mine)
          : and(
              isNull(outbox.batch),
              or(
                lte(outbox.notBefore, ctx.now),
                and(eq(outbox.template, "changed"), lte(outbox.notBefore, soon)),
              ),
            ),
      ),
    )
    .orderBy(outbox.id)) as (OutboxRow & { effect: MessageEffect })[];
  if (row.batch === mine) return rows;
  const chosen: Row[] = [];
  let led = !news;
  for (const other of rows) {
    if (chosen.length === MOST_JOINED - 1) break;
    const joins = isNews(newsOf(other.effect), ctx.now, ctx.settings);
    const leads =
      !led && mayLead(other.effect.template as TemplateId) && other.effect.exempt !== "on-request";
    if (!(joins || leads) || !(await maySend(other))) continue;
    led ||= leads;
    chosen.push(other);
  }
  const ids = chosen.map(({ id }) => id);
  if (ids.length > 0)
    await ctx.db
      .update(outbox)
      .set({ batch: mine })
      .where(inArray(outbox.id, [row.id, ...ids]));
  return chosen;
}

/** They are on the card: done with it, and found by its message again. */
export async function joined(ctx: Ctx, others: readonly Row[], now: number, result: unknown): Promise<void> {
  const ids = others.map(({ id }) => id);
  if (ids.length > 0) await finish(ctx.db, ids, { state: "done", now, result });
}

/** One card of a message and what goes with it. */
export function drawTogether(
  ctx: Ctx,
  row: Row,
  drawn: Record<string, unknown>,
  others: readonly Row[],
): Record<string, unknown> {
  if (others.length === 0) return drawn;
  const cards = others.map((other) => ({ other, card: drawOf(ctx, other) }));
  const lead =
    row.template === "changed"
      ? (cards.find(({ other }) => other.template !== "changed")?.card ?? null)
      : drawn;
  const news = cards.filter(({ other }) => other.template === "changed").map(({ card }) => card);
  return ctx.cards.join(lead, row.template === "changed" ? [drawn, ...news] : news, ctx.settings.language);
}

const shape = z.looseObject({ template: z.string(), data: z.record(z.string(), z.unknown()) });

function drawOf(ctx: Ctx, { effect, key }: Row): Record<string, unknown> {
  const { template, data } = shape.parse(effect);
  return ctx.cards.build(template as TemplateId, data, cardOptions(ctx, key));
}

/** A card drawn anew in place of a sent message's lead: the news that went out with it stays below. */
export async function withItsNews(
  ctx: Ctx,
  card: Record<string, unknown>,
  { messageId, person, except }: { messageId: string; person: string; except?: number },
): Promise<Record<string, unknown>> {
  const rows = await ctx.db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.person, person),
        eq(outbox.template, "changed"),
        eq(outbox.state, "done"),
        sql`result->>'messageId' = ${messageId}`,
        ...(except === undefined ? [] : [ne(outbox.id, except)]),
      ),
    )
    .orderBy(outbox.id);
  if (rows.length === 0) return card;
  return ctx.cards.join(
    card,
    rows.map((row) => drawOf(ctx, row)),
    ctx.settings.language,
  );
}
