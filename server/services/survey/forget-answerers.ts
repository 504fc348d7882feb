import { transaction, type Ctx } from "../../context.ts";
import { forgetMarks } from "../sealed/box.ts";
import { surveyBox, surveyRounds } from "./rounds.ts";

/** Who has answered a survey is forgotten 30 days after it closed; the sealed answers stay for the figures. */
export async function forgetAnswerers(ctx: Ctx): Promise<{ forgotten: number }> {
  const keep = ctx.settings.keepMarksDays * 86_400_000;
  let forgotten = 0;
  for (const { period, closes } of await surveyRounds(ctx))
    if (ctx.now >= closes + keep)
      forgotten += await transaction(ctx, (tx) => forgetMarks(tx, surveyBox(period)));
  return { forgotten };
}
