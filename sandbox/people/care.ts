import { DAY, dateOf, at } from "../case/dates.ts";
import type { Evidence } from "./evidence.ts";
import { ofKind } from "./evidence.ts";
import { held, ratingsGiven } from "./happened.ts";

interface Shared {
  start: number;
  /** Mean of the ratings, null below five. */
  mean: number | null;
}

/**
 * Lecturers for whom a care note is due before the end: two months without a share although a turn was offered, and the
 * mean of the last two shown sessions at least 0.5 below that of the two to four before. Names.
 */
export function careExpected(evidence: Evidence): string[] {
  const lecturers = evidence.company.org.people.filter((person) => person.role === "lecturer");
  const offers = ofKind(evidence, "invite");
  return lecturers
    .filter((person) => {
      const shares = sharesOf(evidence, person.open_id, person.name);
      const last = shares.at(-1)?.start;
      if (last === undefined || !falling(shares)) return false;
      const offered = offers.some(
        (card) =>
          card.to[0] === person.open_id &&
          card.create_time > last &&
          card.create_time < evidence.end - 3 * DAY,
      );
      const onLeave = evidence.company.calendar.leave.some(
        (entry) => entry.open_id === person.open_id && entry.to > last,
      );
      return offered && !onLeave && twoMonthsAfter(last) + 3 * DAY < evidence.end;
    })
    .map((person) => person.name);
}

function twoMonthsAfter(time: number): number {
  const date = dateOf(time);
  const month = Number(date.slice(5, 7)) + 2;
  const year = Number(date.slice(0, 4)) + (month > 12 ? 1 : 0);
  return (
    at(`${year}-${String(month > 12 ? month - 12 : month).padStart(2, "0")}-01`) +
    (Number(date.slice(8)) - 1) * DAY
  );
}

function falling(shares: readonly Shared[]): boolean {
  const shown = shares.flatMap((share) => (share.mean === null ? [] : [share.mean]));
  const recent = shown.slice(-2);
  const before = shown.slice(-6, -2);
  return recent.length === 2 && before.length >= 2 && mean(before) - mean(recent) >= 0.5 - 1e-9;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Past and present sessions of a lecturer, in order. */
function sharesOf(evidence: Evidence, who: string, lecturer: string): Shared[] {
  const past = evidence.company.history.sessions.rows
    .filter((row) => (row.fields["讲师"] as string[])[0] === lecturer)
    .map((row) => ({
      start: Number(row.fields["开始"]),
      mean: (row.fields["评分"] as number | undefined) ?? null,
    }));
  const given = ratingsGiven(evidence.acts);
  const now = held(evidence)
    .filter((entry) => entry.lecturer === who)
    .map((entry) => {
      const scores = given.filter((rating) => rating.start === entry.start).map((rating) => rating.score);
      return { start: entry.start, mean: scores.length >= 5 ? mean(scores) : null };
    });
  return [...past, ...now].sort((a, b) => a.start - b.start);
}
