import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { trialKey } from "../effects/post.ts";
import { hasContent, type SessionView } from "../sessions/facts.ts";
import { announceKeys } from "./announce.ts";
import { contentOf } from "./content-of.ts";
import { reviewedKey } from "./review.ts";

/** Where the word about a session's present content stands; `at` in ms. */
export type Announcement =
  | { state: "none" }
  /** Just written into the Base: the server has not seen it yet. */
  | { state: "noticed" }
  | { state: "waiting"; at: number }
  /** An admin looks first; without an answer it is announced at `at`. */
  | { state: "review"; at: number }
  | { state: "told"; at: number }
  | { state: "undone" };

export async function announcementOf(ctx: Ctx, view: SessionView): Promise<Announcement> {
  const { session } = view;
  if (!hasContent(session)) return { state: "none" };
  const content = contentOf(session);
  const wake = `announce-wake:${session.id}:${content}`;
  const first = announceKeys(view, content, 1);
  const keys = [wake, ...first, ...announceKeys(view, content, 2)];
  const rows = await ctx.db
    .select({ key: outbox.key, state: outbox.state, notBefore: outbox.notBefore, doneAt: outbox.doneAt })
    .from(outbox)
    .where(
      and(eq(outbox.workspace, ctx.workspace.id), inArray(outbox.key, [...keys, ...keys.map(trialKey)])),
    );
  const woken = rows.find(({ key }) => key === wake);
  if (!woken) return { state: "noticed" };
  const reviewed = await reviewOf(ctx, session.id, content);
  if (reviewed?.state === "due") return { state: "review", at: reviewed.notBefore };
  const due = rows.filter(({ state }) => state === "due");
  if (due.length > 0) return { state: "waiting", at: Math.min(...due.map(({ notBefore }) => notBefore)) };
  // Dropped before it spoke: taken back. Said earlier of another version is no word about this one.
  if (woken.state === "dropped" || reviewed?.state === "dropped") return { state: "undone" };
  const said = rows.filter(({ key, state }) => key !== wake && state === "done");
  const at = Math.min(...said.map(({ doneAt }) => doneAt ?? ctx.now));
  return said.length > 0 ? { state: "told", at } : { state: "undone" };
}

async function reviewOf(ctx: Ctx, session: string, content: string) {
  const [row] = await ctx.db
    .select({ state: outbox.state, notBefore: outbox.notBefore })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, ctx.workspace.id),
        sql`starts_with(${outbox.key}, ${`${reviewedKey(session, content)}:`})`,
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  return row;
}
