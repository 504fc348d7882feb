import { localDay } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { countAnswered } from "../sealed/box.ts";
import { endOf } from "../sessions/facts.ts";
import { ratingBox } from "./answers.ts";
import { openForRating, ratingCards } from "./ask-to-rate.ts";
import { ratersOf } from "./raters.ts";

/**
 * The one reminder, the next workday, when fewer than the minimum have answered. It goes to everybody who was asked, also to
 * those who have answered: a reminder to the others alone would leave in the queue, in Feishu and on people's screens a
 * list of who has not (docs/decisions/009-anonymous-answers.md).
 */
export async function remindToRate(ctx: Ctx): Promise<{ reminded: number }> {
  const zone = ctx.workspace.timezone;
  const days = await workdays(ctx);
  const today = localDay(ctx.now, zone);
  if (!ctx.settings.ratingRemind || !days.is(today)) return { reminded: 0 };
  let reminded = 0;
  for (const { view } of await openForRating(ctx)) {
    if (days.shift(localDay(endOf(ctx, view.session), zone), 1) !== today) continue;
    const answered = await countAnswered(ctx, ratingBox(view.session.id));
    if (answered >= ctx.settings.minimum || answered >= (await ratersOf(ctx, view)).length) continue;
    reminded += await transaction(
      ctx,
      async (tx) => (await post(tx, await ratingCards(tx, view, "rate.remind"))).length,
    );
  }
  return { reminded };
}
