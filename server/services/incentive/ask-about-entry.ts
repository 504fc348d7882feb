import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { fromHundredths } from "#domain/numbers.ts";
import { transaction, type Ctx } from "../../context.ts";
import { ledger } from "../../db/schema.ts";
import { cleanWords } from "../messages/clean-words.ts";
import type { Rec } from "../records/read.ts";
import { openTodo } from "../todos/todo.ts";

const DAY = 86_400_000;
const MOST_CHARACTERS = 500;

/** 对这条有疑问: the entry stays as it is, and the question goes before the admin with what was entered. */
export async function askAboutEntry(
  ctx: Ctx,
  input: { entry: string; text: string; lecturer: Rec<"lecturers"> },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    const [row] = await tx.db
      .select()
      .from(ledger)
      .where(
        and(
          eq(ledger.workspace, tx.workspace.id),
          eq(ledger.key, input.entry),
          eq(ledger.lecturer, input.lecturer.id),
        ),
      );
    if (!row) return { toast: { type: "info", text: smallText("notForYou", language) } };
    if (tx.now - row.at > tx.settings.objectionDays * DAY)
      return { toast: { type: "info", text: smallText("objectionOver", language) } };
    await openTodo(tx, {
      key: `points-question:${row.key}`,
      kind: "points-question",
      record: input.lecturer.id,
      session: row.session ?? undefined,
      detail: {
        lecturer: input.lecturer.name ?? "",
        period: row.period,
        why: `${row.reason} (${fromHundredths(row.points)})`,
        text: cleanWords(input.text, MOST_CHARACTERS),
      },
    });
    return { toast: { type: "success", text: smallText("questionPassedOn", language) } };
  });
}
