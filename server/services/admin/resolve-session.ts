import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { whenWords } from "#domain/messages/dates.ts";
import type { Effect } from "#domain/effects.ts";
import { and, eq } from "drizzle-orm";
import { transaction, type Ctx } from "../../context.ts";
import { turn } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { minutesOf, viewSession, type SessionView } from "../sessions/facts.ts";
import { tellChange } from "../sessions/tell-change.ts";
import { closeTodo, openTodos } from "../todos/todo.ts";
import { freeDates } from "../turns/free-dates.ts";
import { settleCards } from "../turns/settle.ts";
import { recordAct } from "./record-act.ts";

type How = "move" | "merge" | "replay" | "cancel";

/** 改期、合并、点播回放、取消: what the admin decides about a session that has nobody to speak. One tap, told to who had heard. */
export async function resolveSession(
  ctx: Ctx,
  input: { session: string; person: string; how: How },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  if (!(await isAdmin(ctx, input.person)))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  const seen = await viewSession(ctx, input.session);
  if (!seen?.session.start || !isOpen(ctx, seen.session))
    return { card: { template: "settled", data: { text: settledText(ctx) } } };
  // Outside the transaction: it asks Feishu for leave and busy times.
  const date = input.how === "move" ? (await freeDates(ctx, seen))[0] : undefined;
  if (input.how === "move" && date === undefined)
    return {
      toast: {
        type: "info",
        text:
          language === "zh"
            ? "近五周没有合适的空档，换个办法吧。"
            : "No free date within five weeks; please choose another way.",
      },
    };
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, input.session);
    if (!view?.session.start || !isOpen(tx, view.session) || view.session.start !== seen.session.start)
      return { card: { template: "settled", data: { text: settledText(tx) } } };
    const text = date === undefined ? await fallThrough(tx, view, input.how) : await move(tx, view, date);
    await recordAct(tx, {
      key: `rearrange:${view.session.id}:${view.session.start}`,
      kind: "rearrange",
      by: input.person,
      session: view.session.id,
    });
    for (const item of await openTodos(tx))
      if (
        item.session === view.session.id &&
        ["no-substitute", "unfilled", "unconfirmed", "person-left", "absent", "day-off"].includes(item.kind)
      )
        await closeTodo({ ...tx, actor: input.person }, item.key, input.how);
    await post(
      tx,
      await settleCards(tx, [`unfilled:${view.session.id}:${view.session.start}`], text, input.how),
    );
    return { card: { template: "settled", data: { text } } };
  });
}

const isOpen = (ctx: Ctx, { state, start }: Rec<"sessions">) =>
  ["open", "planned", "confirmed"].includes(state ?? "open") && start! > ctx.now;

function settledText(ctx: Ctx): string {
  return smallText("settled", ctx.settings.language, {
    outcome: ctx.settings.language === "zh" ? "已经处理过了" : "it has been dealt with",
  });
}

/** The turn stays with its lecturer, who is asked anew for the other date. */
async function move(tx: Ctx, view: SessionView, start: number): Promise<string> {
  const { session, lecturer } = view;
  await tx.db
    .update(turn)
    .set({ answer: null, answeredAt: null, reason: null, followUps: 0, lastAskedAt: null })
    .where(
      and(
        eq(turn.workspace, tx.workspace.id),
        eq(turn.session, session.id),
        eq(turn.lecturer, session.lecturer ?? ""),
      ),
    );
  await post(tx, [
    {
      kind: "record.update",
      key: `rearranged:${session.id}:${session.start}:${start}`,
      table: "sessions",
      record: session.id,
      fields: { start, state: "planned", change: "moved" },
    },
    ...(await tellChange(tx, view, { newStart: start })),
  ]);
  const when = whenWords(start, minutesOf(tx, session), {
    now: tx.now,
    zone: view.group?.timezone ?? tx.workspace.timezone,
    language: tx.settings.language,
  });
  return tx.settings.language === "zh"
    ? `已改到 ${when}，会再问 ${lecturer?.name ?? "讲师"}。`
    : `Moved to ${when}; ${lecturer?.name ?? "the lecturer"} is asked again.`;
}

async function fallThrough(tx: Ctx, view: SessionView, how: How): Promise<string> {
  const zh = tx.settings.language === "zh";
  const { session } = view;
  const next = how === "merge" ? await nextOf(tx, session) : null;
  const reason = {
    merge: next?.label
      ? zh
        ? `并到 ${next.label}`
        : `joined with ${next.label}`
      : zh
        ? "并到下一场"
        : "joined with the next session",
    replay: zh ? "改为点播回放" : "a replay instead",
    cancel: zh ? "取消" : "cancelled",
    move: "",
  }[how];
  const cancelled: Effect = {
    kind: "record.update",
    key: `resolved:${session.id}:${session.start}:${how}`,
    table: "sessions",
    record: session.id,
    fields: { state: "cancelled", changeReason: reason },
  };
  const told = (await tellChange(tx, view, {})).map((effect): Effect =>
    // A cancelled session's own messages are dropped at delivery; this one is about the cancelling.
    effect.kind === "message"
      ? {
          ...effect,
          key: `${effect.key}:${how}`,
          while: ["cancelled"],
          data: { ...effect.data, outcome: zh ? `这场${reason}。` : `This session: ${reason}.` },
        }
      : effect,
  );
  await post(tx, [cancelled, ...told]);
  return smallText("settled", tx.settings.language, { outcome: reason });
}

async function nextOf(tx: Ctx, session: Rec<"sessions">): Promise<Rec<"sessions"> | null> {
  const later = (await allRecords(tx, "sessions"))
    .filter(
      ({ group, start, state, lecturer }) =>
        group === session.group && start && start > session.start! && state !== "cancelled" && lecturer,
    )
    .sort((a, b) => a.start! - b.start!);
  return later[0] ?? null;
}
