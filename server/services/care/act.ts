import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { nameOf } from "../people/name.ts";
import { openTodo } from "../todos/todo.ts";
import { isNote, noteFor, settledCard, settleNote } from "./note.ts";
import { careFacts, type CareRow } from "./open-note.ts";

const DAY = 86_400_000;
const LIMIT = 300;

type Why = "leave" | "moved" | "talked" | "wrong";
const WHY: Record<Why, { zh: string; en: string }> = {
  leave: { zh: "在休假", en: "on leave" },
  moved: { zh: "已转岗", en: "changed job" },
  talked: { zh: "已聊过", en: "we have talked" },
  wrong: { zh: "判断不准", en: "misjudged" },
};

/** 发给 TA: only now a word goes to the lecturer, in the manager's name and without the reasons. */
export async function sendCare(
  ctx: Ctx,
  input: { care: string; person: string; sentence?: string },
): Promise<PressAnswer> {
  const sender = await nameOf(ctx, { person: input.person });
  return transaction(ctx, async (tx) => {
    const found = await noteFor(tx, input.care, input.person);
    if (!isNote(found)) return found;
    const { row, lecturer } = found;
    const { language } = tx.settings;
    if (row.state !== "open") return settledCard(stateText(tx, row, lecturer?.name));
    if (!lecturer?.person) return { toast: { type: "info", text: smallText("tooOld", language) } };
    const text = smallText("careSent", language, { lecturer: lecturer.name ?? "" });
    await settleNote(tx, row, { state: "contacted", text });
    const sentence = (input.sentence?.trim() || row.sentence).slice(0, LIMIT);
    await post(tx, [
      {
        kind: "message",
        key: `care-sentence:${row.key}`,
        to: { person: lecturer.person },
        audience: "lecturer",
        template: "care.sentence",
        data: { recipient: sender, sentence },
        group: lecturer.groups?.[0],
        useUntil: tx.now + 14 * DAY,
      },
      outcomeWake(tx, row),
    ]);
    return settledCard(text);
  });
}

/** 改一改再发: the sentence in a field, ready to be changed. */
export async function editCare(ctx: Ctx, input: { care: string; person: string }): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const found = await noteFor(tx, input.care, input.person);
    if (!isNote(found)) return found;
    if (found.row.state !== "open") return settledCard(stateText(tx, found.row, found.lecturer?.name));
    return { card: { template: "care.edit", data: careFacts(tx, found.row, found.lecturer) } };
  });
}

/** 不需要: closed at once; the reason is one more tap nobody has to make. */
export async function dismissCare(
  ctx: Ctx,
  input: { care: string; person: string; why?: Why },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const found = await noteFor(tx, input.care, input.person);
    if (!isNote(found)) return found;
    const { row, lecturer } = found;
    const text = smallText("careClosed", tx.settings.language);
    if (row.state !== "open" && row.state !== "notNeeded")
      return settledCard(stateText(tx, row, lecturer?.name));
    const outcome = input.why && WHY[input.why][tx.settings.language];
    if (row.state === "open" || (outcome && row.outcome === null))
      await settleNote(tx, row, { state: "notNeeded", text, outcome });
    return input.why
      ? settledCard(text)
      : { card: { template: "care.why", data: careFacts(tx, row, lecturer) } };
  });
}

/** 已当面聊过 · 帮 TA 找素材 · 调整日程: the manager has taken it up; what needs the admin becomes a to-do. */
export async function takeUpCare(
  ctx: Ctx,
  input: { care: string; person: string; how: "talked" | "material" | "move" },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const found = await noteFor(tx, input.care, input.person);
    if (!isNote(found)) return found;
    const { row, lecturer } = found;
    const zh = tx.settings.language === "zh";
    if (row.state !== "open") return settledCard(stateText(tx, row, lecturer?.name));
    const outcome = {
      talked: zh ? "已当面聊过" : "talked in person",
      material: zh ? "帮 TA 找素材" : "find material",
      move: zh ? "调整日程" : "move the date",
    }[input.how];
    const text = smallText("settled", tx.settings.language, { outcome });
    await settleNote(tx, row, { state: "contacted", text, outcome });
    if (input.how !== "talked")
      await openTodo(tx, {
        key: `care-${input.how}:${row.key}`,
        kind: "care",
        record: row.lecturer,
        detail: { lecturer: lecturer?.name ?? "", wish: outcome },
      });
    await post(tx, [outcomeWake(tx, row)]);
    return settledCard(text);
  });
}

function outcomeWake(tx: Ctx, row: CareRow): Effect {
  return {
    kind: "wake",
    key: `care-outcome-wake:${row.key}`,
    at: tx.now + tx.settings.careOutcomeDays * DAY,
    automation: "care.outcome",
    input: { care: row.key },
  };
}

/** What a late press is told. */
export function stateText(ctx: Ctx, row: CareRow, lecturer: string | undefined): string {
  const { language } = ctx.settings;
  if (row.state === "contacted") return smallText("careSent", language, { lecturer: lecturer ?? "" });
  return smallText("careClosed", language);
}
