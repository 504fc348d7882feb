import { sum } from "../numbers.ts";

/** What became of a turn that was given to somebody. */
export type Outcome =
  /** Held, or still to come: whoever speaks has it. */
  | "had"
  /** Not taken: nothing changes for who declined; who steps in has a turn of their own. */
  | "declined"
  /** The company took it back after the lecturer had been told: not owed any more. */
  | "lost";

export interface Turn {
  lecturer: string;
  group: string;
  /** Local date. */
  day: string;
  outcome: Outcome;
  /** Volunteered beside the plan: counts for nobody. */
  extra: boolean;
}

/** How a lecturer stood from a local date on. */
export interface Standing {
  from: string;
  groups: readonly string[];
  weight: number;
}

export interface CreditLecturer {
  id: string;
  /** In order of time; the first holds for the days before it too. */
  standings: readonly [Standing, ...Standing[]];
  /** Local dates; null = always been there, still there. */
  joined: string | null;
  /** The first day no longer there. */
  left: string | null;
  /** Approved leave and pauses, local dates, both inclusive. */
  away: readonly { from: string; to: string }[];
  /** Turns taken before the records begin; null = nothing known. */
  opening: number | null;
}

/** An admin's word on the account, kept with reason and name. */
export interface Correction {
  lecturer: string;
  day: string;
  /** Turns: +1 = as if one more had been had. */
  turns: number;
  reason: string;
  by: string;
}

/** Who was there on a day, for a slot that nobody has yet. */
export interface OpenSlot {
  group: string;
  day: string;
}

export interface CreditInput {
  lecturers: readonly CreditLecturer[];
  turns: readonly Turn[];
  corrections: readonly Correction[];
  /** First local date of the season: what lies before does not count. */
  since: string;
  /** The day the opening turns stand for; they count while the season reaches back to it. */
  openingDay: string | null;
}

/** One line of a lecturer's account. */
export interface Entry {
  lecturer: string;
  day: string;
  kind: Outcome | "extra" | "opening" | "correction" | "share" | "excused";
  /** What it adds to the balance: turns had, less the fair part (`share` is negative). */
  turns: number;
  group?: string;
  reason?: string;
  by?: string;
}

/**
 * What a lecturer has had beyond (+) or short of (−) the fair part, for `plan`'s credit; over all lecturers it sums to the
 * corrections. The fair part of each turn is shared by weight among those who were there that day: newcomers do not owe the
 * past, leave owes nothing. Docs: docs/credit.md.
 */
export function creditOf(input: CreditInput): Map<string, number> {
  const credit = new Map(input.lecturers.map(({ id }) => [id, 0]));
  visitEntries(input, ({ lecturer, turns }) => credit.set(lecturer, (credit.get(lecturer) ?? 0) + turns));
  return credit;
}

/** Walks through every line of every account, turn by turn in order of time. */
export function visitEntries(input: CreditInput, visit: (entry: Entry) => void): void {
  const { lecturers, since } = input;
  const known = new Set(lecturers.map(({ id }) => id));
  const turns = input.turns.filter((turn) => turn.day >= since && known.has(turn.lecturer)).sort(byTime);
  openings(input, visit);
  const counts = meetingsOf(turns);
  for (const turn of turns) {
    const { lecturer, day, group } = turn;
    if (turn.extra || turn.outcome === "declined") {
      visit({ lecturer, day, group, kind: turn.extra ? "extra" : "declined", turns: 0 });
      continue;
    }
    visit({ lecturer, day, group, kind: turn.outcome, turns: 1 });
    for (const [id, share] of sharesOf(lecturers, turn, counts, lecturer))
      visit({ lecturer: id, day, group, kind: "share", turns: -share });
    for (const one of lecturers)
      if (one.id !== lecturer && isExcused(one, turn))
        visit({ lecturer: one.id, day, group, kind: "excused", turns: 0 });
  }
  for (const { lecturer, day, turns: corrected, reason, by } of input.corrections)
    if (day >= since && known.has(lecturer))
      visit({ lecturer, day, kind: "correction", turns: corrected, reason, by });
}

/**
 * What those who are away for part of the slots to come do not owe of them, on top of their credit: they come back to the
 * same place in the queue. Zero for who is there all the time.
 */
