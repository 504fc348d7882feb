import { dateOf, isWorkday } from "../case/dates.ts";
import { meetings } from "../case/shared.ts";
import { GROUPS } from "../case/org.ts";
import type { Act } from "./acts.ts";
import { type Evidence, ofKind, sent } from "./evidence.ts";
import { groupIn, type Message, startIn } from "./reading.ts";

/** Who was to speak when, by what people were told and what they answered: the script's own view of the schedule. */
export interface Turn {
  start: number;
  group: string;
  lecturer: string;
  /** Since when it was this lecturer's (the card that offered it). */
  since: number;
}

/** Every meeting the cadence gives between two instants, both included, `group|start`. */
export function cadence(from: number, to: number): { group: string; start: number }[] {
  return GROUPS.flatMap((group) =>
    meetings(group, dateOf(from), dateOf(to), isWorkday)
      .filter((start) => start >= from && start <= to)
      .map((start) => ({ group, start })),
  );
}

/** Turns as the people know them at `when`: offered by an invitation, taken over by a yes to a substitute or a swap. */
export function turnsAt(evidence: Evidence, when: number): Turn[] {
  const turns = new Map<number, Turn>();
  const put = (turn: Turn) => turns.set(keyOf(turn.group, turn.start), turn);
  const offers = ofKind(evidence, "invite").filter((message) => message.create_time <= when);
  for (const message of offers) {
    const start = startIn(message);
    const lecturer = message.to[0];
    if (start === null || lecturer === undefined) continue;
    put({ start, group: groupIn(message, GROUPS) ?? groupAt(start), lecturer, since: message.create_time });
  }
  const cards = new Map(sent(evidence).map((message) => [message.message_id, message]));
  for (const act of evidence.acts) {
    if (act.at > when || act.result !== "done" || act.intent.do !== "press") continue;
    const card = cards.get(act.intent.message);
    if (card) applyAnswer(turns, act, card);
  }
  return [...turns.values()].sort((a, b) => a.start - b.start);
}

function applyAnswer(turns: Map<number, Turn>, act: Act, card: Message): void {
  if (act.intent.do !== "press") return;
  const start = startIn(card);
  if (start === null) return;
  const group = groupIn(card, GROUPS) ?? groupAt(start);
  if (act.intent.card === "substitute" && act.intent.words[0] === "我来讲") {
    turns.set(keyOf(group, start), { start, group, lecturer: act.who, since: act.at });
  }
  const gaveUp = ["reasons", "dates"].includes(act.intent.card);
  if (gaveUp && turns.get(keyOf(group, start))?.lecturer === act.who) turns.delete(keyOf(group, start));
}

/** The only group that meets at that minute, by the cadence; Fridays have one at three and one at four. */
function groupAt(start: number): string {
  return (
    GROUPS.find((group) => meetings(group, dateOf(start), dateOf(start), () => true).includes(start)) ?? ""
  );
}

function keyOf(group: string, start: number): number {
  return start * 4 + GROUPS.indexOf(group as (typeof GROUPS)[number]) + 1;
}
