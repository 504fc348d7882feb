import { z } from "zod";
import { smallText } from "#base/defaults/small-texts.ts";
import type { Motivation } from "#domain/messages/actions.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { changeBox, type OpenBox } from "../sealed/box.ts";
import { untraced } from "../sealed/untraced.ts";
import { lecturerOf } from "../people/name.ts";
import { roundOf, surveyBox } from "./rounds.ts";

/** The two answers of one lecturer lie apart from the start. */
export const surveyAnswer = z.union([
  z.strictObject({ willing: z.int().min(1).max(5) }),
  z.strictObject({ motivates: z.enum(["honour", "material", "growth", "none"]) }),
]);
export type SurveyAnswer = z.infer<typeof surveyAnswer>;

type Input = { period: string; person: string };

/** Question 1; the first answer counts. The card that answers asks question 2 and shows nothing of the first. */
export function answerWilling(ctx: Ctx, input: Input & { answer: number }): Promise<PressAnswer> {
  return answer(
    ctx,
    input,
    { card: { template: "survey.second", data: { survey: input.period } } },
    (open, tag) => {
      if (open.first.has(tag)) return;
      open.answers.push({ willing: input.answer });
      open.first.add(tag);
    },
  );
}

/** Question 2. */
export function answerMotivates(
  ctx: Ctx,
  input: Input & { answer: Motivation | "none" },
): Promise<PressAnswer> {
  const text = smallText("thankYou", ctx.settings.language);
  return answer(ctx, input, { card: { template: "settled", data: { text } } }, (open, tag) => {
    if (open.second.has(tag)) return;
    open.answers.push({ motivates: input.answer });
    open.second.add(tag);
  });
}

function answer(
  ctx: Ctx,
  { period, person }: Input,
  kept: PressAnswer,
  change: (open: OpenBox<SurveyAnswer>, tag: string) => void,
): Promise<PressAnswer> {
  return untraced(() =>
    transaction(ctx, async (tx) => {
      const { language } = tx.settings;
      const lecturer = await lecturerOf(tx, person);
      const round = await roundOf(tx, period);
      if (!lecturer || !round?.asked.includes(lecturer.id))
        return { toast: { type: "info", text: smallText("notForYou", language) } };
      if (tx.now >= round.closes)
        return { card: { template: "settled", data: { text: smallText("thankYou", language) } } };
      const box = surveyBox(period);
      const tag = tx.seal.tag(box, person);
      await changeBox(tx, box, surveyAnswer, (open) => change(open, tag));
      return kept;
    }),
  );
}
