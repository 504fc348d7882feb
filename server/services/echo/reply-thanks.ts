import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { cleanWords } from "../messages/clean-words.ts";
import { nextWindow } from "../messages/next-window.ts";
import { nameOf } from "../people/name.ts";
import { sessionFacts, speakersOf, viewSession } from "../sessions/facts.ts";
import { thanksFor, thanksId } from "./thanks.ts";

const WEEK = 7 * 86_400_000;

/** 回一句: the lecturer's answer goes to the one who thanked, once. */
export async function replyThanks(
  ctx: Ctx,
  input: { session: string; thanks: string; person: string; text: string },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  const view = await viewSession(ctx, input.session);
  const said = (await thanksFor(ctx, input.session)).find((one) => thanksId(one) === input.thanks);
  const own = view && (await speakersOf(ctx, view.session)).includes(input.person);
  if (!view || !said || !own) return { toast: { type: "info", text: smallText("notForYou", language) } };
  const sentence = cleanWords(input.text, 200);
  if (sentence === "") return { toast: { type: "info", text: smallText("tryAgain", language) } };
  const peer = await nameOf(ctx, { person: said.person });
  await transaction(ctx, async (tx) => {
    const notBefore = await nextWindow(tx);
    await post(tx, [
      {
        kind: "message",
        key: `thanks.reply:${input.session}:${said.person}`,
        to: { person: said.person },
        audience: "learner",
        template: "thanks.reply",
        data: { ...sessionFacts(tx, view), sentence },
        group: view.group?.id,
        session: input.session,
        notBefore,
        useUntil: notBefore + WEEK,
        exempt: "on-request",
      },
    ]);
  });
  return { card: { template: "settled", data: { text: smallText("replySent", language, { peer }) } } };
}
