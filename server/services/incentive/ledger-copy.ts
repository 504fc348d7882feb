import { and, eq, inArray } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { fromHundredths } from "#domain/numbers.ts";
import { instantAt, localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { ledger } from "../../db/schema.ts";
import { getRecords } from "../records/read.ts";

/** The rows of 积分流水 that copy these entries: for reading, PostgreSQL owns the ledger. */
export async function ledgerCopies(ctx: Ctx, keys: string[]): Promise<Effect[]> {
  if (keys.length === 0) return [];
  const entries = await ctx.db
    .select()
    .from(ledger)
    .where(and(eq(ledger.workspace, ctx.workspace.id), inArray(ledger.key, keys)))
    .orderBy(ledger.key);
  const by = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));
  const lecturers = by(
    await getRecords(
      ctx,
      "lecturers",
      entries.map((entry) => entry.lecturer),
    ),
  );
  const sessions = by(
    await getRecords(
      ctx,
      "sessions",
      entries.flatMap((entry) => entry.session ?? []),
    ),
  );
  const rules = by(
    await getRecords(
      ctx,
      "rules",
      entries.flatMap((entry) => entry.rule ?? []),
    ),
  );
  const zone = ctx.workspace.timezone;
  return entries.map((entry) => {
    const lecturer = lecturers.get(entry.lecturer);
    const session = entry.session ? sessions.get(entry.session) : undefined;
    return {
      kind: "record.create",
      key: `ledger:${entry.key}`,
      table: "ledger",
      fields: {
        key: entry.key,
        kind: entry.kind,
        lecturer: lecturer?.name,
        lecturerRecord: entry.lecturer,
        account: lecturer?.person,
        period: entry.period,
        points: fromHundredths(entry.points),
        rule: entry.rule && rules.has(entry.rule) ? entry.rule : undefined,
        ruleVersion: entry.ruleVersion ?? undefined,
        reason: entry.reason,
        session: session?.label,
        sessionRecord: entry.session ?? undefined,
        reverses: entry.reverses ?? undefined,
        at: instantAt(localDay(entry.at, zone), "00:00", zone),
      },
    };
  });
}
