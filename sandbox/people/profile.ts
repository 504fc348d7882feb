import { dateOf, isWorkday, MINUTE, plusDays, at as instant } from "../case/dates.ts";
import { reluctance } from "../case/history.ts";
import type { Person } from "../case/org.ts";
import { between, chance, draw, type Key, pick, weighted } from "../case/random.ts";

/**
 * How people behave: an assumption, stated here in one place. Each number is a probability or a weight; the draws are
 * named by person and card, so the order in which cards are read changes nothing.
 */
export const BEHAVIOUR = {
  /** What a lecturer does with an invitation. */
  invite: { accept: 0.68, calendar: 0.1, "another date": 0.07, decline: 0.06, silent: 0.09 },
  /** A silent lecturer answers the first follow-up, or the second. */
  followUp: 0.75,
  /** Answers within the day (else after one or two workdays). */
  prompt: 0.7,
  /** After 换个时间: one of the dates, a colleague, a substitute. */
  otherDate: { date: 0.7, substitute: 0.18, swap: 0.12 },
  declineReasons: { "出差/见客户": 0.35, 请假: 0.1, 主题不熟: 0.15, 最近太忙: 0.3, 其他: 0.1 },
  /** When material comes: long before, after the reminder, on the last day, after the session, never. */
  upload: { early: 0.2, reminded: 0.58, last: 0.1, talk: 0.07, never: 0.05 },
  /** A file in 内容, a link in 内容链接. */
  uploadLink: 0.15,
  replaceFile: 0.05,
  undoUpload: 0.02,
  useTemplate: 0.3,
  otherTopic: 0.08,
  substitute: { accept: 0.55, decline: 0.3, silent: 0.15 },
  swap: { agree: 0.65, keep: 0.25, silent: 0.1 },
  thankBack: 0.4,
  /** Learners: attends a session of the own chat; clicks 签到 when there; rates; says thanks after a 5. */
  attends: 0.14,
  /** A session falls through on the day; or takes place and nobody thinks of checking in. */
  fate: { "as planned": 0.96, "did not take place": 0.02, "nobody checked in": 0.02 },
  checksIn: 0.95,
  cannotCome: 0.01,
  looksAhead: 0.08,
  rates: 0.62,
  ratesWhenReminded: 0.35,
  choosesAgain: 0.02,
  signsThanks: 0.12,
  award: { share: 0.6, private: 0.25, silent: 0.15 },
  offer: { volunteer: 0.5, dismiss: 0.2, silent: 0.3 },
  care: { send: 0.6, edit: 0.15, "not needed": 0.15, silent: 0.1 },
  survey: 0.85,
  /** Wishes for topics that learners write into the form, a week. */
  asksAWeek: 5,
  /** 很愿意, 愿意, 看情况, 不太想, 不想: 85 % of the answers are one of the first two (the article's figure after). */
  willing: { 很愿意: 0.4, 愿意: 0.45, 看情况: 0.09, 不太想: 0.04, 不想: 0.02 },
} as const;

/** What becomes of a session on its day. */
export function fate(seed: number, group: string, start: number): keyof typeof BEHAVIOUR.fate {
  return choose(BEHAVIOUR.fate, seed, "fate", group, start);
}

export interface Traits {
  /** The article's lecturer who is falling silent: declines everything until he has been spoken to. */
  fading: boolean;
  /** 0 (never needs a nudge) … 1. */
  reluctance: number;
  /** Attends this often, relative to the mean. */
  keen: number;
}

export function traits(seed: number, person: Person): Traits {
  return {
    fading: person.name === "李建国",
    reluctance: reluctance(seed, "walk", person.name),
    keen: 0.3 + 1.4 * draw(seed, "keen", person.name),
  };
}

/** A choice among the keys of a table of weights. */
export function choose<T extends string>(weights: Record<T, number>, ...key: Key[]): T {
  return weighted(Object.entries(weights) as [T, number][], ...key);
}

/** The first moment from `from` on that lies in 09:00–20:00 of a day the person works. */
export function awake(from: number): number {
  let date = dateOf(from);
  if (from < instant(date, "09:00")) from = instant(date, "09:00");
  else if (from >= instant(date, "20:00")) {
    date = plusDays(date, 1);
    from = instant(date, "09:05");
  }
  while (!isWorkday(date)) {
    date = plusDays(date, 1);
    from = instant(date, "09:05");
  }
  return from;
}

/** When a person gets round to a card: the same day, or a workday or two later. */
export function whenAnswered(from: number, ...key: Key[]): number {
  const minutes = chance(BEHAVIOUR.prompt, ...key, "prompt")
    ? between(4, 200, ...key, "soon")
    : between(1, 2, ...key, "days") * 1440 + between(0, 240, ...key, "late");
  return awake(from + minutes * MINUTE + between(1, 59, ...key, "seconds") * 1000);
}

const QUESTIONS = [
  "如果客户不配合怎么办?",
  "小客户也适用吗?",
  "有没有失败的例子?",
  "需要哪些材料?",
  "第一步谁来做?",
];

export function question(...key: Key[]): string {
  return pick(QUESTIONS, ...key);
}
