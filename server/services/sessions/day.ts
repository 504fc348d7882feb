import { and, eq, inArray } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { finish } from "../../db/outbox.ts";
import { outbox } from "../../db/schema.ts";
import { attendeesOf } from "../attendance/check-in.ts";
import { workdays } from "../calendar/workdays.ts";
import { post, trialKey } from "../effects/post.ts";
import { openTodo } from "../todos/todo.ts";
import { chatsOf, endOf, sessionFacts, viewSession, type SessionView } from "./facts.ts";
import { dayOfKey } from "./remind.ts";

/** The instants of a session at which something happens by itself; a session that moved has new ones, the old find nothing to do. */
export function dayWakes(ctx: Ctx, { session }: SessionView): Effect[] {
  if (!session.start || !session.lecturer || endOf(ctx, session) < ctx.now) return [];
  if (!["planned", "confirmed", "submitted"].includes(session.state ?? "")) return [];
  const wake = (automation: string, at: number): Effect => ({
    kind: "wake",
    key: `${automation}:${session.id}:${session.start}:${session.minutes ?? ""}`,
    at,
    automation,
    input: { session: session.id, start: session.start },
  });
  return [
    wake("day.check-in", session.start - ctx.settings.checkInBeforeMinutes * 60_000),
    wake("day.ended", endOf(ctx, session) + ctx.settings.ratingAfterMinutes * 60_000),
  ];
}

/** 15 minutes before: the day-of card in the chat becomes the check-in; a chat that got none gets the check-in itself. */
export async function openCheckIn(
  ctx: Ctx,
  input: { session: string; start: number },
): Promise<{ opened: number }> {
  const view = await viewSession(ctx, input.session);
  if (!view || view.session.start !== input.start || view.session.state === "cancelled") return { opened: 0 };
  const effects: Effect[] = [];
  for (const chat of chatsOf(view.group).learners) {
    const key = dayOfKey(input.session, chat, input.start);
    const [card] = await ctx.db
      .select({ id: outbox.id, state: outbox.state, attempts: outbox.attempts })
      .from(outbox)
      .where(
        and(
          eq(outbox.workspace, ctx.workspace.id),
          inArray(outbox.key, [key, trialKey(key)]),
          inArray(outbox.state, ["done", "due"]),
        ),
      );
    // A card that was tried may have arrived: only one that never left is taken back.
    if (card?.state === "due" && card.attempts === 0)
      await finish(ctx.db, [card.id], {
        state: "dropped",
        now: ctx.now,
        error: "the check-in takes its place",
      });
    const there = card !== undefined && (card.state === "done" || card.attempts > 0);
    const until = endOf(ctx, view.session) + ctx.settings.checkInAfterMinutes * 60_000;
    effects.push(
      there
        ? {
            kind: "message.update",
            key: `check-in:${key}`,
            of: key,
            template: "check-in",
            data: sessionFacts(ctx, view),
            useUntil: until,
          }
        : {
            kind: "message",
            key: `check-in:${input.session}:${chat}:${input.start}`,
            to: { chat },
            audience: "chat",
            template: "check-in",
            data: sessionFacts(ctx, view),
            group: view.group?.id,
            session: input.session,
            useUntil: until,
            exempt: "check-in",
          },
    );
  }
  await post(ctx, effects);
  return { opened: effects.length };
}

/** After the end: held when somebody checked in; else a human is asked on the next workday. */
export async function endSession(
  ctx: Ctx,
  input: { session: string; start: number },
): Promise<{ held: boolean | null }> {
  const view = await viewSession(ctx, input.session);
  if (!view || view.session.start !== input.start) return { held: null };
  if (!["planned", "confirmed", "submitted"].includes(view.session.state ?? "")) return { held: null };
  const attendees = await attendeesOf(ctx, input.session);
  if (attendees.length > 0) {
    await markHeld(ctx, view, attendees);
    return { held: true };
  }
  const days = await workdays(ctx);
  await post(ctx, [
    {
      kind: "wake",
      key: `day.undecided:${input.session}:${input.start}`,
      // From the session's end, not from now: a server that was away asks as soon as it is back.
      at: days.at(endOf(ctx, view.session), 1, ctx.settings.undecidedAt),
      automation: "day.undecided",
      input,
    },
  ]);
  return { held: null };
}

/** Delivered: what follows (ratings, points) stands on this state alone. */
export async function markHeld(ctx: Ctx, view: SessionView, attendees: string[]): Promise<void> {
  await post(ctx, [
    {
      kind: "record.update",
      key: `delivered:${view.session.id}:${view.session.start}`,
      table: "sessions",
      record: view.session.id,
      fields: {
        state: "delivered",
        attendance: attendees.length,
        ...(attendees.length > 0 ? { attended: attendees.slice(0, 1000) } : {}),
      },
    },
  ]);
}

/** 开了 / 没开成: neither check-in nor word; the admin is asked once. */
export async function askWhetherHeld(
  ctx: Ctx,
  input: { session: string; start: number },
): Promise<{ asked: number }> {
  const view = await viewSession(ctx, input.session);
  if (!view || view.session.start !== input.start) return { asked: 0 };
  if (!["planned", "confirmed", "submitted"].includes(view.session.state ?? "")) return { asked: 0 };
  if ((await attendeesOf(ctx, input.session)).length > 0) {
    await endSession(ctx, input);
    return { asked: 0 };
  }
  await openTodo(ctx, {
    key: `held:${input.session}:${input.start}`,
    kind: "held-or-not",
    session: input.session,
    detail: { label: view.session.label ?? "", lecturer: view.lecturer?.name ?? "" },
  });
  const admins = view.group?.admins?.length ? view.group.admins : ctx.workspace.admins;
  const effects = admins.slice(0, 1).map((person): Effect => ({
    kind: "message",
    key: `held:${input.session}:${input.start}`,
    to: { person },
    audience: "admin",
    template: "delivered.ask",
    data: sessionFacts(ctx, view),
    session: input.session,
    while: ["planned", "confirmed", "submitted"],
    useUntil: ctx.now + 14 * 86_400_000,
  }));
  return { asked: (await post(ctx, effects)).length };
}
