import { lecturerAddress } from "./address.ts";
import { dateWords, dayOnly, deadline, periodWords, timeOnly, whenWords, type Reading } from "./dates.ts";
import type { MessageFacts } from "./facts.ts";
import { maskQuote } from "./mask.ts";
import type { Values } from "./placeholders.ts";
import { escapeMarkdown } from "./render.ts";

const LEAST_EVIDENCE = 10;
const LEAST_TEMPLATE_ANSWERS = 5;
const MOST_QUOTES = 2;
const MOST_ITEMS = 4;

/** The facts of a message as words, read at `now`; what is missing, or too thin to be shown, has none. */
export function messageValues(facts: MessageFacts, reading: Reading): Values {
  const all: { [K in keyof Values]: string | undefined } = {
    ...plainWords(facts),
    ...timeWords(facts, reading),
    ...demandWords(facts, reading),
    ...feedbackWords(facts, reading),
    lecturer_address:
      facts.lecturerAddress ?? mapped(facts.lecturer, (name) => lecturerAddress(name, reading.language)),
    period: mapped(facts.period, (period) => periodWords(period, reading.language)),
    ...itemWords(facts, reading),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, word]) => word !== undefined && word.trim() !== ""),
  ) as Values;
}

function mapped<T>(value: T | undefined, word: (value: T) => string): string | undefined {
  return value === undefined ? undefined : word(value);
}

const asGiven = [
  ...([
    "lecturer",
    "peer",
    "recipient",
    "admin",
    "group",
    "topic",
    "place",
    "template",
    "award",
    "reward",
  ] as const),
  ...([
    "condition",
    "gap",
    "preference",
    "reasons",
    "sentence",
    "headline",
    "decisions",
    "proactive",
    "hours",
  ] as const),
  ...(["willing", "outcome", "reason", "chat", "field", "change"] as const),
];

function plainWords(facts: MessageFacts): Values {
  return {
    ...Object.fromEntries(asGiven.map((name) => [name, facts[name]])),
    title: facts.title ?? facts.topic,
    why_me: facts.whyMe,
    proactive_prev: facts.proactivePrev,
    score_prev: facts.scorePrev,
    hours_base: facts.hoursBase,
    survey_month: facts.surveyMonth,
    proactive_n: mapped(facts.proactiveN, String),
    held_n: mapped(facts.heldN, String),
    willing_n: mapped(facts.willingN, String),
    asked_n: mapped(facts.askedN, String),
  };
}

function timeWords(facts: MessageFacts, reading: Reading): Values {
  const { start, minutes } = facts;
  return {
    when: mapped(start, (at) => whenWords(at, minutes, reading)),
    day: mapped(start, (at) => dayOnly(at, reading)),
    time: mapped(start, (at) => timeOnly(at, reading.zone)),
    old_when: mapped(facts.oldStart, (at) => whenWords(at, undefined, reading)),
    new_when: mapped(facts.newStart, (at) => whenWords(at, undefined, reading)),
    until: mapped(facts.until, (at) => dateWords(at, reading)),
    from: mapped(facts.from, (at) => dateWords(at, reading)),
    reply_by: mapped(facts.replyBy, (at) => deadline(at, reading)),
  };
}

/** Evidence under 10 demands is left out; share and count stand together or not at all (texts.md rule 7, §5.7). */
function demandWords(
  { evidence, share, count, templateMinutes, templateAnswers }: MessageFacts,
  { language }: Reading,
): Values {
  const window = evidence !== undefined && evidence >= LEAST_EVIDENCE ? evidence : undefined;
  const named = share !== undefined && count !== undefined && count >= LEAST_EVIDENCE;
  const timed = templateMinutes !== undefined && (templateAnswers ?? 0) >= LEAST_TEMPLATE_ANSWERS;
  return {
    evidence: mapped(window, (n) =>
      language === "zh" ? `基于学员最近${n}条反馈` : `from the last ${n} learner inputs`,
    ),
    share: named ? percent(share, language) : undefined,
    count: named || (share === undefined && count !== undefined) ? String(count) : undefined,
    template_minutes: timed ? String(Math.round(templateMinutes)) : undefined,
  };
}

function percent(part: number, language: "zh" | "en"): string {
  return `${Math.round(part * 100)}${language === "zh" ? "%" : " %"}`;
}

function feedbackWords(facts: MessageFacts, { language }: Reading): Values {
  const quotes = (facts.quotes ?? [])
    .map((quote) => maskQuote(quote, facts.maskNames))
    .filter((quote) => quote !== "");
  const shown = quotes.slice(0, MOST_QUOTES);
  return {
    quote: shown.length === 0 ? undefined : shown.join(language === "zh" ? "」「" : '" "'),
    attended: counted(facts.attended),
    thanks: counted(facts.thanks),
    answers: counted(facts.answers),
    looked: counted(facts.looked),
    minimum: counted(facts.minimum),
    score: mapped(facts.score, (score) => score.toFixed(1)),
    points: mapped(facts.points, signed),
    points_period: mapped(facts.pointsPeriod, plainNumber),
  };
}

/** Nobody is told a zero: 0 drops its words. */
function counted(count: number | undefined): string | undefined {
  return count === undefined || count === 0 ? undefined : String(count);
}
function signed(points: number): string {
  return points < 0 ? plainNumber(points).replace("-", "−") : `+${plainNumber(points)}`;
}
function plainNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function itemWords({ items, more }: MessageFacts, { language }: Reading): Values {
  const all = items ?? [];
  const total = all.length + (more ?? 0);
  if (total === 0) return {};
  const shown = all
    .slice(0, total > MOST_ITEMS ? MOST_ITEMS - 1 : MOST_ITEMS)
    .map((item) => escapeMarkdown(item));
  const rest = total - shown.length;
  if (rest > 0) shown.push(language === "zh" ? `还有 ${rest} 件` : `and ${rest} more`);
  return { items: shown.join("\n"), n: String(total) };
}
