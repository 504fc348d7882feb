import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { careNote, type CareState } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { recordMadeBy } from "../records/made.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { closeTodo } from "../todos/todo.ts";
import { settleCards } from "../turns/settle.ts";
import { careCardKey, careRecordKey, outcomeCardKey, type CareRow } from "./open-note.ts";

export interface OwnNote {
  row: CareRow;
  lecturer: Rec<"lecturers"> | null;
}

/** The note, locked, if this person may act on it: whom it was for, or an admin. */
export async function noteFor(tx: Ctx, key: string, person: string): Promise<OwnNote | PressAnswer> {
  const row = await lockedNote(tx, key);
  const { language } = tx.settings;
  if (!row) return { toast: { type: "info", text: smallText("tooOld", language) } };
  if (row.recipient !== person && !(await isAdmin(tx, person)))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  return { row, lecturer: await getRecord(tx, "lecturers", row.lecturer) };
}

/** The note, locked, if it is about this person. */
export async function noteAbout(tx: Ctx, key: string, person: string): Promise<OwnNote | PressAnswer> {
  const row = await lockedNote(tx, key);
  const lecturer = row && (await getRecord(tx, "lecturers", row.lecturer));
  if (!row || lecturer?.person !== person)
    return { toast: { type: "info", text: smallText("notForYou", tx.settings.language) } };
  return { row, lecturer };
}

export const isNote = (found: OwnNote | PressAnswer): found is OwnNote => "row" in found;

async function lockedNote(tx: Ctx, key: string): Promise<CareRow | null> {
  const [row] = await tx.db
    .select()
    .from(careNote)
    .where(and(eq(careNote.workspace, tx.workspace.id), eq(careNote.key, key)))
    .for("update");
  return row ?? null;
}

/** Brings a note into a state: the row, its record, its cards and the admin's to-do follow. */
export async function settleNote(
  tx: Ctx,
  row: CareRow,
  to: { state: CareState; text: string; outcome?: string; fields?: Record<string, unknown> },
): Promise<void> {
  const closed = to.state !== "contacted";
  await tx.db
    .update(careNote)
    .set({
      state: to.state,
      ...(closed ? { closedAt: tx.now } : {}),
      ...(to.outcome === undefined ? {} : { outcome: to.outcome }),
    })
    .where(and(eq(careNote.workspace, tx.workspace.id), eq(careNote.key, row.key)));
  await closeTodo(tx, `care:${row.key}`, to.state);
  const record = await recordMadeBy(tx, careRecordKey(row.key));
  const fields = {
    state: to.state,
    ...(to.outcome === undefined ? {} : { outcome: to.outcome }),
    ...to.fields,
  };
  const keys = [
    careCardKey(row.key, 1),
    careCardKey(row.key, 2),
    ...(closed ? [outcomeCardKey(row.key)] : []),
  ];
  await post(tx, [
    ...(record
      ? [
          {
            kind: "record.update",
            key: `care-state:${row.key}:${to.state}:${to.outcome ?? ""}`,
            table: "careNotes",
            record,
            fields,
          } satisfies Effect,
        ]
      : []),
    ...(await settleCards(tx, keys, to.text, to.state)),
  ]);
}

export const settledCard = (text: string): PressAnswer => ({ card: { template: "settled", data: { text } } });
