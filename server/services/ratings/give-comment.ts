import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { cleanWords } from "../messages/clean-words.ts";
import { changeBox } from "../sealed/box.ts";
import { untraced } from "../sealed/untraced.ts";
import { makeFinal, ownScore, ratingAnswer, ratingBox, settleScores } from "./answers.ts";
import { received } from "./give-score.ts";
import { mayRate } from "./raters.ts";
import { chooseAgain } from "./take-back-score.ts";

/** A slot of the sealed box holds 2046 bytes of JSON; the frame of a comment takes 14. */
const MOST_BYTES = 2000;
const MOST_CHARACTERS = 500;

/** 提交: the score is final from here on, and the sentence, if there is one, is sealed apart from it. One a person. */
export function giveComment(
  ctx: Ctx,
  input: { session: string; person: string; comment: string },
): Promise<PressAnswer> {
  return untraced(() =>
    transaction(ctx, async (tx) => {
      const may = await mayRate(tx, input);
      if ("no" in may) return may.no;
      const box = ratingBox(input.session);
      const tag = tx.seal.tag(box, input.person);
      const comment = fitting(cleanWords(input.comment, MOST_CHARACTERS));
      const scored = await changeBox(tx, box, ratingAnswer, (open) => {
        settleScores(tx, open);
        const own = ownScore(open, tag);
        if (own) makeFinal(own);
        if (!open.first.has(tag)) return false;
        if (comment === "" || open.second.has(tag)) return true;
        open.answers.push({ comment });
        open.second.add(tag);
        return true;
      });
      return scored ? received(tx) : chooseAgain(tx, may.view);
    }),
  );
}

/** The longest beginning that fits a slot, whatever its characters take. */
function fitting(text: string): string {
  let kept = text;
  while (Buffer.byteLength(JSON.stringify(kept), "utf8") > MOST_BYTES)
    kept = cleanWords(kept, Math.floor(kept.length * 0.9));
  return kept;
}
