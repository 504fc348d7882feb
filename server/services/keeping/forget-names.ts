import { DateTime } from "luxon";
import { and, eq, isNotNull, lt, type SQL } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { attendance, careNote, learned, opened, signUp } from "../../db/schema.ts";
import { careRecordKey } from "../care/open-note.ts";
import { post } from "../effects/post.ts";
import { recordsMadeBy } from "../records/made.ts";
import { allRecords } from "../records/read.ts";

const DAY = 86_400_000;

/**
 * What is kept for a time only (texts.md §5.12): tracked opens, the names behind attendance, closed care notes, demands in
 * their own words. The counts made of them lie in the sessions and stay; points, awards and audit are never taken out.
 */
export async function forgetNames(ctx: Ctx): Promise<{ rows: number; records: number }> {
  const { keepOpensDays, keepAttendanceMonths, keepCareMonths, keepDemandsMonths } = ctx.settings;
  const attended = monthsAgo(ctx, keepAttendanceMonths);
  return transaction(ctx, async (tx) => {
    let rows = 0;
    const drop = async (table: typeof opened | typeof attendance | typeof signUp | typeof learned, at: SQL) =>
      void (rows +=
        (await tx.db.delete(table).where(and(eq(table.workspace, tx.workspace.id), at))).rowCount ?? 0);
    await drop(opened, lt(opened.at, tx.now - keepOpensDays * DAY));
    await drop(attendance, lt(attendance.at, attended));
    await drop(signUp, lt(signUp.at, attended));
    await drop(learned, lt(learned.at, attended));
    const effects = [
      ...(await attendedNames(tx, attended)),
      ...(await careNotes(tx, monthsAgo(tx, keepCareMonths))),
      ...(await demands(tx, monthsAgo(tx, keepDemandsMonths))),
    ];
    await post(tx, effects);
    return { rows, records: effects.length };
  });
}

const monthsAgo = (ctx: Ctx, months: number) =>
  DateTime.fromMillis(ctx.now, { zone: ctx.workspace.timezone }).minus({ months }).toMillis();

async function attendedNames(tx: Ctx, before: number): Promise<Effect[]> {
  const old = (await allRecords(tx, "sessions")).filter(
    ({ start, attended }) => start !== undefined && start < before && (attended?.length ?? 0) > 0,
  );
  return old.map(({ id, version }) => ({
    kind: "record.update",
    key: `forget-attended:${id}:${version}`,
    table: "sessions",
    record: id,
    fields: { attended: [] },
  }));
}

async function careNotes(tx: Ctx, before: number): Promise<Effect[]> {
  const gone = await tx.db
    .delete(careNote)
    .where(
      and(
        eq(careNote.workspace, tx.workspace.id),
        isNotNull(careNote.closedAt),
        lt(careNote.closedAt, before),
      ),
    )
    .returning({ key: careNote.key });
  const made = await recordsMadeBy(
    tx,
    gone.map(({ key }) => careRecordKey(key)),
  );
  return [...made.values()].map((record) => ({
    kind: "record.delete",
    key: `forget-care:${record}`,
    table: "careNotes",
    record,
  }));
}

async function demands(tx: Ctx, before: number): Promise<Effect[]> {
  const old = (await allRecords(tx, "demands")).filter(({ at }) => at !== undefined && at < before);
  return old.map(({ id }) => ({
    kind: "record.delete",
    key: `forget-demand:${id}`,
    table: "demands",
    record: id,
  }));
}
