import { cardAction } from "#domain/messages/actions.ts";
import { untraced } from "#server/services/sealed/untraced.ts";
import { answerMotivates, answerWilling } from "#server/services/survey/answer.ts";
import { askLecturers } from "#server/services/survey/ask-lecturers.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** 分享意愿, anonymous: asked at go-live and every three months. */
export const surveyLecturers = defineAutomation({
  id: "survey.ask",
  on: {
    cron: ({ settings }) => dailyAt(settings.releaseAt),
    missed: "latest",
    card: ["survey.willing", "survey.motivates"],
  },
  async run(ctx, trigger) {
    if (trigger.on === "cron") return askLecturers(ctx);
    if (trigger.on !== "card") return;
    const { value, person } = trigger.press;
    return untraced(async () => {
      const action = cardAction.parse(value);
      if (action.act === "survey.willing")
        return answerWilling(ctx, { period: action.survey, person, answer: action.answer });
      if (action.act === "survey.motivates")
        return answerMotivates(ctx, { period: action.survey, person, answer: action.answer });
    });
  },
});
