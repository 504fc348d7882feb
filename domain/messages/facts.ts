import { z } from "zod";
import { motivations } from "./actions.ts";
import type { TemplateId } from "./templates.ts";

const words = z.string().optional();
const number = z.number().optional();
/** ms since 1970. */
const instant = z.int().optional();

/**
 * What a message may speak of. Everything is optional: what is missing drops its words, never prints a gap (texts.md
 * rule 7). Instants are ms since 1970; they become words at the moment of sending.
 */
export const messageFacts = z.object({
  lecturer: words,
  peer: words,
  recipient: words,
  admin: words,
  group: words,
  /** Of the share; before upload it falls back to the topic. */
  title: words,
  topic: words,
  place: words,
  /** Link to the meeting; without it 进入会议 opens the session's page. */
  meetingUrl: words,
  start: instant,
  /** Length in minutes; with it `{when}` shows from–to. */
  minutes: number,
  oldStart: instant,
  newStart: instant,
  /** How many demands the window really held; under 10 the evidence is left out. */
  evidence: number,
  /** The topic's part of the window, 0–1, always with `count`. */
  share: number,
  count: number,
  whyMe: words,
  template: words,
  /** Median preparation in minutes and the number of answers behind it; shown from 5 answers. */
  templateMinutes: number,
  templateAnswers: number,
  /** Released comments or signed thanks, already masked or not: they are masked again; at most 2 are shown. */
  quotes: z.array(z.string()).optional(),
  /** Names of people and customers to mask in quotes, besides what is recognised. */
  maskNames: z.array(z.string()).optional(),
  attended: number,
  thanks: number,
  answers: number,
  looked: number,
  /** Mean rating; give it only when it may be shown. */
  score: number,
  minimum: number,
  /** Points of this share, and of the period, in points (not hundredths). */
  points: number,
  pointsPeriod: number,
  award: words,
  /** `2026-11`, `2026-Q4` or `2026`. */
  period: words,
  reward: words,
  condition: words,
  gap: words,
  until: instant,
  preference: words,
  reasons: words,
  /** The sentence a manager may send, before or after editing. */
  sentence: words,
  /** How the sender addresses the lecturer; from the lecturer's name when absent. */
  lecturerAddress: words,
  replyBy: instant,
  headline: words,
  decisions: words,
  proactive: words,
  proactiveN: number,
  heldN: number,
  proactivePrev: words,
  scorePrev: words,
  hours: words,
  hoursBase: words,
  willing: words,
  willingN: number,
  askedN: number,
  surveyMonth: words,
  outcome: words,
  reason: words,
  chat: words,
  field: words,
  from: instant,
  /** What the lecturer wrote about a new version. */
  change: words,
  /** Lines of a digest, a notice or a list, shown as given, at most 4. */
  items: z.array(z.string()).optional(),
  /** More items than are shown. */
  more: number,
});
export type MessageFacts = z.infer<typeof messageFacts>;

/** A date another could be moved to; `session` is the record id of the open session taken instead, when it is one. */
const dateChoice = z.object({ start: z.int(), session: z.string().optional() });
const namedChoice = z.object({ id: z.string(), name: z.string() });
const peerChoice = z.object({ session: z.string(), lecturer: z.string(), start: z.int() });

const id = z.string().min(1);
const ofSession = z.object({ session: id });
const ofCare = z.object({ care: id });
const ofAward = z.object({ awardId: id });
const ofPeriod = z.object({ period: id });
const nothing = z.object({});

/** The record ids, and lists to choose from, that each message cannot do without. */
export const templateNeeds = {
  invite: ofSession,
  "invite.dates": ofSession.extend({ dates: z.array(dateChoice), maySwap: z.boolean().optional() }),
  "invite.reasons": ofSession,
  "remind.before": ofSession.extend({ templateId: z.string().optional() }),
  "remind.ready": ofSession,
  "topic.choose": ofSession.extend({ topics: z.array(namedChoice) }),
  "confirm.follow": ofSession,
  "confirm.last": ofSession,
  "content.missing": ofSession,
  uploaded: ofSession,
  "outline.ready": ofSession.extend({ document: z.url() }),
  announce: ofSession,
  "announce.update": ofSession,
  "day-of": ofSession,
  "day-of.direct": ofSession,
  "check-in": ofSession,
  rate: ofSession,
  "rate.comment": ofSession.extend({ maySign: z.boolean().optional() }),
  "rate.remind": ofSession,
  "thanks.write": ofSession,
  thanks: ofSession.extend({ thanksId: id }),
  "thanks.reply": ofSession,
  "thanks.all": ofSession,
  echo: ofSession,
  "echo.waiting": ofSession,
  "echo.quiet": ofSession,
  "substitute.ask": ofSession.extend({ ask: id }),
  "swap.choose": ofSession.extend({ peers: z.array(peerChoice) }),
  "swap.ask": z.object({ swap: id }),
  "swap.kept": ofSession,
  changed: ofSession,
  nudge: ofSession,
  "award.approve": ofAward,
  award: ofAward,
  "award.chat": ofAward,
  offer: z.object({ offerId: id }),
  care: ofCare,
  "care.edit": ofCare,
  "care.why": ofCare,
  "care.sentence": nothing,
  "care.outcome": ofCare,
  monthly: ofPeriod,
  "manager.monthly": ofPeriod,
  "admin.daily": nothing,
  "admin.urgent": nothing,
  "schedule.ready": z.object({ proposal: id }),
  "group.ready": z.object({ groupId: id }),
  "delivered.ask": ofSession,
  "unfilled.ask": ofSession,
  "volunteer.approve": ofSession.extend({ lecturerId: id }),
  "announce.review": ofSession,
  answered: ofSession,
  learned: ofSession,
  survey: z.object({ survey: id }),
  "survey.second": z.object({ survey: id }),
  preference: nothing,
  "preference.second": z.object({ chosen: z.enum(motivations) }),
  "points.corrected": nothing,
  "first.lecturers": nothing,
  "first.managers": nothing,
  // Page under /m that shows the matter.
  notice: z.object({ path: z.string().optional() }),
  // What somebody who wrote to the bot gets back.
  reply: nothing,
} as const satisfies Record<TemplateId, z.ZodType>;

/** What `buildCard` needs for template T. */
export type TemplateData<T extends TemplateId> = MessageFacts & z.infer<(typeof templateNeeds)[T]>;
