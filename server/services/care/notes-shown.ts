import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { careNote, type CareState } from "../../db/schema.ts";
import { knownName } from "../people/name.ts";
import { getRecord, type Rec } from "../records/read.ts";

/** A care note as its recipient reads it. */
export interface CareNoteView {
  key: string;
  lecturer: string;
  /** Plain words with numbers. */
  reasons: string;
  sentence: string;
  state: CareState;
  /** ms. */
  raised: number;
  expires: number;
  outcome: string | null;
}

/** The same note on the lecturer's own page: whom it went to, and why; never what was made of it. */
export interface NoteAboutMe {
  key: string;
  recipient: string;
  reasons: string;
  raised: number;
  /** Whether it can still be objected to. */
  open: boolean;
}

const MOST = 30;

export async function notesFor(ctx: Ctx, person: string, language: "zh" | "en"): Promise<CareNoteView[]> {
  const rows = await ctx.db
    .select()
    .from(careNote)
    .where(and(eq(careNote.workspace, ctx.workspace.id), eq(careNote.recipient, person)))
    .orderBy(desc(careNote.raisedAt))
    .limit(MOST);
  const notes: CareNoteView[] = [];
  for (const row of rows) {
    const lecturer = await getRecord(ctx, "lecturers", row.lecturer);
    // Nobody is told that the lecturer objected: the note is closed, and that is all.
    const state = row.state === "contested" ? "notNeeded" : row.state;
    notes.push({
      key: row.key,
      lecturer: lecturer?.name ?? "",
      reasons: row.reasons[language],
      sentence: row.sentence,
      state,
      raised: row.raisedAt,
      expires: row.expiresAt,
      outcome: row.outcome,
    });
  }
  return notes;
}

export async function notesAbout(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  language: "zh" | "en",
): Promise<NoteAboutMe[]> {
  const rows = await ctx.db
    .select()
    .from(careNote)
    .where(and(eq(careNote.workspace, ctx.workspace.id), eq(careNote.lecturer, lecturer.id)))
    .orderBy(desc(careNote.raisedAt))
    .limit(MOST);
  const notes: NoteAboutMe[] = [];
  for (const { key, recipient, reasons, raisedAt, state } of rows)
    notes.push({
      key,
      recipient: await knownName(ctx, recipient),
      reasons: reasons[language],
      raised: raisedAt,
      open: state === "open" || state === "contacted",
    });
  return notes;
}
