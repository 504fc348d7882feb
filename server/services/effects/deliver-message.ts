import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { MessageEffect } from "#domain/effects.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import { readMessageText } from "#domain/messages/text-form.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { decideMessage } from "../messages/decide.ts";
import { nameOf } from "../people/name.ts";
import { getRecord } from "../records/read.ts";
import { cardOptions } from "./card-options.ts";
import { companionsOf, drawTogether, joined, leaderOf, withItsNews } from "./join-news.ts";
import { mustLookUp, startAnew, textOf, type Delivered, type Item } from "./delivery.ts";
import { isBeingChanged } from "../sessions/claim.ts";
import { chatGoneKey, isOpen } from "../todos/todo.ts";
import { trialKey } from "./post.ts";

/** A card that could still change must be younger than this (facts.md §7.3). */
const CARD_LIFE_MS = 14 * 86_400_000;

type Sent = { messageId: string; chatId: string };

/** Sends a card, unless its purpose has passed meanwhile. */
export async function deliverMessage(ctx: Ctx, { row, effect }: Item<"message">): Promise<Delivered> {
  const now = ctx.clock.now();
  if (now > effect.useUntil) return { state: "dropped", why: "too late to be useful" };
  // Asked before the record is read: what was decided may not be in the Base yet, and a cancellation must not be dropped because
  // the session still stands there.
  const moving = effect.session !== undefined && (await isBeingChanged(ctx, effect.session));
  const stale = await lostPurpose(ctx, effect);
  if (stale && moving)
    return { state: "later", at: now + 1_000, why: "the session is still being written", untried: true };
  if (stale) return { state: "dropped", why: stale };
  if ((await leaderOf(ctx, row)) === "waiting")
    return { state: "later", at: now + 1_000, why: "goes out on another's card", untried: true };
  const { decision, mode } = await decideMessage({ ...ctx, now }, effect, "due");
  if (row.key.startsWith(trialKey("")) && mode !== "trial")
    return { state: "dropped", why: "the group went live" };
  if (decision.action === "drop") return { state: "dropped", why: decision.why };
  if (decision.action === "digest") return { state: "dropped", why: `in ${decision.key}` };
  if (decision.action === "defer")
    return { state: "later", at: decision.at, why: "outside the sending windows", untried: true };
  if (decision.at > now)
    return { state: "later", at: decision.at, why: "outside the sending windows", untried: true };

  // Put off it would only be late when the chat is there again; like everything of a pause it is not sent later.
  if ("chat" in decision.to && (await isOpen(ctx, chatGoneKey(decision.to.chat))))
    return { state: "dropped", why: "the chat cannot be reached" };
  const to = "person" in decision.to ? { openId: decision.to.person } : { chatId: decision.to.chat };
  const others = decision.trialFor
    ? []
    : await companionsOf({ ...ctx, now }, row, effect, (other) => maySend({ ...ctx, now }, other));
  let since = row.firstTriedAt ?? undefined;
  if (mustLookUp(row, now)) {
    const seen = await lookUp(ctx, row.key, to, row.firstTriedAt!);
    if (seen === "unknown")
      return { state: "uncertain", why: "an earlier try may have arrived, and its chat is not known" };
    if (seen) {
      await joined(ctx, others, now, seen);
      return { state: "done", result: seen };
    }
    since = await startAnew(ctx, [row]);
  }
  const trialFor = decision.trialFor ? await nameOf(ctx, decision.trialFor) : effect.tryOut?.for;
  const card = ctx.cards.build(
    effect.template as TemplateId,
    effect.data,
    cardOptions(withTriedWords(ctx, effect), row.key, trialFor),
  );
  const sent = await ctx.feishu.messages.send(
    to,
    { msgType: "interactive", content: drawTogether(ctx, row, card, others) },
    { key: row.key, since },
  );
  const result: Sent = { messageId: sent.messageId, chatId: sent.chatId };
  await joined(ctx, others, now, result);
  return { state: "done", result };
}

