import { z } from "zod";
import { cardAction, formFields } from "#domain/messages/actions.ts";
import { dismissCare, editCare, sendCare, takeUpCare } from "#server/services/care/act.ts";
import { followCareRecord, followNotes } from "#server/services/care/follow-notes.ts";
import { answerOutcome, askOutcome, contestCare, optOutOfCare } from "#server/services/care/outcome.ts";
import { watchCare } from "#server/services/care/watch.ts";
import { defineAutomation } from "./define.ts";

/** Each workday: who may need a kind word, and what became of the notes of before. */
export const watchOverLecturers = defineAutomation({
  id: "care.watch",
  on: { cron: "40 9 * * *", missed: "latest", record: ["careNotes"] },
  async run(ctx, trigger) {
    if (trigger.on === "record") return followCareRecord(ctx, trigger.record);
    return { ...(await watchCare(ctx)), ...(await followNotes(ctx)) };
  },
});

const input = z.object({ care: z.string() });

/** Two weeks later: did it help? */
export const askWhetherItHelped = defineAutomation({
  id: "care.outcome",
  on: { wake: true, card: ["care.helpful"] },
  async run(ctx, trigger) {
    if (trigger.on === "wake") return askOutcome(ctx, input.parse(trigger.input));
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "care.helpful")
      return answerOutcome(ctx, { care: action.care, person: trigger.press.person, answer: action.answer });
  },
});

/** What the manager does with a note, and what the lecturer says to it. */
export const actOnCareNote = defineAutomation({
  id: "care.act",
  on: {
    card: [
      "care.send",
      "care.edit",
      "care.not-needed",
      "care.material",
      "care.move",
      "care.talked",
      "care.contest",
      "care.opt-out",
    ],
  },
  async run(ctx, trigger) {
    if (trigger.on !== "card") return;
    const { person, form } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    const written = form[formFields.sentence];
    switch (action.act) {
      case "care.send":
        return sendCare(ctx, {
          care: action.care,
          person,
          ...(typeof written === "string" ? { sentence: written } : {}),
        });
      case "care.edit":
        return editCare(ctx, { care: action.care, person });
      case "care.not-needed":
        return dismissCare(ctx, { care: action.care, person, ...(action.why ? { why: action.why } : {}) });
      case "care.material":
      case "care.move":
      case "care.talked":
        return takeUpCare(ctx, {
          care: action.care,
          person,
          how: action.act.slice("care.".length) as "material" | "move" | "talked",
        });
      case "care.contest":
        return contestCare(ctx, { care: action.care, person });
      case "care.opt-out":
        return optOutOfCare(ctx, { care: action.care, person });
      default:
        throw new Error(`care.act got ${action.act}`);
    }
  },
});
