import { and, eq, isNull, ne, or } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { Effect } from "#domain/effects.ts";
import { whenWords } from "#domain/messages/dates.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { turn, type TurnAnswer } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { claimSessions, movingText } from "../sessions/claim.ts";
import { minutesOf, viewSession, type SessionView } from "../sessions/facts.ts";
import { actsFor, tellActedFor } from "./act-for.ts";
import { askingKeys } from "./offer.ts";
import { settleCards } from "./settle.ts";

/** The session, if this person may answer for it: the lecturer, their manager, or an admin (a manager may act for an absent person). */
export async function turnOf(ctx: Ctx, session: string, person: string): Promise<SessionView | PressAnswer> {
  const view = await viewSession(ctx, session);
  const language = ctx.settings.language;
  if (!view || !view.session.start) return { toast: { type: "info", text: smallText("tooOld", language) } };
  const own =
    view.session.account === person || view.lecturer?.manager === person || (await isAdmin(ctx, person));
  if (!own) return { toast: { type: "info", text: smallText("notForYou", language) } };
  return view;
}

export const isAnswer = (found: SessionView | PressAnswer): found is PressAnswer => !("session" in found);

/** 「下周三(12月2日)15:00–15:45」 as of now. */
export function whenOf(ctx: Ctx, { session, group }: SessionView): string {
  return whenWords(session.start!, minutesOf(ctx, session), {
    now: ctx.now,
    zone: group?.timezone ?? ctx.workspace.timezone,
    language: ctx.settings.language,
  });
}

export function confirmedText(ctx: Ctx, view: SessionView): string {
  const topic = view.session.title ?? view.topic?.name;
  const when = whenOf(ctx, view);
  const { language } = ctx.settings;
  return topic
    ? smallText("confirmed", language, { when, topic })
    : smallText("confirmedPlain", language, { when });
}

/** 可以,我来讲. Pressed twice, or after a calendar 接受, it says the same and changes nothing. */
export async function acceptTurn(ctx: Ctx, input: { session: string; person: string }): Promise<PressAnswer> {
  const by = await actsFor(ctx, input);
  return transaction(ctx, async (tx) => {
    const view = await turnOf(tx, input.session, input.person);
    if (isAnswer(view)) return view;
    const settled = settledAnswer(tx, view);
    if (settled) return settled;
    const text = confirmedText(tx, view);
    if (!(await claimSessions(tx, [input.session])))
      return stillMoving(tx, view, "accepted", { card: { template: "settled", data: { text } } });
    await recordAnswer(tx, view, "accepted");
    await post(tx, [
      {
        kind: "record.update",
        key: `accept:${view.session.id}:${view.session.lecturer}:${view.session.start}:${view.session.version}`,
        table: "sessions",
        record: view.session.id,
        fields: { state: "confirmed", ...(view.session.change === "declined" ? { change: "none" } : {}) },
      },
      ...(await settleAsking(tx, view, text, "accepted")),
      ...tellActedFor(tx, view, by, {
        key: "accepted",
        did: { zh: "替您确认了这场，您不用再点。", en: "has confirmed it for you; nothing else to do." },
      }),
    ]);
    return { card: { template: "settled", data: { text } } };
  });
}

/**
 * A change of the session is still on its way into the Base: the same answer of the same lecturer again is what was said, anything
 * else would overwrite what nobody here has seen yet.
 */
export async function stillMoving(
  ctx: Ctx,
  { session }: SessionView,
  answer: TurnAnswer,
  said: PressAnswer,
): Promise<PressAnswer> {
  const row = session.lecturer ? await turnRow(ctx, session.id, session.lecturer) : null;
  if (row?.answer === answer) return said;
  return { toast: { type: "info", text: movingText(ctx.settings.language) } };
}

/** What a late press gets when the matter is decided; null while it is open. */
export function settledAnswer(ctx: Ctx, view: SessionView): PressAnswer | null {
  const { language } = ctx.settings;
  const { state } = view.session;
  const say = (outcome: string): PressAnswer => ({ card: { template: "settled", data: { text: outcome } } });
  if (state === "confirmed" || state === "submitted") return say(confirmedText(ctx, view));
  if (state === "cancelled")
    return say(
      smallText("settled", language, { outcome: language === "zh" ? "这场取消了" : "it was cancelled" }),
    );
  if (state === "delivered" || state === "rated")
    return say(
      smallText("settled", language, { outcome: language === "zh" ? "已经讲过了" : "it has taken place" }),
    );
  return null;
}

/** Remembers an answer once; a later one of the same kind changes nothing. */
export async function recordAnswer(
  ctx: Ctx,
  view: SessionView,
  answer: TurnAnswer,
  reason?: string,
): Promise<void> {
  const { session } = view;
  await ctx.db
    .insert(turn)
    .values({
      workspace: ctx.workspace.id,
      session: session.id,
      lecturer: session.lecturer!,
      offeredAt: ctx.now,
      answer,
      answeredAt: ctx.now,
      reason: reason ?? null,
    })
    .onConflictDoUpdate({
      target: [turn.workspace, turn.session, turn.lecturer],
      set: { answer, answeredAt: ctx.now, reason: reason ?? null },
    });
}

/** Given to a colleague by the company: whoever had it has neither refused nor owes it twice. A refusal stays one. */
export async function turnGiven(ctx: Ctx, { session }: SessionView): Promise<void> {
  if (!session.lecturer) return;
  await ctx.db
    .update(turn)
    .set({ answer: "moved", answeredAt: ctx.now })
    .where(
      and(
        eq(turn.workspace, ctx.workspace.id),
        eq(turn.session, session.id),
        eq(turn.lecturer, session.lecturer),
        or(isNull(turn.answer), ne(turn.answer, "declined")),
      ),
    );
}

export async function settleAsking(
  ctx: Ctx,
  view: SessionView,
  text: string,
  version: string,
): Promise<Effect[]> {
  const { session } = view;
  const keys = await askingKeys(ctx, session.id, session.lecturer!, session.start!);
  return settleCards(ctx, keys, text, version);
}

/** The turn of a session as remembered. */
export async function turnRow(ctx: Ctx, session: string, lecturer: string) {
  const [row] = await ctx.db
    .select()
    .from(turn)
    .where(and(eq(turn.workspace, ctx.workspace.id), eq(turn.session, session), eq(turn.lecturer, lecturer)));
  return row ?? null;
}
