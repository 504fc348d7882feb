import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, outbox, proposal, turn, workspace } from "../../db/schema.ts";
import { ForbiddenError } from "../../errors.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { recordsMadeBy } from "../records/made.ts";
import { getRecord } from "../records/read.ts";
import type { Proposal, ProposedSlot } from "./propose.ts";

/** What came of it. `kept`: sessions that somebody has taken or changed meanwhile; they stay. */
export type Undone =
  | { state: "undone"; taken: number; kept: number }
  /** The minutes for undoing are over, or it was undone before. */
  | { state: "too-late" }
  /** Its sessions are being written this moment: once more in a few seconds. */
  | { state: "moving" }
  | { state: "unknown" };

/**
 * Takes a publication back before anybody was told: its sessions go, or get back who had them; cards and events that waited are
 * dropped. The plan can be published again.
 */
export async function undoPublish(ctx: Ctx, input: { proposal: string; person: string }): Promise<Undone> {
  if (!(await isAdmin(ctx, input.person)))
    throw new ForbiddenError("forbidden", `${input.person} takes back plan ${input.proposal}: for admins`);
  return transaction(ctx, async (tx) => {
    await tx.db.select().from(workspace).where(eq(workspace.id, tx.workspace.id)).for("update");
    const [row] = await tx.db
      .select()
      .from(proposal)
      .where(and(eq(proposal.workspace, tx.workspace.id), eq(proposal.id, input.proposal)))
      .for("update");
    if (!row) return { state: "unknown" };
    const until = (row.publishedAt ?? 0) + tx.settings.publishUndoMinutes * 60_000;
    if (row.publishedAt === null || tx.now >= until) return { state: "too-late" };
    const { slots } = row.plan as Proposal;
    const keys = await keysOf(tx, slots, row.publishedAt);
    if (keys.some(({ state }) => state === "due")) return { state: "moving" };
    const made = await recordsMadeBy(
      tx,
      keys.map(({ key }) => key),
    );
    let kept = 0;
    const effects: Effect[] = [];
    for (const { key } of keys) {
      const session = await getRecord(tx, "sessions", made.get(key) ?? "");
      if (!session) continue;
      if (await isTaken(tx, session.id, session.state)) kept += 1;
      else
        effects.push({
          kind: "record.delete",
          key: `unpublish:${session.id}`,
          table: "sessions",
          record: session.id,
        });
    }
    const given: ProposedSlot[] = [];
    for (const slot of slots) {
      if (!slot.session || slot.lecturer === (slot.before ?? null)) continue;
      const session = await getRecord(tx, "sessions", slot.session);
      if (!session || (session.lecturer ?? null) !== slot.lecturer) continue;
      if (await isTaken(tx, session.id, session.state)) kept += 1;
      else given.push(slot);
    }
    await withdraw(tx, [...effects.map(recordOf), ...given.map(({ session }) => session!)]);
    for (const slot of given) {
      const session = await getRecord(tx, "sessions", slot.session!);
      effects.push(await giveBack(tx, slot, session!.version));
    }
    await post(tx, effects);
    await tx.db.update(proposal).set({ publishedAt: null, by: null }).where(eq(proposal.id, row.id));
    await tx.db.insert(audit).values({
      workspace: tx.workspace.id,
      actor: input.person,
      action: "schedule.undo",
      target: row.id,
      at: tx.now,
    });
    return { state: "undone", taken: effects.length, kept };
  });
}

const recordOf = (effect: Effect) => ("record" in effect ? effect.record : "");

/** The effects that wrote its sessions. */
async function keysOf(tx: Ctx, slots: Proposal["slots"], publishedAt: number) {
  const makes = slots.flatMap(({ slot, session }) =>
    session ? [] : [sql`starts_with(${outbox.key}, ${`session:${slot}`})`],
  );
  const fills = slots.flatMap(({ session }) =>
    session ? [sql`starts_with(${outbox.key}, ${`fill:${session}:`})`] : [],
  );
  if (makes.length + fills.length === 0) return [];
  const rows = await tx.db
    .select({ key: outbox.key, state: outbox.state, kind: outbox.kind })
    .from(outbox)
    .where(
      and(eq(outbox.workspace, tx.workspace.id), eq(outbox.createdAt, publishedAt), or(...makes, ...fills)),
    );
  return rows;
}

/** Somebody has said yes, or it is no longer as the plan left it. */
async function isTaken(tx: Ctx, session: string, state: string | undefined): Promise<boolean> {
  if (!["open", "planned"].includes(state ?? "open")) return true;
  const rows = await tx.db
    .select({ answer: turn.answer })
    .from(turn)
    .where(and(eq(turn.workspace, tx.workspace.id), eq(turn.session, session), eq(turn.answer, "accepted")));
  return rows.length > 0;
}

/** Who had it has it again, as they had it: a yes stays a yes. */
async function giveBack(tx: Ctx, slot: ProposedSlot, version: number): Promise<Effect> {
  const { session = "", before, beforeState = "planned" } = slot;
  const lecturer = before ? await getRecord(tx, "lecturers", before) : null;
  if (before)
    await tx.db
      .update(turn)
      .set(
        beforeState === "confirmed"
          ? { answer: "accepted" }
          : { answer: null, answeredAt: null, reason: null },
      )
      .where(
        and(
          eq(turn.workspace, tx.workspace.id),
          eq(turn.session, session),
          eq(turn.lecturer, before),
          eq(turn.answer, "moved"),
        ),
      );
  return {
    kind: "record.update",
    key: `unfill:${session}:${version}`,
    table: "sessions",
    record: session,
    fields: lecturer
      ? { lecturer: lecturer.id, account: lecturer.person, state: beforeState, change: "none" }
      : { lecturer: null, account: null, state: "open", why: null },
  };
}

/** What waited to be told is not told, and turns that nobody heard of were none. */
async function withdraw(tx: Ctx, sessions: string[]): Promise<void> {
  if (sessions.length === 0) return;
  await tx.db
    .update(outbox)
    .set({ state: "dropped", doneAt: tx.now, error: "the plan was taken back" })
    .where(
      and(
        eq(outbox.workspace, tx.workspace.id),
        eq(outbox.state, "due"),
        inArray(outbox.kind, ["message", "message.update", "event.sync", "wake"]),
        or(
          inArray(outbox.session, sessions),
          inArray(sql`effect->>'session'`, sessions),
          inArray(sql`effect->'data'->>'session'`, sessions),
          inArray(sql`effect->'input'->>'session'`, sessions),
        ),
      ),
    );
  await tx.db
    .delete(turn)
    .where(and(eq(turn.workspace, tx.workspace.id), inArray(turn.session, sessions), isNull(turn.answer)));
}
