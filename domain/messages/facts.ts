import type { TemplateId } from "./templates.ts";

/**
 * What a message may speak of. Everything is optional: what is missing drops its words, never prints a gap (texts.md
 * rule 7). Instants are ms since 1970; they become words at the moment of sending.
 */
export interface MessageFacts {
  lecturer?: string;
  peer?: string;
  recipient?: string;
  admin?: string;
  group?: string;
  /** Of the share; before upload it falls back to the topic. */
  title?: string;
  topic?: string;
  place?: string;
  /** Link to the meeting; without it 进入会议 opens the session's page. */
  meetingUrl?: string;
  start?: number;
  /** Length in minutes; with it `{when}` shows from–to. */
  minutes?: number;
  oldStart?: number;
  newStart?: number;
  /** How many demands the window really held; under 10 the evidence is left out. */
  evidence?: number;
  /** The topic's part of the window, 0–1, always with `count`. */
  share?: number;
  count?: number;
  whyMe?: string;
  template?: string;
  /** Median preparation in minutes and the number of answers behind it; shown from 5 answers. */
  templateMinutes?: number;
  templateAnswers?: number;
  /** Released comments or signed thanks, already masked or not: they are masked again; at most 2 are shown. */
  quotes?: string[];
  /** Names of people and customers to mask in quotes, besides what is recognised. */
  maskNames?: string[];
  attended?: number;
  thanks?: number;
  answers?: number;
  looked?: number;
  /** Mean rating; give it only when it may be shown. */
  score?: number;
  minimum?: number;
  /** Points of this share, and of the period, in points (not hundredths). */
  points?: number;
  pointsPeriod?: number;
  award?: string;
  /** `2026-11`, `2026-Q4` or `2026`. */
  period?: string;
  reward?: string;
  condition?: string;
  gap?: string;
  until?: number;
  preference?: string;
  reasons?: string;
  /** The sentence a manager may send, before or after editing. */
  sentence?: string;
  /** How the sender addresses the lecturer; from the lecturer's name when absent. */
  lecturerAddress?: string;
  replyBy?: number;
  headline?: string;
  decisions?: string;
  proactive?: string;
  proactiveN?: number;
  heldN?: number;
  proactivePrev?: string;
  scorePrev?: string;
  hours?: string;
  hoursBase?: string;
  willing?: string;
  willingN?: number;
  askedN?: number;
  surveyMonth?: string;
  outcome?: string;
  reason?: string;
  chat?: string;
  field?: string;
  from?: number;
  /** What the lecturer wrote about a new version. */
  change?: string;
  /** Lines of a digest, a notice or a list, shown as given, at most 4. */
  items?: string[];
  /** More items than are shown. */
  more?: number;
}

/** A date another could be moved to. */
export interface DateChoice {
  start: number;
  /** Record id of the open session taken instead, when it is one. */
  session?: string;
}
/** A choice by record id and name. */
export interface NamedChoice {
  id: string;
  name: string;
}
interface OfSession {
  session: string;
}
interface OfCare {
  care: string;
}
interface OfAward {
  awardId: string;
}

/** The record ids (and lists to choose from) each message cannot do without. */
interface TemplateNeeds {
  invite: OfSession;
  "invite.dates": OfSession & { dates: DateChoice[]; maySwap?: boolean };
  "invite.reasons": OfSession;
  "remind.before": OfSession & { templateId?: string };
  "remind.ready": OfSession;
  "topic.choose": OfSession & { topics: NamedChoice[] };
  "confirm.follow": OfSession;
  "confirm.last": OfSession;
  "content.missing": OfSession;
  uploaded: OfSession;
  announce: OfSession;
  "announce.update": OfSession;
  "day-of": OfSession;
  "day-of.direct": OfSession;
  "check-in": OfSession;
  rate: OfSession;
  "rate.comment": OfSession;
  "rate.remind": OfSession;
  "thanks.write": OfSession;
  thanks: OfSession & { thanksId: string };
  echo: OfSession;
  "echo.waiting": OfSession;
  "echo.quiet": OfSession;
  "substitute.ask": OfSession & { ask: string };
  "swap.choose": OfSession & { peers: { session: string; lecturer: string; start: number }[] };
  "swap.ask": { swap: string };
  changed: OfSession;
  nudge: OfSession;
  "award.approve": OfAward;
  award: OfAward;
  "award.chat": OfAward;
  offer: { offerId: string };
  care: OfCare;
  "care.edit": OfCare;
  "care.why": OfCare;
  "care.sentence": object;
  "care.outcome": OfCare;
  monthly: { period: string };
  "manager.monthly": { period: string };
  "admin.daily": object;
  "admin.urgent": { todo?: string };
  "delivered.ask": OfSession;
  "unfilled.ask": OfSession;
  "volunteer.approve": OfSession & { lecturerId: string };
  "announce.review": OfSession;
  answered: OfSession;
  learned: OfSession;
  survey: { survey: string };
  "survey.second": { survey: string };
  preference: object;
  "preference.second": { chosen: "honour" | "material" | "growth" };
  "points.corrected": object;
  "first.lecturers": object;
  "first.managers": object;
  notice: { path?: string };
}

/** What `buildCard` needs for template T. */
export type TemplateData<T extends TemplateId> = MessageFacts & TemplateNeeds[T];
