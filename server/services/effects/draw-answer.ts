import type { PressAnswer } from "#automations/define.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import type { Ctx } from "../../context.ts";
import { cardOptions } from "./deliver-message.ts";
import { textOf } from "./delivery.ts";

/** A press's answer in Feishu's form (facts.md §7.4): a toast, and the card to show from now on. */
export function drawAnswer(ctx: Ctx, { toast, card }: PressAnswer): Record<string, unknown> {
  const drawn =
    card &&
    (card.template === "settled"
      ? ctx.cards.settled(textOf(card.data["text"]))
      : ctx.cards.build(card.template as TemplateId, card.data, cardOptions(ctx)));
  return {
    ...(toast ? { toast: { type: toast.type, content: toast.text } } : {}),
    ...(drawn ? { card: { type: "raw", data: drawn } } : {}),
  };
}
