/** The names of all messages; the same string is the row's id in 消息与提醒 and the `template` of a send effect. */
export const templateIds = [
  "invite",
  "invite.dates",
  "invite.reasons",
  "remind.before",
  "remind.ready",
  "topic.choose",
  "confirm.follow",
  "confirm.last",
  "content.missing",
  "uploaded",
  "outline.ready",
  "announce",
  "announce.update",
  "day-of",
  "day-of.direct",
  "check-in",
  "rate",
  "rate.comment",
  "rate.remind",
  "thanks.write",
  "thanks",
  "thanks.reply",
  "thanks.all",
  "echo",
  "echo.waiting",
  "echo.quiet",
  "substitute.ask",
  "swap.choose",
  "swap.ask",
  "swap.kept",
  "changed",
  "nudge",
  "award.approve",
  "award",
  "award.chat",
  "offer",
  "care",
  "care.edit",
  "care.why",
  "care.sentence",
  "care.outcome",
  "monthly",
  "manager.monthly",
  "admin.daily",
  "admin.urgent",
  "schedule.ready",
  "group.ready",
  "delivered.ask",
  "unfilled.ask",
  "volunteer.approve",
  "announce.review",
  "answered",
  "learned",
  "survey",
  "survey.second",
  "preference",
  "preference.second",
  "points.corrected",
  "first.lecturers",
  "first.managers",
  "notice",
  "reply",
] as const;
export type TemplateId = (typeof templateIds)[number];

export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

/** Header colours of Card JSON 2.0 that the texts use; gold is Feishu's `yellow`, and nothing here is ever red. */
export type HeaderColour = "blue" | "green" | "violet" | "orange" | "yellow" | "grey";

/**
 * The words of one message in one language. `title` and each line are alternatives, richest first: the first whose
 * placeholders are all known is used. A line without one is dropped; the last title needs nothing, so a title never is.
 */
export interface MessageText {
  title: readonly string[];
  lines: readonly (readonly string[])[];
  /** Labels, main first, in the order of the template's buttons. */
  buttons: readonly string[];
}

/** One message as it stands on day one: its words, its colour, and what the row in 消息与提醒 starts with. */
export interface MessageDefault {
  id: TemplateId;
  /** Name of the row in 消息与提醒. */
  name: Record<Language, string>;
  colour: HeaderColour;
  /** On when a group goes live (texts.md §5.1). */
  on: boolean;
  /** Shown as a row that admins may switch and reword; steps inside a card (choose a date, a reason) are not. */
  row: boolean;
  /** `HH:mm`, local to the group. */
  time?: string;
  /** Workdays before or after, as the template says. */
  days?: number;
  text: Record<Language, MessageText>;
}

/** The words in force by template and language: what an admin wrote and passed the check, else the default. */
export type MessageTexts = Record<TemplateId, Record<Language, MessageText>>;
