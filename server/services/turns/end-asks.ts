import { and, eq, isNull, or } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { ask } from "../../db/schema.ts";
import { getRecord } from "../records/read.ts";
import { viewSession } from "../sessions/facts.ts";
import { substituteAskKey, swapAskKey } from "./ask-keys.ts";
import { settleCards } from "./settle.ts";
import { tellKept } from "./tell-kept.ts";

/**
 * Colleagues who were asked to step in for a session, or to swap with it, are asked no longer: it is not what they were asked
 * about any more. Their cards say so; who had asked for the session in a swap hears that it stays as it was. `start`: when the
 * session was to be.
 */
export async function endAsks(
  tx: Ctx,
  input: { session: string; start: number; text: string; version: string },
): Promise<Effect[]> {
  const ended = await tx.db
    .update(ask)
    .set({ answer: "expired", answeredAt: tx.now })
    .where(
      and(
        eq(ask.workspace, tx.workspace.id),
        or(eq(ask.session, input.session), eq(ask.other, input.session)),
        isNull(ask.answer),
      ),
    )
    .returning();
  const keys = ended.map((row) =>
    row.kind === "swap"
      ? swapAskKey(`${row.session}~${row.other}`, row.askedAt)
      : substituteAskKey(row.session, row.lecturer, input.start),
  );
  const effects = await settleCards(tx, keys, input.text, input.version);
  for (const row of ended.filter(({ kind, other }) => kind === "swap" && other === input.session)) {
    const asker = await viewSession(tx, row.session);
    if (asker)
      effects.push(...tellKept(tx, asker, await getRecord(tx, "lecturers", row.lecturer), row.askedAt));
  }
  return effects;
}
