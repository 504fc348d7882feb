import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { whomToAsk } from "../people/whom-to-ask.ts";
import { sessionFacts, viewSession } from "../sessions/facts.ts";
import { recordAct } from "./record-act.ts";

/** 提醒一下: an admin asks the lecturer, kindly; it is counted, for a nudge is what the first figure is about. */
export async function nudge(
  ctx: Ctx,
  input: { session: string; person: string; what?: "turn" | "content" },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  if (!(await isAdmin(ctx, input.person)))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  const seen = await viewSession(ctx, input.session);
  const admin = await whomToAsk(ctx, seen?.group ?? null);
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, input.session);
    const { session } = view ?? {};
    if (
      !view ||
      !session?.start ||
      !session.account ||
      session.start <= tx.now ||
      !["planned", "confirmed"].includes(session.state ?? "")
    )
      return { toast: { type: "info", text: smallText("tooOld", language) } };
    const n = (session.nudges ?? 0) + 1;
    const keys = await post(tx, [
      {
        kind: "message",
        key: `nudge:${session.id}:${session.lecturer}:${session.start}:${n}`,
        to: { person: session.account },
        audience: "lecturer",
        template: "nudge",
        data: { ...sessionFacts(tx, view), ...(admin ? { admin } : {}) },
        group: session.group,
        session: session.id,
        while: ["planned", "confirmed"],
        useUntil: session.start,
      },
      {
        kind: "record.update",
        key: `nudged:${session.id}:${n}`,
        table: "sessions",
        record: session.id,
        fields: { nudges: n },
      },
    ]);
    if (keys.length > 0)
      await recordAct(tx, {
        key: `nudge:${session.id}:${session.start}:${n}`,
        kind: input.what === "content" ? "content" : "nudge",
        by: input.person,
        session: session.id,
      });
    return { toast: { type: "success", text: smallText("saved", language) } };
  });
}
