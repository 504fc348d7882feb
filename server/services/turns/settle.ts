import { and, eq, inArray } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { trialKey } from "../effects/post.ts";

/**
 * Cards whose matter is decided become one line of what was decided (texts.md rule 8); those not sent yet are taken back.
 * `version` tells one decision about the same card from the next.
 */
export async function settleCards(
  ctx: Ctx,
  keys: string[],
  text: string,
  version: string,
): Promise<Effect[]> {
  if (keys.length === 0) return [];
  const rows = await ctx.db
    .select({ key: outbox.key, state: outbox.state, id: outbox.id })
    .from(outbox)
    .where(
      and(eq(outbox.workspace, ctx.workspace.id), inArray(outbox.key, [...keys, ...keys.map(trialKey)])),
    );
  const waiting = rows.filter(({ state }) => state === "due").map(({ id }) => id);
  if (waiting.length > 0)
    await ctx.db
      .update(outbox)
      .set({ state: "dropped", doneAt: ctx.now, error: "settled before it was sent" })
      .where(and(inArray(outbox.id, waiting), eq(outbox.state, "due")));
  return rows
    .filter(({ state }) => state === "done")
    .map(({ key }) => ({
      kind: "message.update",
      key: `settle:${key}:${version}`,
      of: key,
      template: "settled",
      data: { text },
    }));
}
