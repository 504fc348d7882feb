import { transaction, type Ctx } from "../../context.ts";
import { boxesOf, changeBox, readBox } from "../sealed/box.ts";
import { isScore, ratingAnswer, settleScores } from "./answers.ts";

/** The last score of a session has nobody after it whose answer would take its tag off: this does. */
export async function settleAllScores(ctx: Ctx): Promise<{ settled: number }> {
  let settled = 0;
  for (const box of await boxesOf(ctx, "rate")) {
    const { answers } = await readBox(ctx, box, ratingAnswer);
    if (!answers.some((answer) => isScore(answer) && answer.tag !== undefined)) continue;
    settled += await transaction(ctx, (tx) =>
      changeBox(tx, box, ratingAnswer, (open) => settleScores(tx, open)),
    );
  }
  return { settled };
}
