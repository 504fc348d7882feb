import type { PressAnswer } from "#automations/define.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import type { Ctx } from "../../context.ts";
import { cardOptions } from "./card-options.ts";
import { textOf } from "./delivery.ts";
import { withItsNews } from "./join-news.ts";

/** A press's answer in Feishu's form (facts.md §7.4): a toast, and the card to show from now on, with the news that stood on it. */
export async function drawAnswer(
  ctx: Ctx,
  { toast, card }: PressAnswer,
  pressed: { messageId: string | null; person: string },
): Promise<Record<string, unknown>> {
  const drawn =
    card &&
    (card.template === "settled"
      ? ctx.cards.settled(textOf(card.data["text"]))
      : ctx.cards.build(card.template as TemplateId, card.data, cardOptions(ctx)));
  const { messageId, person } = pressed;
  const whole = drawn && messageId ? await withItsNews(ctx, drawn, { messageId, person }) : drawn;
  return {
    ...(toast ? { toast: { type: toast.type, content: toast.text } } : {}),
    ...(whole ? { card: { type: "raw", data: whole } } : {}),
  };
}
