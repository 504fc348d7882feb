import { mean, sum } from "../numbers.ts";
import { addDays, addMonths, dayNumber } from "../time.ts";

export interface CareTurn {
  /** Local date. */
  day: string;
  /** off = cancelled or did not take place: it was no offer. */
  outcome: "delivered" | "declined" | "unanswered" | "off";
  /** Released ratings of that session. */
  ratings: { n: number; mean: number };
}

export interface CareInput {
  /** Local date now. */
  today: string;
  joined: string | null;
  paused: boolean;
  optedOut: boolean;
  /** Local date of the last note about this person. */
  lastNote: string | null;
  /** Local dates, both inclusive. */
  leave: readonly { from: string; to: string }[];
  turns: readonly CareTurn[];
  /** Where a turn comes less than every two months: two offered turns in a row not taken, in place of two months. */
  rareTurns: boolean;
  /** Ratings a session needs to count. */
  minimum: number;
}

export interface CareSetting {
  months: number;
  fall: number;
  graceMonths: number;
  quietDays: number;
  /** Last sessions looked at, and at most how many before them they are held against. */
  recent: number;
  earlier: number;
  /** Where turns are rare: offered turns in a row not taken. */
  notTaken: number;
}

/** texts.md §5.9. */
export const defaultCare: CareSetting = {
  months: 2,
  fall: 0.5,
  graceMonths: 3,
  quietDays: 90,
  recent: 2,
  earlier: 4,
  notTaken: 2,
};

export type CareHeld = "opted-out" | "paused" | "new" | "recent-note" | "no-silence" | "no-fall";

export type CareResult =
  | { raise: true; reasons: { zh: string[]; en: string[] } }
  | { raise: false; because: CareHeld };

/** The care rule: silence although a turn was offered, and a falling score, both; else why not. */
export function careNote(input: CareInput, setting: CareSetting = defaultCare): CareResult {
  const held = holdBack(input, setting);
  if (held) return { raise: false, because: held };
  const silence = input.rareTurns ? turnsPassed(input, setting) : monthsSilent(input, setting);
  if (silence === null) return { raise: false, because: "no-silence" };
  const fall = scoreFall(input, setting);
  if (fall === null) return { raise: false, because: "no-fall" };
  const [before, last] = [fall.before.toFixed(1), fall.last.toFixed(1)];
  return {
    raise: true,
    reasons: {
      zh: [silence.zh, `评分从${before}到${last}`],
      en: [silence.en, `rating from ${before} to ${last}`],
    },
  };
}

function holdBack(input: CareInput, setting: CareSetting): CareHeld | null {
  if (input.optedOut) return "opted-out";
  if (input.paused) return "paused";
  if (input.joined !== null && input.today < monthsLater(input.joined, setting.graceMonths)) return "new";
  const since = input.lastNote === null ? Infinity : dayNumber(input.today) - dayNumber(input.lastNote);
  return since < setting.quietDays ? "recent-note" : null;
}

function monthsLater(day: string, months: number): string {
  return `${addMonths(day.slice(0, 7), months)}${day.slice(7)}`;
}

interface Words {
  zh: string;
  en: string;
}

/** Whole months only: the last ones that are over, and nothing shared since. */
function monthsSilent(input: CareInput, setting: CareSetting): Words | null {
  const thisMonth = input.today.slice(0, 7);
  const months = Array.from({ length: setting.months }, (_, at) => addMonths(thisMonth, at - setting.months));
  if (months.some((month) => isMostlyAway(input.leave, month))) return null;
  const from = `${months[0] ?? thisMonth}-01`;
  const shared = input.turns.filter((turn) => turn.outcome === "delivered" && turn.day <= input.today);
  const last = shared.reduce((latest, { day }) => (day > latest ? day : latest), "");
  if (last >= from) return null;
  // Offered since the last share: a turn whose day has passed, or one that was declined ahead of it.
  const offered = input.turns.filter(
    (turn) =>
      turn.day > last && wasOffered(input, turn) && (turn.outcome === "declined" || turn.day < input.today),
  ).length;
  if (offered === 0) return null;
  const turns = offered === 1 ? "one turn" : `${offered} turns`;
  return {
    zh: `近${setting.months}个月没有分享(轮到过${offered}次)`,
    en: `no share for ${setting.months} months (${turns} offered)`,
  };
}

function wasOffered(input: CareInput, turn: CareTurn): boolean {
  return turn.outcome !== "off" && !input.leave.some((span) => span.from <= turn.day && turn.day <= span.to);
}

function isMostlyAway(leave: readonly { from: string; to: string }[], month: string): boolean {
  const [first, next] = [`${month}-01`, `${addMonths(month, 1)}-01`];
  let away = 0;
  for (let day = first; day < next; day = addDays(day, 1))
    if (leave.some((span) => span.from <= day && day <= span.to)) away += 1;
  return away * 2 >= dayNumber(next) - dayNumber(first);
}

function turnsPassed(input: CareInput, { notTaken }: CareSetting): Words | null {
  const offered = input.turns
    .filter((turn) => turn.day <= input.today && wasOffered(input, turn))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .slice(-notTaken);
  if (offered.length < notTaken || offered.some((turn) => turn.outcome === "delivered")) return null;
  return notTaken === 1
    ? { zh: "最近轮到的一次没有分享", en: "the last turn offered was not taken" }
    : { zh: `最近轮到的${notTaken}次都没有分享`, en: `the last ${notTaken} turns offered were not taken` };
}

/** Mean of the last sessions (2) against the 2 to 4 before them; only sessions with enough ratings count. */
function scoreFall(input: CareInput, setting: CareSetting): { before: number; last: number } | null {
  const shown = input.turns
    .filter((turn) => turn.outcome === "delivered" && turn.ratings.n >= input.minimum)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map((turn) => turn.ratings.mean);
  const before = shown.slice(-setting.recent - setting.earlier, -setting.recent);
  const last = shown.slice(-setting.recent);
  if (before.length < Math.min(2, setting.earlier)) return null;
  const [was, is] = [mean(before) ?? 0, sum(last) / last.length];
  return was - is >= setting.fall - 1e-9 ? { before: was, last: is } : null;
}
