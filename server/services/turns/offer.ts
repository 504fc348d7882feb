import { and, eq, isNull, ne } from "drizzle-orm";
import type { Effect, MessageEffect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { turn } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { fingerprint } from "../fingerprint.ts";
import { sessionFacts, type SessionView } from "../sessions/facts.ts";

const DAY = 86_400_000;

/**
 * A planned session is offered to its lecturer: the turn is remembered, the calendar follows the record, and the card goes
 * out when the date is near enough for its buttons to live (texts.md §5.4).
 */
export async function offerTurn(ctx: Ctx, view: SessionView): Promise<Effect[]> {
  const { session, lecturer, group } = view;
  if (!session.start || !lecturer?.person || session.account !== lecturer.person) return [];
  if (session.start <= ctx.now || !["planned", "confirmed", "submitted"].includes(session.state ?? ""))
    return [];
  const offeredAt = await rememberTurn(ctx, session.id, lecturer.id);
  const effects: Effect[] = [];
  if (group && ctx.workspace.live.includes(group.id)) effects.push(syncEvent(view));
  if (session.state === "planned") effects.push(await invitation(ctx, view, lecturer.person, offeredAt));
  return effects;
}

/** The event is brought up to date whenever something it shows has changed. */
export function syncEvent({ session, group, lecturer, topic }: SessionView): Effect {
  const shown = [
    session.start,
    session.minutes,
    session.account,
    session.co,
    session.title,
    topic?.name,
    lecturer?.name,
    group?.name,
    group?.place,
    group?.video?.link,
  ];
  return { kind: "event.sync", key: `event:${session.id}:${fingerprint(shown)}`, session: session.id };
}

async function invitation(
  ctx: Ctx,
  view: SessionView,
  person: string,
  offeredAt: number,
): Promise<MessageEffect> {
  const { session, group } = view;
  const start = session.start!;
  const soon = start - ctx.now <= ctx.settings.inviteDays * DAY;
  const days = await workdays(ctx);
  const notBefore = soon ? ctx.now : days.at(start, -ctx.settings.inviteWorkdays, "09:00");
  return {
    kind: "message",
    key: inviteKey(session.id, session.lecturer!, start),
    to: { person },
    audience: "lecturer",
    template: "invite",
    data: sessionFacts(ctx, view),
    group: group?.id,
    session: session.id,
    while: ["planned"],
    // What was just published can still be undone before anyone is told.
    notBefore: Math.max(notBefore, ctx.now, offeredAt + ctx.settings.publishUndoMinutes * 60_000),
    useUntil: start,
  };
}

/** One invitation a session, lecturer and date. */
export const inviteKey = (session: string, lecturer: string, start: number) =>
  `invite:${session}:${lecturer}:${start}`;

/** Returns when the turn was first offered. */
async function rememberTurn(ctx: Ctx, session: string, lecturer: string): Promise<number> {
  await ctx.db
    .insert(turn)
    .values({ workspace: ctx.workspace.id, session, lecturer, offeredAt: ctx.now })
    .onConflictDoNothing();
  // Whoever had this session before and never answered has no open turn any more.
  await ctx.db
    .update(turn)
    .set({ answer: "moved", answeredAt: ctx.now })
    .where(
      and(
        eq(turn.workspace, ctx.workspace.id),
        eq(turn.session, session),
        ne(turn.lecturer, lecturer),
        isNull(turn.answer),
      ),
    );
  const [row] = await ctx.db
    .select({ at: turn.offeredAt })
    .from(turn)
    .where(and(eq(turn.workspace, ctx.workspace.id), eq(turn.session, session), eq(turn.lecturer, lecturer)));
  return row?.at ?? ctx.now;
}

/** The keys of every card that asked this lecturer about this session: settled together. */
export const askingKeys = (session: string, lecturer: string, start: number) => [
  inviteKey(session, lecturer, start),
  `confirm:${session}:${lecturer}:${start}:1`,
  `confirm:${session}:${lecturer}:${start}:2`,
];
