import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";

/** What came of an act. `ok`: it is settled, now or before; else `text` says why nothing was changed. */
export interface Outcome {
  ok: boolean;
  text: string;
  /** The language of `text`: that of the workspace's messages. */
  language: "zh" | "en";
}

/** A verb's answer to a card, for a screen. A card that asks further is no outcome: nothing was changed yet. */
export function outcomeOf(ctx: Ctx, { card, toast }: PressAnswer): Outcome {
  const settled = card?.template === "settled" ? card.data["text"] : undefined;
  const text = typeof settled === "string" ? settled : (toast?.text ?? "");
  const ok = settled !== undefined || toast?.type === "success";
  return { ok, text, language: ctx.settings.language };
}
