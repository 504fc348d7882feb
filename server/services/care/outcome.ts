import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { stateText } from "./act.ts";
import { isNote, noteAbout, noteFor, settledCard, settleNote } from "./note.ts";
import { outcomeCardKey } from "./open-note.ts";

/** 14 days after the word: one tap, whether it helped. */
export async function askOutcome(ctx: Ctx, input: { care: string }): Promise<{ asked: number }> {
  return transaction(ctx, async (tx) => {
    const found = await noteFor(tx, input.care, tx.workspace.admins[0] ?? "");
    if (!isNote(found) || found.row.state !== "contacted") return { asked: 0 };
    const { row, lecturer } = found;
    const keys = await post(tx, [
      {
        kind: "message",
        key: outcomeCardKey(row.key),
        to: { person: row.recipient },
        audience: lecturer?.manager === row.recipient ? "manager" : "admin",
        template: "care.outcome",
        data: { care: row.key, lecturer: lecturer?.name },
        group: lecturer?.groups?.[0],
        useUntil: tx.now + 30 * 86_400_000,
      },
    ]);
    return { asked: keys.length };
  });
}

/** 有帮助 / 一点 / 没有. */
export async function answerOutcome(
  ctx: Ctx,
  input: { care: string; person: string; answer: "yes" | "some" | "no" },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const found = await noteFor(tx, input.care, input.person);
    if (!isNote(found)) return found;
    const text = smallText("thankYou", tx.settings.language);
    if (found.row.state === "contacted")
      // A word that did not help has still been said; the note is over either way.
      await settleNote(tx, found.row, {
        state: input.answer === "no" ? "expired" : "helped",
        text,
        fields: { helpful: input.answer },
      });
    return settledCard(text);
  });
}

/** 情况不是这样, from the lecturer's own page: the note is set aside, and the manager's card says only that it is closed. */
export async function contestCare(ctx: Ctx, input: { care: string; person: string }): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const found = await noteAbout(tx, input.care, input.person);
    if (!isNote(found)) return found;
    if (!["open", "contacted"].includes(found.row.state))
      return settledCard(stateText(tx, found.row, found.lecturer?.name));
    await settleNote(tx, found.row, {
      state: "contested",
      text: smallText("careClosed", tx.settings.language),
    });
    return settledCard(smallText("saved", tx.settings.language));
  });
}

/** 以后不要提示: silent, without a reason. */
export async function optOutOfCare(ctx: Ctx, input: { care: string; person: string }): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const found = await noteAbout(tx, input.care, input.person);
    if (!isNote(found)) return found;
    const { row, lecturer } = found;
    const text = smallText("careClosed", tx.settings.language);
    if (row.state === "open") await settleNote(tx, row, { state: "notNeeded", text });
    if (lecturer && !lecturer.optOutWarning)
      await post(tx, [
        {
          kind: "record.update",
          key: `care-opt-out:${row.key}:${lecturer.version}`,
          table: "lecturers",
          record: lecturer.id,
          fields: { optOutWarning: true },
        },
      ]);
    return settledCard(smallText("saved", tx.settings.language));
  });
}
