import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { signUp, turn } from "../../db/schema.ts";
import { ForbiddenError } from "../../errors.ts";
import { recordAct } from "../admin/record-act.ts";
import { signedUp } from "../attendance/sign-up.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { conflictsAt } from "../schedule/conflicts.ts";
import { closeMatters } from "../todos/close-matters.ts";
import { callOff } from "./cancel-session.ts";
import { isToCome, seenStill, type ChangeResult, type Seen } from "./change-result.ts";
import { claimSessions } from "./claim.ts";
import { viewSession, type SessionView } from "./facts.ts";
import { tellSpeaker } from "./tell-change.ts";

/**
 * 合并 by an admin: `session` is called off, its lecturer speaks beside the one of `into`, and who had signed up comes along.
 * A lecturer who declined, or a session without one, only sends its listeners over. Conflicts are those of the lecturer who would
 * come along; with `despite` they come all the same.
 */
export async function mergeSessions(
  ctx: Ctx,
  input: { session: string; into: string; person: string; seen?: Seen; despite?: boolean },
): Promise<ChangeResult> {
  if (!(await isAdmin(ctx, input.person)))
    throw new ForbiddenError("forbidden", `${input.person} merges session ${input.session}: for admins`);
  const from = await viewSession(ctx, input.session);
  const into = await viewSession(ctx, input.into);
  if (!from || !into || input.session === input.into) return { state: "settled" };
  if (!isToCome(ctx, from) || !isToCome(ctx, into) || !into.session.lecturer) return { state: "settled" };
  if (!seenStill(from, input.seen)) return { state: "stale" };
  const guest = comesAlong(from, into);
  const against = guest
    ? ((
        await conflictsAt(ctx, { ...into, lecturer: guest, session: { ...into.session, pinned: false } }, [
          into.session.start!,
        ])
      ).get(into.session.start!) ?? [])
    : [];
  // The session that is called off is no reason against coming along.
  const conflicts = against.filter(
    ({ kind, other }) => kind !== "holiday" && other?.start !== from.session.start,
  );
  if (conflicts.length > 0 && !input.despite) return { state: "conflicts", conflicts, final: false };
  return transaction(ctx, async (tx) => {
    const free = await claimSessions(tx, [input.session, input.into]);
    const [one, other] = [await viewSession(tx, input.session), await viewSession(tx, input.into)];
    if (!free || !one || !other || !isToCome(tx, one) || !isToCome(tx, other)) return { state: "stale" };
    if (one.session.version !== from.session.version || other.session.version !== into.session.version)
      return { state: "stale" };
    const text = mergedText(tx, other);
    await post(tx, await mergeEffects(tx, one, other, text));
    await recordAct(tx, {
      key: `rearrange:${one.session.id}:${one.session.version}`,
      kind: "rearrange",
      by: input.person,
      session: one.session.id,
    });
    await closeMatters(tx, { ...input, outcome: "merge" });
    return { state: "done", text };
  });
}

function comesAlong(from: SessionView, into: SessionView): SessionView["lecturer"] {
  const { lecturer, session } = from;
  if (!lecturer?.person || session.change === "declined" || lecturer.state === "left") return null;
  const there = [into.session.lecturer, ...(into.session.co ?? [])];
  return there.includes(lecturer.id) ? null : lecturer;
}

function mergedText(tx: Ctx, { session }: SessionView): string {
  const zh = tx.settings.language === "zh";
  const outcome = zh
    ? `并到 ${session.label ?? "另一场"}`
    : `joined with ${session.label ?? "another session"}`;
  return smallText("settled", tx.settings.language, { outcome });
}

/** Everything that follows from joining two sessions. */
export async function mergeEffects(
  tx: Ctx,
  from: SessionView,
  into: SessionView,
  text: string,
): Promise<Effect[]> {
  const zh = tx.settings.language === "zh";
  const guest = comesAlong(from, into);
  const host = into.lecturer?.name ?? "";
  const outcome = zh ? `和${host}的那场合并。` : `Joined with the session of ${host}.`;
  const label = into.session.label ?? "";
  const effects = await callOff(tx, from, {
    how: "merge",
    outcome,
    text,
    reason: zh ? `并到 ${label}` : `joined with ${label}`,
    newStart: into.session.start!,
    silent: from.session.change === "declined",
  });
  const moved = await bringAlong(tx, from.session.id, into.session.id);
  if (guest) {
    await rememberGuest(tx, from.session.id, into.session.id, guest.id);
    const words = zh ? `${guest.name}会和您一起讲。` : `${guest.name} will speak with you.`;
    effects.push(
      {
        kind: "record.update",
        key: `merged:${into.session.id}:${from.session.id}:${into.session.version}`,
        table: "sessions",
        record: into.session.id,
        fields: { co: [...(into.session.co ?? []), guest.id] },
      },
      ...tellSpeaker(tx, into, { outcome: words, peer: guest.name ?? "" }),
    );
  } else if (moved > 0 && into.session.eventId)
    effects.push({
      kind: "event.sync",
      key: `event:${into.session.id}:with:${from.session.id}:${from.session.version}`,
      session: into.session.id,
    });
  return effects;
}

async function bringAlong(tx: Ctx, from: string, into: string): Promise<number> {
  const people = await signedUp(tx, from);
  if (people.length === 0) return 0;
  const rows = people.map((person) => ({ workspace: tx.workspace.id, session: into, person, at: tx.now }));
  return (await tx.db.insert(signUp).values(rows).onConflictDoNothing().returning()).length;
}

/** The turn that was called off is answered; the one beside a colleague is a turn taken. */
async function rememberGuest(tx: Ctx, from: string, into: string, lecturer: string): Promise<void> {
  await tx.db
    .update(turn)
    .set({ answer: "moved", answeredAt: tx.now })
    .where(and(eq(turn.workspace, tx.workspace.id), eq(turn.session, from), eq(turn.lecturer, lecturer)));
  const said = { answer: "accepted" as const, answeredAt: tx.now };
  await tx.db
    .insert(turn)
    .values({ workspace: tx.workspace.id, session: into, lecturer, offeredAt: tx.now, ...said })
    .onConflictDoUpdate({ target: [turn.workspace, turn.session, turn.lecturer], set: said });
}
