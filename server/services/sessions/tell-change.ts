import { and, eq, inArray, like, or } from "drizzle-orm";
import type { Effect, MessageEffect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { trialKey } from "../effects/post.ts";
import { chatsOf, sessionFacts, type SessionView } from "./facts.ts";

/** What became of a session; `view` shows it as it was. */
export interface Change {
  /** The new date. */
  newStart?: number;
  /** Name of who speaks instead. */
  peer?: string;
  /** Said in words, where neither date nor speaker tells it. */
  outcome?: string;
  /** States the session must be in by then; absent = any but cancelled. */
  while?: string[];
  /** ms: not told before, so that it can still be taken back. */
  notBefore?: number;
}

/**
 * A change is told once, with before and after, to the chats that had heard of the session; who had not heard has nothing to
 * unlearn.
 */
export async function tellChange(ctx: Ctx, view: SessionView, change: Change): Promise<Effect[]> {
  const { session, group, lecturer } = view;
  const told = await ctx.db
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.session, session.id),
        inArray(outbox.template, ["announce", "announce.update", "day-of"]),
        eq(outbox.state, "done"),
        or(like(outbox.key, "announce:%"), like(outbox.key, "day-of:%"), like(outbox.key, trialKey("%"))),
      ),
    );
  if (told.length === 0) return [];
  const zh = ctx.settings.language === "zh";
  const speakers =
    change.peer && lecturer?.name
      ? zh
        ? `讲师由${lecturer.name}改为${change.peer}。`
        : `${change.peer} speaks in place of ${lecturer.name}.`
      : undefined;
  return chatsOf(group).learners.map((chat) => ({
    ...changed(ctx, view, { ...change, outcome: change.outcome ?? speakers }),
    key: `changed:${session.id}:${chat}:${session.version}:${change.newStart ?? ""}:${change.peer ?? ""}`,
    to: { chat },
    audience: "chat",
  }));
}

/** The same to who spoke, or was to speak, until now. Not for what they did themselves: that they know. */
export function tellSpeaker(ctx: Ctx, view: SessionView, change: Change): Effect[] {
  const { session, lecturer } = view;
  if (!session.account || lecturer?.state === "left") return [];
  const zh = ctx.settings.language === "zh";
  const outcome = change.peer
    ? zh
      ? `这场改由${change.peer}来讲，日历已经更新。`
      : `${change.peer} will speak; your calendar is updated.`
    : undefined;
  return [
    {
      ...changed(ctx, view, { ...change, outcome: change.outcome ?? outcome }),
      key: `changed:${session.id}:${session.account}:${session.version}:${change.newStart ?? ""}:${change.peer ?? ""}`,
      to: { person: session.account },
      audience: "lecturer",
    },
  ];
}

function changed(
  ctx: Ctx,
  view: SessionView,
  change: Change,
): Omit<MessageEffect, "key" | "to" | "audience"> {
  const { session, group } = view;
  return {
    kind: "message",
    template: "changed",
    data: {
      ...sessionFacts(ctx, view),
      oldStart: change.newStart === undefined ? undefined : session.start,
      newStart: change.newStart,
      peer: change.peer,
      outcome: change.outcome,
    },
    group: group?.id,
    session: session.id,
    ...(change.while ? { while: change.while } : {}),
    ...(change.notBefore === undefined ? {} : { notBefore: change.notBefore }),
    useUntil: Math.max(session.start ?? ctx.now, change.newStart ?? 0),
    exempt: "change-soon",
  };
}
