import { eq, and, inArray } from "drizzle-orm";
import type { Entry } from "#domain/incentive/close.ts";
import type { MessageEffect } from "#domain/effects.ts";
import { fromHundredths } from "#domain/numbers.ts";
import type { Ctx } from "../../context.ts";
import { ledger } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { getRecord } from "../records/read.ts";

/** Whoever's points were taken back or set right hears of it, with the reason; the old entry stays. */
export async function tellReversals(tx: Ctx, fresh: Entry[]): Promise<void> {
  const changed = fresh.filter(({ points }) => points !== 0);
  await tellCorrections(
    tx,
    changed.map(({ key }) => key),
  );
}

export async function tellCorrections(tx: Ctx, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const entries = await tx.db
    .select()
    .from(ledger)
    .where(and(eq(ledger.workspace, tx.workspace.id), inArray(ledger.key, keys)));
  for (const entry of entries) {
    const lecturer = await getRecord(tx, "lecturers", entry.lecturer);
    if (!lecturer?.person) continue;
    const effect: MessageEffect = {
      kind: "message",
      key: `corrected:${entry.key}`,
      to: { person: lecturer.person },
      audience: "lecturer",
      template: "points.corrected",
      data: { points: fromHundredths(entry.points), reason: entry.reason.replace(/^更正:/, "") },
      group: lecturer.groups?.[0],
      useUntil: tx.now + 30 * 86_400_000,
    };
    await post(tx, [effect]);
  }
}
