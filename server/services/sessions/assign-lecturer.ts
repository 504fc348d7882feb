import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { recordAct } from "../admin/record-act.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { closeTodo, openTodos } from "../todos/todo.ts";
import { settleAsking, turnGiven } from "../turns/answer.ts";
import { couldTake } from "../turns/candidates.ts";
import { endAsks } from "../turns/end-asks.ts";
import { settleCards } from "../turns/settle.ts";
import { isToCome, seenStill } from "./change-result.ts";
import { claimSessions, movingText } from "./claim.ts";
import { viewSession, type SessionView } from "./facts.ts";
import { tellChange, tellSpeaker } from "./tell-change.ts";

const CLOSED_BY_IT = ["no-substitute", "unfilled", "unconfirmed", "person-left", "absent"];

/**
 * An admin gives a session that is still to come to a lecturer who could take it. The lecturer is asked like any other whose turn
 * it is; whoever had it before has not refused it, and is told once, as are the chats that knew.
 */
export async function assignLecturer(
  ctx: Ctx,
  input: { session: string; lecturer: string; person: string },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const say = (text: string): PressAnswer => ({ toast: { type: "info", text } });
  if (!(await isAdmin(ctx, input.person))) return say(smallText("notForYou", language));
  const seen = await viewSession(ctx, input.session);
  const next = await getRecord(ctx, "lecturers", input.lecturer);
  if (!seen || !isToCome(ctx, seen) || !next?.person || next.state !== "active")
    return say(smallText("tooOld", language));
  const text = givenText(ctx, next);
  if (seen.session.lecturer === next.id) return { card: { template: "settled", data: { text } } };
  // Outside the transaction: it asks Feishu for leave and busy times.
  if (!(await couldTake(ctx, next, seen, new Set([seen.session.id]), { fresh: true })))
    return say(notFreeText(ctx, next));
  return transaction(ctx, async (tx) => {
    const free = await claimSessions(tx, [input.session]);
    const view = await viewSession(tx, input.session);
    const same = { start: seen.session.start!, lecturer: seen.session.lecturer ?? null };
    if (!free || !view || !isToCome(tx, view) || !seenStill(view, same)) return say(movingText(language));
    await turnGiven(tx, view);
    await post(tx, await assignEffects(tx, view, next, { text, person: input.person }));
    await recordAct(tx, {
      key: `assign:${view.session.id}:${next.id}:${view.session.version}`,
      kind: "substitute",
      by: input.person,
      session: view.session.id,
    });
    for (const item of await openTodos(tx))
      if (item.session === view.session.id && CLOSED_BY_IT.includes(item.kind))
        await closeTodo({ ...tx, actor: input.person }, item.key, `assigned:${next.id}`);
    return { card: { template: "settled", data: { text } } };
  });
}

async function assignEffects(
  tx: Ctx,
  view: SessionView,
  next: Rec<"lecturers">,
  { text, person }: { text: string; person: string },
): Promise<Effect[]> {
  const { session } = view;
  const version = `assigned:${next.id}:${session.version}`;
  const change = { peer: next.name ?? "" };
  const declined = session.change === "declined";
  return [
    {
      kind: "record.update",
      key: `${version}:${session.id}`,
      table: "sessions",
      record: session.id,
      fields: {
        lecturer: next.id,
        account: next.person,
        // Even where material lies there already, who is to speak now has not been asked yet.
        state: "planned",
        ...(session.lecturer ? { change: "substitute" } : declined ? { change: "none" } : {}),
        ...(session.co?.includes(next.id) ? { co: session.co.filter((id) => id !== next.id) } : {}),
      },
    },
    ...(session.lecturer ? await settleAsking(tx, view, text, version) : []),
    ...(await endAsks(tx, {
      session: session.id,
      start: session.start!,
      text: smallText("takenMeanwhile", tx.settings.language),
      version,
    })),
    ...(await settleCards(tx, [`unfilled:${session.id}:${session.start}`], text, version)),
    ...(session.account === person ? [] : tellSpeaker(tx, view, change)),
    ...(await tellChange(tx, view, change)),
  ];
}

function givenText({ settings: { language } }: Ctx, next: Rec<"lecturers">): string {
  const outcome = language === "zh" ? `${next.name} 来讲` : `${next.name} speaks`;
  return smallText("settled", language, { outcome });
}

const notFreeText = ({ settings: { language } }: Ctx, next: Rec<"lecturers">) =>
  language === "zh"
    ? `${next.name} 这个时间讲不了了，请再选一位。`
    : `${next.name} cannot take this time any more; please choose someone else.`;
