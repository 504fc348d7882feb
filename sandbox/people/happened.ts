import type { Act } from "./acts.ts";
import type { Evidence } from "./evidence.ts";
import { turnsAt } from "./turns.ts";

export interface CheckIn {
  who: string;
  start: number;
  group: string;
  title: string;
}

/** Check-ins that were accepted: the toast outside the hours says so in words. */
export function checkIns(acts: readonly Act[]): CheckIn[] {
  return acts.flatMap(({ who, intent, result, reply }) =>
    intent.do === "check in" && result === "done" && !reply.includes("签到时间是")
      ? [
          {
            who,
            start: intent.about.start ?? 0,
            group: intent.about.group ?? "",
            title: intent.about.title ?? "",
          },
        ]
      : [],
  );
}

/** Sessions that took place: somebody checked in. One entry a session. */
export function held(evidence: Evidence): (CheckIn & { lecturer: string })[] {
  const sessions = new Map<string, CheckIn>();
  for (const entry of checkIns(evidence.acts)) sessions.set(`${entry.group}|${entry.start}`, entry);
  return [...sessions.values()].map((entry) => {
    const turn = turnsAt(evidence, entry.start).find(
      (one) => one.start === entry.start && one.group === entry.group,
    );
    return { ...entry, lecturer: turn?.lecturer ?? "" };
  });
}

/** Who rated which session; a rating changed is one rating. */
export function ratingsGiven(acts: readonly Act[]): { who: string; start: number; score: number }[] {
  const given = new Map<string, { who: string; start: number; score: number }>();
  for (const { who, intent, result } of acts) {
    if (intent.do !== "press" || intent.card !== "rating" || result !== "done") continue;
    given.set(`${who}|${intent.about.start}|${intent.about.title}`, {
      who,
      start: intent.about.start ?? 0,
      score: intent.about.score ?? 0,
    });
  }
  return [...given.values()];
}
