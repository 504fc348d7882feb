import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { callOff } from "../sessions/cancel-session.ts";
import { claimSessions, movingText } from "../sessions/claim.ts";
import { mergeEffects } from "../sessions/merge-sessions.ts";
import { movedText, moveEffects } from "../sessions/move-session.ts";
import { closeMatters } from "../todos/close-matters.ts";
import { isAdmin } from "../people/name.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { viewOf, viewSession, type SessionView } from "../sessions/facts.ts";
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
  const date = input.how === "move" ? (await freeDates(ctx, seen, { fresh: true }))[0] : undefined;
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
    if (!(await claimSessions(tx, [input.session])))
      return { toast: { type: "info", text: movingText(language) } };
    const view = await viewSession(tx, input.session);
    if (!view?.session.start || !isOpen(tx, view.session) || view.session.start !== seen.session.start)
      return { card: { template: "settled", data: { text: settledText(tx) } } };
    if (date !== undefined) await post(tx, await moveEffects(tx, view, date));
    const text = date === undefined ? await fallThrough(tx, view, input.how) : movedText(tx, view, date);
    await recordAct(tx, {
      key: `rearrange:${view.session.id}:${view.session.start}`,
      kind: "rearrange",
      by: input.person,
      session: view.session.id,
    });
    await closeMatters(tx, { ...input, outcome: input.how });
    await post(
      tx,
      await settleCards(tx, [`unfilled:${view.session.id}:${view.session.start}`], text, input.how),
    );
    return { card: { template: "settled", data: { text } } };
  });
}

const isOpen = (ctx: Ctx, { state, start }: Rec<"sessions">) =>
  ["open", "planned", "confirmed", "submitted"].includes(state ?? "open") && start! > ctx.now;

function settledText(ctx: Ctx): string {
  return smallText("settled", ctx.settings.language, {
    outcome: ctx.settings.language === "zh" ? "已经处理过了" : "it has been dealt with",
  });
}

async function fallThrough(tx: Ctx, view: SessionView, how: How): Promise<string> {
  const zh = tx.settings.language === "zh";
  const { session } = view;
  const next = how === "merge" ? await nextOf(tx, session) : null;
  if (next) {
    const text = smallText("settled", tx.settings.language, {
      outcome: zh
        ? `并到 ${next.session.label ?? "下一场"}`
        : `joined with ${next.session.label ?? "the next session"}`,
    });
    await post(tx, await mergeEffects(tx, view, next, text));
    return text;
  }
  const reason = {
    merge: zh ? "并到下一场" : "joined with the next session",
    replay: zh ? "改为点播回放" : "a replay instead",
    cancel: zh ? "取消" : "cancelled",
    move: "",
  }[how];
  const text = smallText("settled", tx.settings.language, { outcome: reason });
  const outcome = zh ? `这场${reason}。` : `This session: ${reason}.`;
  await post(tx, await callOff(tx, view, { how, outcome, text, reason }));
  return text;
}

async function nextOf(tx: Ctx, session: Rec<"sessions">): Promise<SessionView | null> {
  const later = (await allRecords(tx, "sessions"))
    .filter(
      ({ group, start, state, lecturer }) =>
        group === session.group && start && start > session.start! && state !== "cancelled" && lecturer,
    )
    .sort((a, b) => a.start! - b.start!);
  return later[0] ? viewOf(tx, later[0]) : null;
}
