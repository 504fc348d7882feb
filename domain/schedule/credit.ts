import { sum } from "../numbers.ts";

/** One turn of a lecturer in the fairness window. */
export interface Turn {
  lecturer: string;
  group: string;
  /** Local date. */
  day: string;
  /** delivered or planned = had it; declined = it went to someone else; off = cancelled or did not take place. */
  outcome: "delivered" | "planned" | "declined" | "off";
  /** Volunteered beside the plan. */
  extra: boolean;
}

export interface CreditLecturer {
  id: string;
  groups: readonly string[];
  weight: number;
  /** Local dates; null = always been there, still there. */
  joined: string | null;
  left: string | null;
  /** Leave and pauses, local dates, both inclusive. */
  away: readonly { from: string; to: string }[];
}

/**
 * What a lecturer has had beyond (+) or short of (−) the fair part, for `plan`'s credit. The fair part of each turn held
 * is shared by weight among those who were there that day: newcomers do not owe the past, leave owes nothing. Extras are
 * neutral. A declined turn stays owed once: a second refusal before the next turn adds nothing.
 */
export function creditOf(lecturers: readonly CreditLecturer[], turns: readonly Turn[]): Map<string, number> {
  const counted = turns.filter((turn) => !turn.extra && turn.outcome !== "off");
  const credit = new Map(
    lecturers.map((one) => [one.id, turnsHad(counted.filter((turn) => turn.lecturer === one.id))]),
  );
  for (const turn of counted.filter((one) => one.outcome !== "declined")) {
    const there = lecturers.filter((one) => wasThere(one, turn));
    const weight = sum(there.map((one) => one.weight));
    for (const one of there) credit.set(one.id, (credit.get(one.id) ?? 0) - one.weight / weight);
  }
  return credit;
}

/** Turns had; a refusal while one is still owed counts as had, so that the debt stays one. */
function turnsHad(own: readonly Turn[]): number {
  let [had, owed] = [0, false];
  for (const turn of [...own].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    if (turn.outcome !== "declined") [had, owed] = [had + 1, false];
    else if (owed) had += 1;
    else owed = true;
  }
  return had;
}

function wasThere(one: CreditLecturer, turn: Turn): boolean {
  if (one.id === turn.lecturer) return true;
  return (
    one.groups.includes(turn.group) &&
    (one.joined === null || one.joined <= turn.day) &&
    (one.left === null || turn.day < one.left) &&
    !one.away.some((span) => span.from <= turn.day && turn.day <= span.to)
  );
}
