import { and, eq, inArray, lt } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { award } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { makerOf, recordMadeBy } from "../records/made.ts";
import { getRecord } from "../records/read.ts";
import { lockedAward, settleAward } from "./decide-award.ts";
import { awardRecordKey, revokeAward } from "./suggest-award.ts";
import { followTitle } from "./title.ts";

/** An admin decided in the Base itself: the same as on the card (design.md §6, the Base is the signal). */
export async function followAwardRecord(ctx: Ctx, id: string): Promise<{ state: string | null }> {
  const maker = await makerOf(ctx, id, awardRecordKey(""));
  if (!maker) return { state: null };
  return transaction(ctx, async (tx) => {
    const row = await lockedAward(tx, maker.slice(awardRecordKey("").length));
    const record = await getRecord(tx, "awards", id);
    if (!row || !record?.state || record.state === row.state) return { state: row?.state ?? null };
    const person = record.approver ?? tx.workspace.admins[0] ?? tx.actor;
    if (row.state === "suggested" && (record.state === "approved" || record.state === "granted"))
      await settleAward(tx, row, { person, approve: true });
    else if (row.state === "suggested" && record.state === "refused")
      await settleAward(tx, row, { person, approve: false });
    else if (record.state === "revoked") await revokeAward(tx, row.key);
    else if (row.state === "approved" && record.state === "granted")
      await tx.db
        .update(award)
        .set({ state: "granted" })
        .where(and(eq(award.workspace, tx.workspace.id), eq(award.key, row.key)));
    await followTitle(tx, row.lecturer);
    return { state: record.state };
  });
}

/** Titles whose time is over. */
export async function expireAwards(ctx: Ctx): Promise<{ expired: number }> {
  return transaction(ctx, async (tx) => {
    const over = await tx.db
      .update(award)
      .set({ state: "expired" })
      .where(
        and(
          eq(award.workspace, tx.workspace.id),
          inArray(award.state, ["granted"]),
          lt(award.until, tx.now - 86_400_000),
        ),
      )
      .returning();
    for (const row of over) {
      const record = await recordMadeBy(tx, awardRecordKey(row.key));
      const effect: Effect | null = record
        ? {
            kind: "record.update",
            key: `award-state:${row.key}:expired`,
            table: "awards",
            record,
            fields: { state: "expired" },
          }
        : null;
      if (effect) await post(tx, [effect]);
      await followTitle(tx, row.lecturer);
    }
    return { expired: over.length };
  });
}
