import { smallText } from "#base/defaults/small-texts.ts";
import type { Effect } from "#domain/effects.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { nextWindow } from "../messages/next-window.ts";
import { chatsOf, sessionFacts, speakersOf, viewSession } from "../sessions/facts.ts";

const TWO_DAYS = 2 * 86_400_000;

/**
 * 谢谢大家: one card in each learners' chat of the group, in the next sending window, once a session. Not to each who came: that
 * would be one more message for everybody, and the chat is where the session was announced.
 */
export async function thankAll(ctx: Ctx, input: { session: string; person: string }): Promise<PressAnswer> {
  const { language } = ctx.settings;
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, input.session);
    if (!view || !(await speakersOf(tx, view.session)).includes(input.person))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const notBefore = await nextWindow(tx);
    const effects = chatsOf(view.group).learners.map((chat): Effect => ({
      kind: "message",
      key: `thanks.all:${input.session}:${chat}`,
      to: { chat },
      audience: "chat",
      template: "thanks.all",
      data: sessionFacts(tx, view),
      group: view.group?.id,
      session: input.session,
      notBefore,
      useUntil: notBefore + TWO_DAYS,
      exempt: "on-request",
    }));
    await post(tx, effects);
    // The card stays as it is: what learners said can be read again.
    return { toast: { type: "success", text: smallText("thankedAll", language) } };
  });
}
