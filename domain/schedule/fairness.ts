import { visitEntries, type CreditInput, type Entry } from "./credit.ts";

/** How turns are counted together. */
export type Period = "month" | "quarter" | "year";

/** One person's turns of a period, or of all of them. */
export interface Tally {
  had: number;
  lost: number;
  opening: number;
  /** Volunteered beside the plan. */
  extra: number;
  declined: number;
  /** Turns of the own groups while on leave or paused. */
  excused: number;
  corrected: number;
  /** The fair part, in turns. */
  due: number;
  /** had + lost + opening + corrected − due. */
  balance: number;
}

export interface PersonFairness {
  lecturer: string;
  total: Tally;
  periods: { period: string; tally: Tally }[];
  corrections: { day: string; turns: number; reason: string; by: string }[];
}

export interface Fairness {
  /** Local dates, both inclusive. */
  from: string;
  to: string;
  periods: string[];
  /** Turns given in all, extras aside. */
  turns: number;
  /** In the order of the input; people without anything in the span are left out. */
  people: PersonFairness[];
  /** Largest and smallest balance for one's weight among those still there; null without people. */
  most: { lecturer: string; balance: number } | null;
  least: { lecturer: string; balance: number } | null;
}

/** Turns had and the fair part, by person and period, between two local dates (both inclusive). */
export function fairnessOf(input: CreditInput, span: { from: string; to: string; by: Period }): Fairness {
  const { from, to, by } = span;
  const within: CreditInput = {
    ...input,
    since: from,
    turns: input.turns.filter(({ day }) => day <= to),
    corrections: input.corrections.filter(({ day }) => day <= to),
    openingDay: input.openingDay !== null && input.openingDay <= to ? input.openingDay : null,
  };
  const entries = new Map<string, Entry[]>();
  visitEntries(within, (entry) => {
    const own = entries.get(entry.lecturer);
    if (own) own.push(entry);
    else entries.set(entry.lecturer, [entry]);
  });
  const people = input.lecturers.flatMap(({ id }): PersonFairness[] => {
    const own = entries.get(id) ?? [];
    return own.length > 0 ? [personOf(id, own, by)] : [];
  });
  const all = [...entries.values()].flat();
  const here = new Set(input.lecturers.filter(({ left }) => left === null || to < left).map(({ id }) => id));
  const ranked = people
    .filter(({ lecturer }) => here.has(lecturer))
    .map(({ lecturer, total }) => ({ lecturer, balance: total.balance }))
    .sort((a, b) => b.balance - a.balance);
  return {
    from,
    to,
    periods: [...new Set(all.map(({ day }) => periodOf(day, by)))].sort(),
    turns: all.filter(({ kind }) => kind === "had" || kind === "lost").length,
    people,
    most: ranked[0] ?? null,
    least: ranked.at(-1) ?? null,
  };
}

function personOf(lecturer: string, entries: readonly Entry[], by: Period): PersonFairness {
  const periods = [...new Set(entries.map(({ day }) => periodOf(day, by)))].sort();
  return {
    lecturer,
    total: tallyOf(entries),
    periods: periods.map((period) => ({
      period,
      tally: tallyOf(entries.filter(({ day }) => periodOf(day, by) === period)),
    })),
    corrections: entries.flatMap(({ kind, day, turns, reason = "", by: who = "" }) =>
      kind === "correction" ? [{ day, turns, reason, by: who }] : [],
    ),
  };
}

/** `2026-12`, `2026-Q4` or `2026`. */
function periodOf(day: string, by: Period): string {
  if (by === "month") return day.slice(0, 7);
  if (by === "year") return day.slice(0, 4);
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

function tallyOf(entries: readonly Entry[]): Tally {
  const count = (kind: Entry["kind"]) => entries.filter((entry) => entry.kind === kind).length;
  const total = (kind: Entry["kind"]) =>
    entries.reduce((sum, entry) => (entry.kind === kind ? sum + entry.turns : sum), 0);
  return {
    had: count("had"),
    lost: count("lost"),
    opening: total("opening"),
    extra: count("extra"),
    declined: count("declined"),
    excused: count("excused"),
    corrected: total("correction"),
    due: -total("share"),
    balance: entries.reduce((sum, { turns }) => sum + turns, 0),
  };
}
