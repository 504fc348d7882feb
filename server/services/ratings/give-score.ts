import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { changeBox } from "../sealed/box.ts";
import { untraced } from "../sealed/untraced.ts";
import { sessionFacts, type SessionView } from "../sessions/facts.ts";
import { ownScore, ratingAnswer, ratingBox, settleScores } from "./answers.ts";
import { mayRate } from "./raters.ts";

/**
 * A score: verified, marked and sealed in one transaction that writes nothing else. One a person; tapped again within the
 * time of change it replaces the first, afterwards it changes nothing. The card that answers shows no score.
 */
export function giveScore(
  ctx: Ctx,
  input: { session: string; person: string; score: number },
): Promise<PressAnswer> {
  return untraced(() =>
    transaction(ctx, async (tx) => {
      const may = await mayRate(tx, input);
      if ("no" in may) return may.no;
      const box = ratingBox(input.session);
      const tag = tx.seal.tag(box, input.person);
      const outcome = await changeBox(tx, box, ratingAnswer, (open) => {
        settleScores(tx, open);
        const own = ownScore(open, tag);
        if (own) Object.assign(own, { score: input.score, at: tx.now });
        else if (open.first.has(tag)) return "final";
        else open.answers.push({ score: input.score, tag, at: tx.now });
        open.first.add(tag);
        return "kept";
      });
      return outcome === "kept" ? commentCard(tx, may.view) : received(tx);
    }),
  );
}

/** 收到,谢谢! */
export function received(ctx: Ctx): PressAnswer {
  return { card: { template: "settled", data: { text: smallText("rated", ctx.settings.language) } } };
}

export function commentCard(ctx: Ctx, view: SessionView): PressAnswer {
  return {
    card: {
      template: "rate.comment",
      data: { ...sessionFacts(ctx, view), maySign: ctx.settings.signedThanks },
    },
  };
}