/** What is to stand on this card must have been fit to be sent by itself. */
async function maySend(ctx: Ctx, { effect, key }: { effect: MessageEffect; key: string }): Promise<boolean> {
  if (ctx.now > effect.useUntil || key.startsWith(trialKey("")) || (await lostPurpose(ctx, effect)))
    return false;
  const { decision } = await decideMessage(ctx, effect, "due");
  return decision.action === "send" && decision.at <= ctx.now && !decision.trialFor;
}

/** Words an admin is trying out are drawn on this one card only. */
function withTriedWords(ctx: Ctx, { template, tryOut }: MessageEffect): Ctx {
  if (!tryOut?.text) return ctx;
  const id = template as TemplateId;
  const text = {
    zh: readMessageText(tryOut.text.zh),
    en: readMessageText(tryOut.text.en),
  };
  return { ...ctx, texts: { ...ctx.texts, [id]: text } };
}

/** What asks a lecturer about their own turn. */
const ASKING = ["invite", "confirm.follow", "confirm.last", "invite.reasons", "invite.dates"];

async function lostPurpose(ctx: Ctx, effect: MessageEffect): Promise<string | null> {
  if (!effect.session) return null;
  const session = await getRecord(ctx, "sessions", effect.session);
  if (!session) return "the session is gone";
  const state = session.state ?? "open";
  if (effect.while ? !effect.while.includes(state) : state === "cancelled") return `the session is ${state}`;
  if (
    ASKING.includes(effect.template) &&
    "person" in effect.to &&
    session.account !== undefined &&
    session.account !== effect.to.person
  )
    return "the session is someone else's now";
  const start = effect.data["start"];
  if (
    typeof start === "number" &&
    session.start !== undefined &&
    start !== session.start &&
    effect.template !== "changed"
  )
    return "the session was moved";
  return null;
}

/** Looks for a card in its chat; `unknown` when there is no way to know. */
async function lookUp(
  ctx: Ctx,
  key: string,
  to: { openId: string } | { chatId: string },
  from: number,
): Promise<Sent | null | "unknown"> {
  const chatId = "chatId" in to ? to.chatId : await privateChat(ctx, to.openId);
  if (!chatId) return "unknown";
  const messages = await ctx.feishu.messages.list(chatId, { from: from - 60_000 });
  const mine = messages.find(({ content }) => content.includes(ctx.cards.mark(key)));
  return mine ? { messageId: mine.messageId, chatId } : null;
}

async function privateChat(ctx: Ctx, person: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ chat: sql<string | null>`result->>'chatId'` })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.person, person),
        sql`result->>'chatId' is not null`,
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  return row?.chat ?? null;
}

/** Changes a card that was sent: into another template, or into the settled line. */
export async function deliverMessageUpdate(ctx: Ctx, { effect }: Item<"message.update">): Promise<Delivered> {
  const now = ctx.clock.now();
  if (effect.useUntil !== undefined && now > effect.useUntil)
    return { state: "dropped", why: "too late to be useful" };
  const rows = await ctx.db
    .select()
    .from(outbox)
    .where(
      and(eq(outbox.workspace, ctx.workspace.id), inArray(outbox.key, [effect.of, trialKey(effect.of)])),
    );
  const pending = rows.find(({ state }) => state === "due");
  if (pending)
    return {
      state: "later",
      at: Math.max(pending.notBefore, now + 1_000),
      why: "the card is not sent yet",
      untried: true,
    };
  const sent = rows.filter(({ state, result }) => state === "done" && result !== null);
  if (sent.length === 0) return { state: "dropped", why: "the card was never sent" };
  for (const row of sent) {
    if (now - (row.doneAt ?? now) > CARD_LIFE_MS) continue;
    if (row.person && (await isOpen(ctx, chatGoneKey(row.person)))) continue;
    const card =
      effect.template === "settled"
        ? ctx.cards.settled(textOf(effect.data["text"]))
        : ctx.cards.build(effect.template as TemplateId, effect.data, cardOptions(ctx, row.key));
    const { messageId } = row.result as Sent;
    const whole = row.person
      ? await withItsNews(ctx, card, { messageId, person: row.person, except: row.id })
      : card;
    await ctx.feishu.messages.patchCard(messageId, whole);
  }
  return { state: "done" };
}
