import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { changeBox } from "../sealed/box.ts";
import { untraced } from "../sealed/untraced.ts";
import { sessionFacts, type SessionView } from "../sessions/facts.ts";
import { ownScore, ratingAnswer, ratingBox, settleScores } from "./answers.ts";
import { received } from "./give-score.ts";
import { mayRate } from "./raters.ts";

/** 重选: until 提交, or until the time of change is over, the score is taken out as if it had never been. */
export function takeBackScore(ctx: Ctx, input: { session: string; person: string }): Promise<PressAnswer> {
  return untraced(() =>
    transaction(ctx, async (tx) => {
      const may = await mayRate(tx, input);
      if ("no" in may) return may.no;
      const box = ratingBox(input.session);
      const tag = tx.seal.tag(box, input.person);
      const final = await changeBox(tx, box, ratingAnswer, (open) => {
        settleScores(tx, open);
        const own = ownScore(open, tag);
        if (!own) return open.first.has(tag);
        open.answers = open.answers.filter((answer) => answer !== own);
        open.first.delete(tag);
        return false;
      });
      return final ? received(tx) : chooseAgain(tx, may.view);
    }),
  );
}

export function chooseAgain(ctx: Ctx, view: SessionView): PressAnswer {
  return {
    toast: { type: "info", text: smallText("rateAgain", ctx.settings.language) },
    card: { template: "rate", data: sessionFacts(ctx, view) },
  };
}
