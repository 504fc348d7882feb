import { smallText } from "#base/defaults/small-texts.ts";
import { localDay } from "#domain/time.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { cleanWords } from "../messages/clean-words.ts";

const MOST_CHARACTERS = 500;

/** What a person would like to hear, in their own words: a row of 学员需求; said twice on one day it is one. */
export async function askDemand(ctx: Ctx, input: { person: string; text: string }): Promise<PressAnswer> {
  const text = cleanWords(input.text, MOST_CHARACTERS);
  const { language } = ctx.settings;
  if (text === "")
    return {
      toast: { type: "info", text: language === "zh" ? "写一句想听什么就行。" : "One sentence is enough." },
    };
  const day = localDay(ctx.now, ctx.workspace.timezone);
  await post(ctx, [
    {
      kind: "record.create",
      key: `demand:${fingerprint([input.person, text, day])}`,
      table: "demands",
      fields: { text, state: "asked", source: "question", at: ctx.now, asker: input.person },
    },
  ]);
  return { toast: { type: "success", text: smallText("thankYou", language) } };
}
