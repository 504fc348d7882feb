import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { isAnswer, turnOf } from "../turns/answer.ts";

/** 口头分享,没有材料: an answer like any other; nobody asks for content again. */
export async function talkOnly(ctx: Ctx, input: { session: string; person: string }): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const view = await turnOf(tx, input.session, input.person);
    if (isAnswer(view)) return view;
    const { session } = view;
    if (session.state === "planned" || session.state === "confirmed")
      await post(tx, [
        {
          kind: "record.update",
          key: `talk-only:${session.id}:${session.lecturer}:${session.start}`,
          table: "sessions",
          record: session.id,
          fields: {
            state: "submitted",
            submittedAt: tx.now,
            proactive: (session.nudges ?? 0) === 0,
            ...(session.title ? {} : { title: view.topic?.name ?? session.label ?? "" }),
          },
        },
      ]);
    return { card: { template: "settled", data: { text: smallText("noMaterial", tx.settings.language) } } };
  });
}
