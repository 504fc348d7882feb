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

/** Sessions that took place: somebody checked in, or the admin said 开了. One entry a session. */
export function held(evidence: Evidence): Held[] {
  const sessions = new Map<string, CheckIn & { byWord: boolean }>();
  const key = (entry: CheckIn) => `${entry.group}|${entry.start}`;
  for (const entry of saidHeld(evidence.acts)) sessions.set(key(entry), { ...entry, byWord: true });
  for (const entry of checkIns(evidence.acts)) sessions.set(key(entry), { ...entry, byWord: false });
  return [...sessions.values()].map((entry) => {
    const turn = turnsAt(evidence, entry.start).find(
      (one) => one.start === entry.start && one.group === entry.group,
    );
    return { ...entry, lecturer: turn?.lecturer ?? "" };
  });
}

export interface Held extends CheckIn {
  lecturer: string;
  /** Nobody checked in: that it took place is the admin's word, so nobody was there to rate or to thank. */
  byWord: boolean;
}

function saidHeld(acts: readonly Act[]): CheckIn[] {
  return acts.flatMap(({ who, intent, result }) =>
    intent.do === "press" &&
    intent.words[0] === "开了" &&
    result === "done" &&
    intent.about.start !== undefined
      ? [{ who, start: intent.about.start, group: intent.about.group ?? "", title: intent.about.title ?? "" }]
      : [],
  );
}

/** Who rated which session; a rating changed is one rating. `unsure` counts those to which no reply came as well. */
export function ratingsGiven(
  acts: readonly Act[],
  unsure = false,
): { who: string; start: number; score: number }[] {
  const given = new Map<string, { who: string; start: number; score: number }>();
  for (const { who, intent, result } of acts) {
    if (intent.do !== "press" || !intent.card.startsWith("rating")) continue;
    if (result !== "done" && !(unsure && result !== "gone")) continue;
    given.set(`${who}|${intent.about.start}|${intent.about.title}`, {
      who,
      start: intent.about.start ?? 0,
      score: intent.about.score ?? 0,
    });
  }
  return [...given.values()];
}
