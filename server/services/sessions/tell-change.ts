import { and, eq, inArray, like, or } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { trialKey } from "../effects/post.ts";
import { chatsOf, sessionFacts, type SessionView } from "./facts.ts";

/**
 * A change is told once, with before and after, to the chats that had heard of the session; who had not heard has nothing to
 * unlearn.
 */
export async function tellChange(
  ctx: Ctx,
  view: SessionView,
  change: { newStart?: number; peer?: string },
): Promise<Effect[]> {
  const { session, group } = view;
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
  const until = Math.max(session.start ?? ctx.now, change.newStart ?? 0);
  return chatsOf(group).learners.map((chat) => ({
    kind: "message",
    key: `changed:${session.id}:${chat}:${session.start}:${change.newStart ?? ""}:${change.peer ?? ""}`,
    to: { chat },
    audience: "chat",
    template: "changed",
    data: {
      ...sessionFacts(ctx, view),
      oldStart: session.start,
      newStart: change.newStart,
      peer: change.peer,
    },
    group: group?.id,
    session: session.id,
    useUntil: until,
    exempt: "change-soon",
  }));
}
