import { and, eq, isNull, or } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { ask } from "../../db/schema.ts";
import { substituteAskKey } from "./substitute.ts";
import { settleCards } from "./settle.ts";
import { swapAskKey } from "./swap.ts";

/**
 * Colleagues who were asked to step in for a session, or to swap with it, are asked no longer: it is not what they were asked
 * about any more. Their cards say so. `start`: when the session was to be.
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
  return settleCards(tx, keys, input.text, input.version);
}
