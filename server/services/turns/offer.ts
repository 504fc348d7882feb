import { and, desc, eq, inArray, isNull, lt, ne, sql } from "drizzle-orm";
import type { Effect, MessageEffect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { outbox, turn } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { trialKey } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { publishedUntold } from "../schedule/untold.ts";
import { claimSessions } from "../sessions/claim.ts";
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
  const offeredAt = await rememberTurn(ctx, view, lecturer.id);
  // What was just published can still be undone before anyone is told.
  const undone = session.state === "planned" ? offeredAt + ctx.settings.publishUndoMinutes * 60_000 : 0;
  const effects: Effect[] = [];
  if (group && ctx.workspace.live.includes(group.id)) effects.push(...(await syncEvent(ctx, view, undone)));
  if (session.state === "planned" && session.change !== "declined" && !(await publishedUntold(ctx, session)))
    effects.push(await invitation(ctx, view, lecturer.person, { offeredAt, undone }));
  return effects;
}

/** The event is brought up to date whenever something it shows is not what it was brought to last. */
async function syncEvent(ctx: Ctx, view: SessionView, notBefore: number): Promise<Effect[]> {
  const { session, group, lecturer, topic } = view;
  const shown = fingerprint([
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
  ]);
  const prefix = `event-sync:${session.id}:`;
  const rows = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(and(eq(outbox.workspace, ctx.workspace.id), sql`starts_with(${outbox.key}, ${prefix})`))
    .orderBy(desc(outbox.id));
  // Moved away and back again is three states of the event, though two of them look alike.
  if (rows[0]?.key.startsWith(`${prefix}${shown}:`)) return [];
  return [
    {
      kind: "event.sync",
      key: `${prefix}${shown}:${rows.length}`,
      session: session.id,
      ...(notBefore > ctx.now ? { notBefore } : {}),
    },
  ];
}

async function invitation(
  ctx: Ctx,
  view: SessionView,
  person: string,
  { offeredAt, undone }: { offeredAt: number; undone: number },
): Promise<MessageEffect> {
  const { session, group } = view;
  const start = session.start!;
  const soon = start - ctx.now <= ctx.settings.inviteDays * DAY;
  const days = await workdays(ctx);
  const notBefore = soon ? ctx.now : days.at(start, -ctx.settings.inviteWorkdays, "09:00");
  const before = await invitedFor(ctx, session.id, session.lecturer!, start);
  const turnOf = { session: session.id, lecturer: session.lecturer!, offeredAt };
  return {
    kind: "message",
    key: inviteKey({ ...turnOf, start }) + (await offeredAgain(ctx, turnOf, start)),
    to: { person },
    audience: "lecturer",
    template: "invite",
    data: { ...sessionFacts(ctx, view), ...(before === null ? {} : { oldStart: before, newStart: start }) },
    group: group?.id,
    session: session.id,
    while: ["planned"],
    // Who had been asked for another date must hear of the new one, whatever else they got today.
    ...(before === null ? {} : { exempt: "change-soon" as const }),
    notBefore: Math.max(notBefore, ctx.now, undone),
    useUntil: start,
  };
}

/** The date this lecturer was last asked for, if it was another. */
async function invitedFor(
  ctx: Ctx,
  session: string,
  lecturer: string,
  start: number,
): Promise<number | null> {
  const prefix = `invite:${session}:${lecturer}:`;
  const [last] = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        inArray(outbox.state, ["done", "uncertain"]),
        sql`starts_with(${outbox.key}, ${prefix})`,
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  const at = Number.parseInt(last?.key.slice(prefix.length) ?? "", 10);
  return Number.isNaN(at) || at === start ? null : at;
}

/** One invitation a session, lecturer and date. */
export const inviteKey = ({
  session,
  lecturer,
  start,
}: {
  session: string;
  lecturer: string;
  start: number;
}) => `invite:${session}:${lecturer}:${start}`;

/** What tells a second offer of the same session and date to the same lecturer from the first; empty for the first. */
export async function offeredAgain(
  ctx: Ctx,
  turnOf: { session: string; lecturer: string; offeredAt: number },
  start: number,
): Promise<string> {
  const key = inviteKey({ ...turnOf, start });
  const earlier = await ctx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        inArray(outbox.key, [key, trialKey(key)]),
        lt(outbox.createdAt, turnOf.offeredAt),
      ),
    );
  return earlier.length > 0 ? `@${turnOf.offeredAt}` : "";
}

/** Returns when the turn was offered. One that was given away and came back is offered anew. */
async function rememberTurn(ctx: Ctx, view: SessionView, lecturer: string): Promise<number> {
  const session = view.session.id;
  const place = and(
    eq(turn.workspace, ctx.workspace.id),
    eq(turn.session, session),
    eq(turn.lecturer, lecturer),
  );
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
  const [row] = await ctx.db.select().from(turn).where(place);
  if (!row || !(await cameBack(ctx, view, row.answer))) return row?.offeredAt ?? ctx.now;
  const anew = {
    answer: null,
    answeredAt: null,
    reason: null,
    followUps: 0,
    lastAskedAt: null,
    invitedAt: null,
  };
  await ctx.db
    .update(turn)
    .set({ ...anew, offeredAt: ctx.now })
    .where(place);
  return ctx.now;
}

/** Given away once, and to be confirmed by the same lecturer again. While the giving away is on its way it only looks so. */
async function cameBack(ctx: Ctx, { session }: SessionView, answer: string | null): Promise<boolean> {
  if (answer === null || answer === "accepted") return false;
  if (session.state !== "planned" || session.change === "declined") return false;
  return claimSessions(ctx, [session.id]);
}

/** The keys of every card that asked this lecturer about this session: settled together. */
export async function askingKeys(
  ctx: Ctx,
  session: string,
  lecturer: string,
  start: number,
): Promise<string[]> {
  const about = `${session}:${lecturer}:${start}`;
  const bases = ["invite", "confirm", "rsvp-declined", "leave"].map((kind) => `${kind}:${about}`);
  const rows = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        sql`(${sql.join(
          [...bases, ...bases.map(trialKey)].map((base) => sql`starts_with(${outbox.key}, ${base})`),
          sql` or `,
        )})`,
      ),
    );
  const trial = trialKey("");
  return [...new Set(rows.map(({ key }) => (key.startsWith(trial) ? key.slice(trial.length) : key)))];
}
