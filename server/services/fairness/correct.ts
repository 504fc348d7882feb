import { localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, creditNote } from "../../db/schema.ts";
import { ForbiddenError, InvalidInputError, MissingError } from "../../errors.ts";
import { fingerprint } from "../fingerprint.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord } from "../records/read.ts";

const MOST_TURNS = 50;
const MOST_WORDS = 200;

/** An admin corrects a lecturer's account by so many turns (+ = as if more had been had), with a reason. Said twice, it counts once. */
export async function correctTurns(
  ctx: Ctx,
  input: { lecturer: string; turns: number; reason: string; person: string },
): Promise<{ key: string; stored: boolean }> {
  const { turns } = input;
  if (!Number.isFinite(turns) || turns === 0 || Math.abs(turns) > MOST_TURNS)
    throw new InvalidInputError(
      "correction_turns",
      `turns: expected a number other than 0 from ${-MOST_TURNS} to ${MOST_TURNS}, got ${turns}`,
      {
        words: { zh: `请填 0 以外、${MOST_TURNS} 以内的次数。`, en: "Give a number of turns other than 0." },
      },
    );
  return note(ctx, { kind: "correction", ...input });
}

/** A new season begins on a local date: what lies before no longer counts. */
export async function beginSeason(
  ctx: Ctx,
  input: { day: string; reason: string; person: string },
): Promise<{ key: string; stored: boolean }> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input.day) || Number.isNaN(Date.parse(input.day)))
    throw new InvalidInputError(
      "season_day",
      `day: expected a date YYYY-MM-DD, got ${JSON.stringify(input.day)}`,
      { words: { zh: "请填日期，如 2027-01-01。", en: "Give a date like 2027-01-01." } },
    );
  return note(ctx, { kind: "season", ...input });
}

async function note(
  ctx: Ctx,
  input: {
    kind: "correction" | "season";
    reason: string;
    person: string;
    lecturer?: string;
    turns?: number;
    day?: string;
  },
): Promise<{ key: string; stored: boolean }> {
  const { kind, person, lecturer, turns } = input;
  const reason = input.reason.trim();
  if (reason === "" || reason.length > MOST_WORDS)
    throw new InvalidInputError("reason", `reason: expected 1 to ${MOST_WORDS} characters`, {
      words: { zh: `请写明原因（${MOST_WORDS} 字以内）。`, en: "Please give a reason." },
    });
  return transaction(ctx, async (tx) => {
    if (!(await isAdmin(tx, person)))
      throw new ForbiddenError("not_admin", `${kind} of turns by ${person}, who is no admin`);
    if (lecturer !== undefined && !(await getRecord(tx, "lecturers", lecturer)))
      throw new MissingError("no_lecturer", `no lecturer ${lecturer}`);
    const day = input.day ?? localDay(tx.now, tx.workspace.timezone);
    const key = `${kind}:${fingerprint([lecturer, day, turns, reason, person])}`;
    const stored = await tx.db
      .insert(creditNote)
      .values({
        workspace: tx.workspace.id,
        key,
        kind,
        lecturer: lecturer ?? null,
        day,
        turns: turns ?? null,
        reason,
        by: person,
        at: tx.now,
      })
      .onConflictDoNothing()
      .returning({ key: creditNote.key });
    if (stored.length > 0)
      await tx.db.insert(audit).values({
        workspace: tx.workspace.id,
        actor: person,
        action: `turns.${kind}`,
        target: lecturer ?? day,
        detail: { key, day, turns: turns ?? null, reason },
        at: tx.now,
      });
    return { key, stored: stored.length > 0 };
  });
}