export function unowedAhead(
  lecturers: readonly CreditLecturer[],
  slots: readonly OpenSlot[],
): Map<string, number> {
  const counts = meetingsOf(slots);
  const due = new Map(lecturers.map(({ id }) => [id, 0]));
  const full = new Map(lecturers.map(({ id }) => [id, 0]));
  const add = (to: Map<string, number>, shares: [string, number][]) => {
    for (const [id, share] of shares) to.set(id, (to.get(id) ?? 0) + share);
  };
  const always = lecturers.map((one) => ({ ...one, joined: null, left: null, away: [] }));
  for (const slot of slots) {
    add(due, sharesOf(lecturers, slot, counts, null));
    add(full, sharesOf(always, slot, counts, null));
  }
  // In units of weight: whoever is there most has nothing to spare.
  const spare = new Map(
    lecturers.map((one) => [one.id, ((full.get(one.id) ?? 0) - (due.get(one.id) ?? 0)) / weightAt(one)]),
  );
  const least = Math.min(...spare.values());
  return new Map(lecturers.map((one) => [one.id, ((spare.get(one.id) ?? 0) - least) * weightAt(one)]));
}

const weightAt = (one: CreditLecturer) => one.standings.at(-1)?.weight ?? 1;

/** Opening turns stand beside those of the others who bring some: who brings none owes nothing of them. */
function openings({ lecturers, since, openingDay }: CreditInput, visit: (entry: Entry) => void): void {
  if (openingDay === null || openingDay < since) return;
  const bring = lecturers.filter((one) => one.opening !== null);
  const all = sum(bring.map((one) => one.opening ?? 0));
  const weight = sum(bring.map((one) => one.standings[0].weight));
  for (const one of bring) {
    const fair = (all * one.standings[0].weight) / weight;
    visit({ lecturer: one.id, day: openingDay, kind: "opening", turns: one.opening ?? 0 });
    visit({ lecturer: one.id, day: openingDay, kind: "share", turns: -fair });
  }
}

/** How many turns each group had: who belongs to several shares the weight between them in this proportion. */
function meetingsOf(turns: readonly (OpenSlot & Partial<Turn>)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { group, extra, outcome } of turns)
    if (!extra && outcome !== "declined") counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}

/** Each one's part of a turn; the parts sum to 1 where anybody was there. Who spoke was there. */
function sharesOf(
  lecturers: readonly CreditLecturer[],
  { group, day }: OpenSlot,
  counts: ReadonlyMap<string, number>,
  speaker: string | null,
): [string, number][] {
  const there = lecturers.flatMap((one): [string, number][] => {
    const standing = standingOn(one, day);
    const isThere = one.id === speaker || (standing.groups.includes(group) && !isAway(one, day));
    return isThere ? [[one.id, standing.weight * partIn(group, standing.groups, counts)]] : [];
  });
  const weight = sum(there.map(([, own]) => own));
  return there.map(([id, own]) => [id, own / weight]);
}

function partIn(group: string, groups: readonly string[], counts: ReadonlyMap<string, number>): number {
  const of = (key: string) => counts.get(key) ?? 0;
  const all = sum([...new Set([group, ...groups])].map(of));
  return all > 0 ? of(group) / all : 1;
}

function standingOn(one: CreditLecturer, day: string): Standing {
  return one.standings.findLast(({ from }) => from <= day) ?? one.standings[0];
}

function isAway(one: CreditLecturer, day: string): boolean {
  return !isMember(one, day) || onLeave(one, day);
}

function isMember({ joined, left }: CreditLecturer, day: string): boolean {
  return (joined === null || joined <= day) && (left === null || day < left);
}

function onLeave(one: CreditLecturer, day: string): boolean {
  return one.away.some((span) => span.from <= day && day <= span.to);
}

/** On leave or paused while the own group met. */
function isExcused(one: CreditLecturer, { group, day }: OpenSlot): boolean {
  return isMember(one, day) && onLeave(one, day) && standingOn(one, day).groups.includes(group);
}

function byTime(a: Turn, b: Turn): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.lecturer < b.lecturer ? -1 : a.lecturer > b.lecturer ? 1 : 0;
}
