import { and, eq, inArray } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import { transaction, type Ctx } from "../../context.ts";
import { careNote } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { makerOf } from "../records/made.ts";
import { getRecord } from "../records/read.ts";
import { openTodo } from "../todos/todo.ts";
import { isNote, noteFor, settleNote } from "./note.ts";
import { careCard, careRecordKey, type CareRow } from "./open-note.ts";

/** Untouched notes: one repeat after 5 workdays, then the admin's summary; after 60 days they are over. */
export async function followNotes(
  ctx: Ctx,
): Promise<{ repeated: number; handedOver: number; expired: number }> {
  const done = { repeated: 0, handedOver: 0, expired: 0 };
  const days = await workdays(ctx);
  const rows = await ctx.db
    .select()
    .from(careNote)
    .where(and(eq(careNote.workspace, ctx.workspace.id), inArray(careNote.state, ["open", "contacted"])));
  for (const row of rows)
    await transaction(ctx, async (tx) => {
      if (row.expiresAt <= tx.now) {
        await settleNote(tx, row, { state: "expired", text: smallText("careClosed", tx.settings.language) });
        done.expired++;
      } else if (
        row.state === "open" &&
        row.repeatedAt === null &&
        days.between(row.raisedAt, tx.now) >= tx.settings.careRepeatWorkdays
      ) {
        await post(tx, [await careCard(tx, row, 2)]);
        await tx.db
          .update(careNote)
          .set({ repeatedAt: tx.now })
          .where(and(eq(careNote.workspace, tx.workspace.id), eq(careNote.key, row.key)));
        done.repeated++;
      } else if (
        row.state === "open" &&
        row.repeatedAt !== null &&
        days.between(row.repeatedAt, tx.now) >= tx.settings.careRepeatWorkdays
      )
        done.handedOver += Number(await handOver(tx, row));
    });
  return done;
}

/** Never to a higher manager: the programme's admin sees that a note lies there. */
async function handOver(tx: Ctx, row: CareRow): Promise<boolean> {
  const lecturer = await getRecord(tx, "lecturers", row.lecturer);
  return openTodo(tx, {
    key: `care:${row.key}`,
    kind: "care",
    record: row.lecturer,
    detail: { lecturer: lecturer?.name ?? "" },
  });
}

/** State or result set by hand in the Base counts like a tap. */
export async function followCareRecord(ctx: Ctx, id: string): Promise<{ state: string | null }> {
  const maker = await makerOf(ctx, id, careRecordKey(""));
  if (!maker) return { state: null };
  return transaction(ctx, async (tx) => {
    const record = await getRecord(tx, "careNotes", id);
    const found = await noteFor(tx, maker.slice(careRecordKey("").length), tx.workspace.admins[0] ?? "");
    if (!record?.state || !isNote(found) || found.row.state === record.state || record.state === "open")
      return { state: record?.state ?? null };
    await settleNote(tx, found.row, {
      state: record.state,
      text: smallText("careClosed", tx.settings.language),
    });
    return { state: record.state };
  });
}
