import { z } from "zod";

/** Reasons for 这次不行, by one tap (texts.md §3.1). */
export const declineReasons = ["travel", "leave", "topic", "busy", "other"] as const;
/** The optional tap after 不需要 on a care note (texts.md §3.13). */
export const notNeededReasons = ["leave", "moved", "talked", "wrong"] as const;
export const motivations = ["honour", "material", "growth"] as const;
export type Motivation = (typeof motivations)[number];

const id = z.string().min(1).max(64);
const score = z.int().min(1).max(5);

function act<const A extends string, S extends z.ZodRawShape>(name: A, shape: S) {
  return z.strictObject({ v: z.literal(1), act: z.literal(name), ...shape });
}
const session = { session: id };
const care = { care: id };

/**
 * Every value a button of ours can carry. Values hold record ids only and no secret: who pressed is the callback's
 * operator, and the verb checks that this person may. Text typed into a form arrives beside it as `form_value`.
 */
export const cardAction = z.discriminatedUnion("act", [
  act("invite.accept", session),
  act("invite.dates", session),
  act("invite.pick-date", { ...session, start: z.int(), slot: id.optional() }),
  act("invite.decline", { ...session, reason: z.enum(declineReasons).optional() }),
  act("substitute.search", session),
  act("substitute.accept", { ...session, ask: id }),
  act("substitute.decline", { ...session, ask: id }),
  act("swap.choose", session),
  act("swap.propose", { ...session, with: id }),
  act("swap.agree", { swap: id }),
  act("swap.keep", { swap: id }),
  act("template.use", { ...session, template: id.optional() }),
  act("topic.pick", { ...session, topic: id.optional() }),
  act("material.none", session),
  act("announce.undo", session),
  act("announce.approve", session),
  act("announce.hold", session),
  act("calendar.add", session),
  act("attend.cannot", session),
  act("check-in", session),
  act("rate.score", { ...session, score }),
  act("rate.comment", session),
  act("rate.undo", session),
  act("thanks.write", session),
  act("thanks.say", session),
  act("thanks.reply", { ...session, thanks: id }),
  act("echo.thank", session),
  act("delivered.yes", session),
  act("delivered.no", session),
  act("award.approve", { award: id }),
  act("award.refuse", { award: id }),
  act("award.share", { award: id }),
  act("award.private", { award: id }),
  act("offer.volunteer", { offer: id }),
  act("offer.other", { offer: id }),
  act("offer.dismiss", { offer: id }),
  act("volunteer.approve", { ...session, lecturer: id }),
  act("volunteer.refuse", { ...session, lecturer: id }),
  act("care.send", care),
  act("care.edit", care),
  act("care.not-needed", { ...care, why: z.enum(notNeededReasons).optional() }),
  act("care.material", care),
  act("care.move", care),
  act("care.talked", care),
  act("care.helpful", { ...care, answer: z.enum(["yes", "some", "no"]) }),
  act("care.contest", care),
  act("care.opt-out", care),
  act("survey.willing", { survey: id, answer: score }),
  act("survey.motivates", { survey: id, answer: z.enum([...motivations, "none"]) }),
  act("preference.choose", { choice: z.enum(motivations), also: z.enum(motivations).optional() }),
  act("learned.used", session),
  act("learned.not-yet", session),
  act("learned.no", session),
  act("todo.move", session),
  act("todo.merge", session),
  act("todo.replay", session),
  act("todo.cancel", session),
  act("schedule.publish", { proposal: id }),
  act("group.live", { group: id }),
  act("todo.done", { todo: id }),
]);
export type CardAction = z.infer<typeof cardAction>;

/** Names of the fields that forms send back in `form_value`. */
export const formFields = {
  comment: "comment",
  thanks: "thanks",
  sentence: "sentence",
  date: "date",
  peer: "peer",
} as const;
