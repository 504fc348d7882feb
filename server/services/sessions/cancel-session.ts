import { transaction, type Ctx } from "../../context.ts";
import { ForbiddenError } from "../../errors.ts";
import type { Effect } from "#domain/effects.ts";
import { smallText } from "#base/defaults/small-texts.ts";
import { recordAct } from "../admin/record-act.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { closeMatters } from "../todos/close-matters.ts";
import { settleAsking } from "../turns/answer.ts";
import { endAsks } from "../turns/end-asks.ts";
import { isToCome, seenStill, type ChangeResult, type Seen } from "./change-result.ts";
import { claimSessions } from "./claim.ts";
import { viewSession, type SessionView } from "./facts.ts";
import { tellChange, tellSpeaker } from "./tell-change.ts";

/**
 * 取消 by an admin: the event goes, the lecturer and the chats that knew are told once, with the reason if one is given. A turn
 * the company cancels is not owed (docs/credit.md).
 */
export async function cancelSession(
  ctx: Ctx,
  input: { session: string; person: string; reason?: string; seen?: Seen },
): Promise<ChangeResult> {
  if (!(await isAdmin(ctx, input.person)))
    throw new ForbiddenError("forbidden", `${input.person} cancels session ${input.session}: for admins`);
  return transaction(ctx, async (tx) => {
    const free = await claimSessions(tx, [input.session]);
    const view = await viewSession(tx, input.session);
    if (!view || !isToCome(tx, view)) return { state: "settled" };
    if (!free || !seenStill(view, input.seen)) return { state: "stale" };
    const zh = tx.settings.language === "zh";
    const reason = input.reason?.trim().slice(0, 200);
    const outcome = zh
      ? `这场取消了${reason ? `：${reason}` : ""}。`
      : `It is cancelled${reason ? `: ${reason}` : ""}.`;
    const text = smallText("settled", tx.settings.language, {
      outcome: zh ? "这场取消了" : "it was cancelled",
    });
    await post(
      tx,
      await callOff(tx, view, {
        how: "cancel",
        outcome,
        text,
        reason: reason || (zh ? "取消" : "cancelled"),
      }),
    );
    await recordAct(tx, {
      key: `rearrange:${view.session.id}:${view.session.version}`,
      kind: "rearrange",
      by: input.person,
      session: view.session.id,
    });
    await closeMatters(tx, { ...input, outcome: "cancel" });
    return { state: "done", text };
  });
}

/** Everything that follows from a session's not taking place. `outcome` is told, `text` stands on settled cards, `reason` in the record. */
export async function callOff(
  tx: Ctx,
  view: SessionView,
  said: { how: string; outcome: string; text: string; reason: string; newStart?: number; silent?: boolean },
): Promise<Effect[]> {
  const { session } = view;
  const version = `${said.how}:${session.version}`;
  const change = {
    outcome: said.outcome,
    while: ["cancelled"],
    ...(said.newStart === undefined ? {} : { newStart: said.newStart }),
  };
  return [
    {
      kind: "record.update",
      key: `called-off:${session.id}:${session.version}:${said.how}`,
      table: "sessions",
      record: session.id,
      fields: { state: "cancelled", changeReason: said.reason },
    },
    ...(session.lecturer ? await settleAsking(tx, view, said.text, version) : []),
    ...(await endAsks(tx, { session: session.id, start: session.start!, text: said.text, version })),
    ...(said.silent ? [] : tellSpeaker(tx, view, change)),
    ...(await tellChange(tx, view, change)),
  ];
}
