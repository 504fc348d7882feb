import { and, eq, inArray, sql } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { Effect } from "#domain/effects.ts";
import { whenWords } from "#domain/messages/dates.ts";
import { transaction, type Ctx } from "../../context.ts";
import { outbox, turn } from "../../db/schema.ts";
import { ForbiddenError } from "../../errors.ts";
import { recordAct } from "../admin/record-act.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { conflictsAt, isFinal } from "../schedule/conflicts.ts";
import { closeMatters } from "../todos/close-matters.ts";
import { settleAsking, turnRow } from "../turns/answer.ts";
import { endAsks } from "../turns/end-asks.ts";
import { isToCome, seenStill, type ChangeResult, type Seen } from "./change-result.ts";
import { claimDays, claimSessions } from "./claim.ts";
import { minutesOf, viewSession, type SessionView } from "./facts.ts";
import { tellChange, tellSpeaker } from "./tell-change.ts";

/**
 * 改期 by an admin, to any start (ms). What stands against it comes back as conflicts and nothing changes, unless `despite`.
 * The lecturer keeps the turn and is asked for the new date; the event is patched; everyone who knew is told once, before and after.
 */
export async function moveSession(
  ctx: Ctx,
  input: { session: string; start: number; person: string; seen?: Seen; despite?: boolean },
): Promise<ChangeResult> {
  if (!(await isAdmin(ctx, input.person)))
    throw new ForbiddenError("forbidden", `${input.person} moves session ${input.session}: for admins`);
  const seen = await viewSession(ctx, input.session);
  if (!seen || !isToCome(ctx, seen)) return { state: "settled" };
  if (seen.session.start === input.start) return { state: "done", text: movedText(ctx, seen, input.start) };
  if (!seenStill(seen, input.seen)) return { state: "stale" };
  // Outside the transaction: it asks Feishu for leave and busy times.
  const conflicts = (await conflictsAt(ctx, seen, [input.start], { fresh: true })).get(input.start) ?? [];
  const final = isFinal(conflicts);
  if (final || (conflicts.length > 0 && !input.despite)) return { state: "conflicts", conflicts, final };
  return transaction(ctx, async (tx) => {
    const free = await claimSessions(tx, [input.session]);
    const view = await viewSession(tx, input.session);
    const others = view?.group ? await claimDays(tx, view.group.id, input.session) : [];
    if (!free || !view || !isToCome(tx, view) || others.includes(input.start)) return { state: "stale" };
    if (!seenStill(view, { start: seen.session.start, lecturer: seen.session.lecturer ?? null }))
      return { state: "stale" };
    await post(tx, await moveEffects(tx, view, input.start));
    await recordAct(tx, {
      key: `rearrange:${view.session.id}:${view.session.version}`,
      kind: "rearrange",
      by: input.person,
      session: view.session.id,
    });
    await closeMatters(tx, { ...input, outcome: "move" });
    return { state: "done", text: movedText(tx, view, input.start) };
  });
}

/** Everything that follows from an admin's moving a session. The turn stays with its lecturer, who is asked anew. */
export async function moveEffects(tx: Ctx, view: SessionView, start: number): Promise<Effect[]> {
  const { session } = view;
  const heard = await hasHeard(tx, view);
  const keeps = session.state === "submitted" || !session.lecturer;
  if (session.lecturer && !keeps) await askAnew(tx, session.id, session.lecturer);
  const text = smallText("moved", tx.settings.language, { new_when: whenOf(tx, view, start) });
  // Near dates are asked by a card that names before and after itself: one message, not two.
  const asksSoon = !keeps && start - tx.now <= tx.settings.inviteDays * 86_400_000 && heard === "by card";
  const version = `moved:${session.version}`;
  return [
    {
      kind: "record.update",
      key: `rearranged:${session.id}:${session.version}:${start}`,
      table: "sessions",
      record: session.id,
      fields: { start, ...(keeps ? {} : { state: "planned" }), change: "moved" },
    },
    ...(session.lecturer ? await settleAsking(tx, view, text, version) : []),
    ...(await endAsks(tx, { session: session.id, start: session.start!, text, version })),
    ...(heard && !asksSoon ? tellSpeaker(tx, view, { newStart: start }) : []),
    ...(await tellChange(tx, view, { newStart: start })),
  ];
}

async function askAnew(tx: Ctx, session: string, lecturer: string): Promise<void> {
  await tx.db
    .update(turn)
    .set({ answer: null, answeredAt: null, reason: null, followUps: 0, lastAskedAt: null })
    .where(and(eq(turn.workspace, tx.workspace.id), eq(turn.session, session), eq(turn.lecturer, lecturer)));
}

/** Whether the lecturer knows of the present date: by our card, or because they said yes to it some other way. */
async function hasHeard(tx: Ctx, { session }: SessionView): Promise<"by card" | "otherwise" | false> {
  if (!session.lecturer) return false;
  const prefix = `invite:${session.id}:${session.lecturer}:${session.start}`;
  const cards = await tx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, tx.workspace.id),
        inArray(outbox.state, ["done", "uncertain"]),
        sql`starts_with(${outbox.key}, ${prefix})`,
      ),
    );
  if (cards.length > 0) return "by card";
  const said = (await turnRow(tx, session.id, session.lecturer))?.answer === "accepted";
  return said || session.state === "confirmed" || session.state === "submitted" ? "otherwise" : false;
}

function whenOf(ctx: Ctx, view: SessionView, start: number): string {
  return whenWords(start, minutesOf(ctx, view.session), {
    now: ctx.now,
    zone: view.group?.timezone ?? ctx.workspace.timezone,
    language: ctx.settings.language,
  });
}

/** 「已改到 …，会再问张三。」 */
export function movedText(ctx: Ctx, view: SessionView, start: number): string {
  const when = whenOf(ctx, view, start);
  const name = view.lecturer?.name;
  if (ctx.settings.language === "zh") return name ? `已改到 ${when}，会再问${name}。` : `已改到 ${when}。`;
  return name ? `Moved to ${when}; ${name} is asked again.` : `Moved to ${when}.`;
}
