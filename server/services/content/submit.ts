import { and, eq, inArray, like, or } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { post, trialKey } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { allRecords } from "../records/read.ts";
import { hasContent, sessionFacts, viewSession, type SessionView } from "../sessions/facts.ts";
import { announceKeys } from "./announce.ts";
import { announcementOf } from "./announcement-of.ts";
import { contentOf } from "./content-of.ts";
import { reviewedKey } from "./review.ts";

/**
 * Content stands in a session's record, put there by whatever hand (design.md §6: the Base is the signal): it becomes a row of
 * the library, the session is submitted, and the chats hear of it after the quiet minutes, unless it is taken back.
 */
export async function submitContent(ctx: Ctx, sessionId: string): Promise<{ submitted: number }> {
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, sessionId);
    if (!view || !hasContent(view.session) || !view.session.lecturer) return { submitted: 0 };
    const { session } = view;
    if (!["planned", "confirmed", "submitted"].includes(session.state ?? "")) return { submitted: 0 };
    const content = contentOf(session);
    if (await handedIn(tx, session.id, content)) return { submitted: 0 };
    const earlier = await versionsOf(tx, session.id);
    await dropWaiting(tx, session.id);
    const quiet = session.title ? tx.settings.announceQuietMinutes : tx.settings.announceHandMinutes;
    await post(tx, [
      materialRow(view, content, earlier + 1),
      {
        kind: "record.update",
        key: `submitted:${session.id}:${content}`,
        table: "sessions",
        record: session.id,
        fields: {
          state: "submitted",
          submittedAt: tx.now,
          proactive: (session.nudges ?? 0) === 0,
          ...(session.title ? {} : { title: titleFor(view) }),
        },
      },
      ...(earlier === 0 && session.account ? [uploadedCard(tx, view, content)] : []),
      {
        kind: "wake",
        key: `announce-wake:${session.id}:${content}`,
        at: tx.now + quiet * 60_000,
        automation: "content.announce",
        input: { session: session.id, content, version: earlier + 1 },
      },
    ]);
    return { submitted: 1 };
  });
}

const submittedKey = (session: string, content: string) => `submitted:${session}:${content}`;

async function handedIn(tx: Ctx, session: string, content: string): Promise<boolean> {
  const rows = await tx.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.workspace, tx.workspace.id), eq(outbox.key, submittedKey(session, content))));
  return rows.length > 0;
}

async function versionsOf(tx: Ctx, session: string): Promise<number> {
  return (await allRecords(tx, "materials")).filter(
    (row) => row.session === session && row.source === "share",
  ).length;
}

/** An announcement still waiting speaks of the version before. */
async function dropWaiting(tx: Ctx, session: string): Promise<void> {
  await tx.db
    .update(outbox)
    .set({ state: "dropped", doneAt: tx.now, error: "a newer version came" })
    .where(
      and(
        eq(outbox.workspace, tx.workspace.id),
        eq(outbox.state, "due"),
        eq(outbox.session, session),
        inArray(outbox.template, ["announce", "announce.update"]),
      ),
    );
  await tx.db
    .update(outbox)
    .set({ state: "dropped", doneAt: tx.now, error: "a newer version came" })
    .where(
      and(
        eq(outbox.workspace, tx.workspace.id),
        eq(outbox.state, "due"),
        or(like(outbox.key, `announce-wake:${session}:%`), like(outbox.key, `${reviewedKey(session, "")}%`)),
      ),
    );
}

function titleFor({ session, topic }: SessionView): string {
  const file = session.content?.[0]?.name?.replace(/\.[A-Za-z0-9]{1,5}$/, "");
  return topic?.name ?? file ?? session.label ?? "";
}

function materialRow(view: SessionView, content: string, version: number): Effect {
  const { session, topic } = view;
  const file = session.content?.[0];
  return {
    kind: "record.create",
    key: `material:${session.id}:${content}`,
    table: "materials",
    fields: {
      title: session.title ?? titleFor(view),
      kind: file ? kindOf(file.name ?? "") : "link",
      source: "share",
      ...(session.content?.length ? { file: session.content } : {}),
      ...(session.contentLink ? { link: session.contentLink } : {}),
      ...(session.account ? { author: session.account } : {}),
      session: session.id,
      ...(topic ? { topics: [topic.id] } : {}),
      version,
      hash: content,
    },
  };
}

function kindOf(name: string): "slides" | "document" | "video" {
  if (/\.(pptx?|key|odp)$/i.test(name)) return "slides";
  return /\.(mp4|mov|webm|avi|mkv)$/i.test(name) ? "video" : "document";
}

function uploadedCard(tx: Ctx, view: SessionView, content: string): Effect {
  return {
    kind: "message",
    key: uploadedKey(view.session.id, content),
    to: { person: view.session.account! },
    audience: "lecturer",
    template: "uploaded",
    data: sessionFacts(tx, view),
    group: view.group?.id,
    session: view.session.id,
    useUntil: tx.now + tx.settings.announceQuietMinutes * 60_000,
    exempt: "on-request",
  };
}

export const uploadedKey = (session: string, content: string) => `uploaded:${session}:${content}`;

/** 撤回: nothing is announced, what was uploaded stays with the lecturer until a new version comes. */
export async function undoAnnouncement(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<"undone" | "already told"> {
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, input.session);
    if (!view) return "already told";
    if (view.session.account !== input.person && !(await isAdmin(tx, input.person))) return "already told";
    const content = contentOf(view.session);
    // A new version can be taken back too, although the first was announced long ago.
    if (["waiting", "review"].includes((await announcementOf(tx, view)).state)) {
      await dropWaiting(tx, input.session);
      return "undone";
    }
    const keys = announceKeys(view, content, 1);
    const told = await tx.db
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          eq(outbox.workspace, tx.workspace.id),
          inArray(outbox.key, [...keys, ...keys.map(trialKey)]),
          eq(outbox.state, "done"),
        ),
      );
    return told.length > 0 ? "already told" : "undone";
  });
}
