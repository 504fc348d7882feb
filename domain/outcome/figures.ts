import { mean, sum } from "../numbers.ts";
import { monthKey, periodRange } from "../time.ts";

export interface FigureSession {
  id: string;
  group: string;
  lecturer: string;
  /** ms. */
  start: number;
  /** Delivered, whatever came after. */
  held: boolean;
  /** ms; null = no content (or told without slides). */
  contentAt: number | null;
  /** One workday before the start, ms: content by then is in time. */
  contentDue: number;
  /** Times a person asked for the content or the turn. */
  nudges: number;
  /** First automatic reminder, ms; null = none went out. */
  remindedAt: number | null;
  /** People asked to rate. */
  asked: number;
}

export type ActKind = "nudge" | "rearrange" | "substitute" | "content" | "attendance" | "plan" | "extra";

/** Minutes each recorded act counts (texts.md §5.10); `extra` carries its own. */
export const actMinutes: Record<Exclude<ActKind, "extra">, number> = {
  nudge: 3,
  rearrange: 10,
  substitute: 15,
  content: 5,
  attendance: 5,
  plan: 20,
};

export interface FiguresInput {
  zone: string;
  months: readonly string[];
  sessions: readonly FigureSession[];
  /** Released ratings only. */
  ratings: readonly { session: string; score: number }[];
  acts: readonly { kind: ActKind; at: number; group: string | null; minutes?: number }[];
  surveys: readonly { month: string; asked: number; answers: readonly number[] }[];
  /** Answers a survey needs to be shown. */
  minimum: number;
}

/** A rate never without its counts; null where there is nothing to divide. */
export interface Rate {
  share: number | null;
  n: number;
  of: number;
}

export interface Figures {
  month: string;
  /** null = all groups. */
  group: string | null;
  /** Held sessions whose content came without a person's nudge. */
  proactive: Rate;
  /** Those of them whose content came before any automatic reminder too. */
  unreminded: Rate;
  /** Lecturers of the month who needed no nudge, of those who had a turn. */
  proactivePeople: Rate;
  /** Content one workday before, of held sessions. */
  inTime: Rate;
  nudges: number;
  satisfaction: { mean: number | null; n: number; distribution: number[]; response: Rate };
  coordination: { hoursPerWeek: number; minutes: number; acts: number };
  /** Only for all groups: surveys know none. null = not asked this month or too few answers. */
  willing: (Rate & { asked: number }) | null;
}

/** What an admin declared for the months before; shown beside, never mixed in. */
export interface Baseline {
  source: string;
  /** Local date of the declaration. */
  declared: string;
  proactive: number | null;
  satisfaction: number | null;
  hoursPerWeek: number | null;
  willing: number | null;
}

export interface FiguresResult {
  months: Figures[];
  baseline: (Baseline & { selfReported: true }) | null;
}

/** The four figures month by month, for all groups and each one (definitions: texts.md §5.10). */
export function figuresOf(input: FiguresInput, baseline: Baseline | null): FiguresResult {
  const groups = [...new Set(input.sessions.map((session) => session.group))].sort();
  return {
    months: input.months.flatMap((month) =>
      [null, ...groups].map((group) => monthFigures(input, month, group)),
    ),
    baseline: baseline && { ...baseline, selfReported: true },
  };
}

function monthFigures(input: FiguresInput, month: string, group: string | null): Figures {
  const mine = input.sessions.filter(
    (session) => monthKey(session.start, input.zone) === month && (group === null || session.group === group),
  );
  const held = mine.filter((session) => session.held);
  const proactive = held.filter(isProactive);
  return {
    month,
    group,
    proactive: rate(proactive.length, held.length),
    unreminded: rate(proactive.filter(cameUnreminded).length, held.length),
    proactivePeople: peopleRate(mine),
    inTime: rate(
      held.filter((session) => session.contentAt !== null && session.contentAt <= session.contentDue).length,
      held.length,
    ),
    nudges: sum(mine.map((session) => session.nudges)),
    satisfaction: satisfactionOf(input, held),
    coordination: coordinationOf(input, month, group),
    willing: group === null ? willingOf(input, month) : null,
  };
}

function isProactive(session: FigureSession): boolean {
  return session.contentAt !== null && session.nudges === 0;
}

function cameUnreminded(session: FigureSession): boolean {
  return (
    session.contentAt !== null && (session.remindedAt === null || session.contentAt < session.remindedAt)
  );
}

function rate(n: number, of: number): Rate {
  return { share: of === 0 ? null : n / of, n, of };
}

function peopleRate(sessions: readonly FigureSession[]): Rate {
  const all = new Set(sessions.map((session) => session.lecturer));
  const nudged = new Set(sessions.filter((session) => session.nudges > 0).map((session) => session.lecturer));
  return rate(all.size - nudged.size, all.size);
}

function satisfactionOf(input: FiguresInput, held: readonly FigureSession[]): Figures["satisfaction"] {
  const ids = new Set(held.map((session) => session.id));
  const scores = input.ratings.filter((rating) => ids.has(rating.session)).map((rating) => rating.score);
  return {
    mean: mean(scores),
    n: scores.length,
    distribution: [1, 2, 3, 4, 5].map((value) => scores.filter((score) => score === value).length),
    response: rate(scores.length, sum(held.map((session) => session.asked))),
  };
}

function coordinationOf(input: FiguresInput, month: string, group: string | null): Figures["coordination"] {
  const { from, to } = periodRange(month, input.zone);
  const acts = input.acts.filter(
    (act) => from <= act.at && act.at < to && (group === null || act.group === group),
  );
  const minutes = sum(acts.map((act) => act.minutes ?? (act.kind === "extra" ? 0 : actMinutes[act.kind])));
  const weeks = (to - from) / (7 * 86_400_000);
  return { hoursPerWeek: minutes / 60 / weeks, minutes, acts: acts.length };
}

function willingOf(input: FiguresInput, month: string): Figures["willing"] {
  const surveys = input.surveys.filter((survey) => survey.month === month);
  const answers = surveys.flatMap((survey) => survey.answers);
  if (answers.length === 0 || answers.length < input.minimum) return null;
  return {
    ...rate(answers.filter((answer) => answer >= 4).length, answers.length),
    asked: sum(surveys.map((survey) => survey.asked)),
  };
}
