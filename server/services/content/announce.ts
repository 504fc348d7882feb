import { and, eq, inArray } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { post, trialKey } from "../effects/post.ts";
import { chatsOf, hasContent, sessionFacts, viewSession, type SessionView } from "../sessions/facts.ts";
import { contentOf } from "./content-of.ts";
import { askForReview } from "./review.ts";

/** The first version has the session's key: it is announced once, whatever is uploaded afterwards. */
export function announceKeys(view: SessionView, content: string, version: number): string[] {
  return chatsOf(view.group).all.map((chat) => keyOf(view.session.id, chat, content, version));
}

const keyOf = (session: string, chat: string, content: string, version: number) =>
  version === 1 ? `announce:${session}:${chat}` : `announce-update:${session}:${chat}:${content}`;

/**
 * After the quiet minutes: told in the learners' and the lecturers' chats, if it is still this content. A later version is
 * told once, when the first is more than an hour old and the session is still to come.
 */
export async function announce(
  ctx: Ctx,
  input: { session: string; content: string; reviewed?: boolean },
): Promise<{ announced: number }> {
  const view = await viewSession(ctx, input.session);
  if (!view?.session.start || !hasContent(view.session) || contentOf(view.session) !== input.content)
    return { announced: 0 };
  if (view.session.start <= ctx.now || view.session.state === "cancelled") return { announced: 0 };
  if (ctx.settings.reviewBeforeAnnouncing && !input.reviewed) {
    await askForReview(ctx, view, input.content);
    return { announced: 0 };
  }
  const first = await toldAt(ctx, announceKeys(view, input.content, 1));
  if (first === "waiting") return { announced: 0 };
  const update = first !== null;
  if (update && ctx.now - first < ctx.settings.updateAfterMinutes * 60_000) return { announced: 0 };
  if (update && (await updatedBefore(ctx, view))) return { announced: 0 };
  const version = update ? 2 : 1;
  const effects = chatsOf(view.group).all.map((chat): Effect => ({
    kind: "message",
    key: keyOf(view.session.id, chat, input.content, version),
    to: { chat },
    audience: "chat",
    template: update ? "announce.update" : "announce",
    data: sessionFacts(ctx, view),
    group: view.group?.id,
    session: view.session.id,
    while: ["planned", "confirmed", "submitted"],
    useUntil: Math.min(view.session.start!, ctx.now + 3 * 86_400_000),
  }));
  return { announced: (await post(ctx, effects)).length };
}

async function toldAt(ctx: Ctx, keys: string[]): Promise<number | null | "waiting"> {
  if (keys.length === 0) return null;
  const rows = await ctx.db
    .select({ state: outbox.state, doneAt: outbox.doneAt })
    .from(outbox)
    .where(
      and(eq(outbox.workspace, ctx.workspace.id), inArray(outbox.key, [...keys, ...keys.map(trialKey)])),
    );
  const done = rows.flatMap(({ state, doneAt }) => (state === "done" && doneAt !== null ? [doneAt] : []));
  if (done.length > 0) return Math.min(...done);
  return rows.some(({ state }) => state === "due") ? "waiting" : null;
}

async function updatedBefore(ctx: Ctx, view: SessionView): Promise<boolean> {
  const rows = await ctx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        eq(outbox.session, view.session.id),
        eq(outbox.template, "announce.update"),
        inArray(outbox.state, ["done", "due"]),
      ),
    );
  return rows.length > 0;
}
