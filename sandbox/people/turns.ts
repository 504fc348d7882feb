import { dateOf, isBesideLongHoliday, isWorkday } from "../case/dates.ts";
import { meetings } from "../case/shared.ts";
import { GROUPS } from "../case/org.ts";
import type { Act } from "./acts.ts";
import { type Evidence, ofKind, sent } from "./evidence.ts";
import { groupIn, type Message, momentIn, startIn } from "./reading.ts";

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
    meetings(group, dateOf(from), dateOf(to), (date) => isWorkday(date) && !isBesideLongHoliday(date))
      .filter((start) => start >= from && start <= to)
      .map((start) => ({ group, start })),
  );
}

/** Turns as the people know them at `when`: offered by an invitation, moved by what they answered since, in that order. */
export function turnsAt(evidence: Evidence, when: number): Turn[] {
  const turns = new Map<number, Turn>();
  for (const { at, apply } of history(evidence)) {
    if (at <= when) apply(turns);
  }
  return [...turns.values()].sort((a, b) => a.start - b.start);
}

interface Change {
  at: number;
  apply: (turns: Map<number, Turn>) => void;
}

const known = new WeakMap<Evidence, { size: number; changes: Change[] }>();

/** All changes of the schedule in the order of time; worked out once for an evidence, as long as it does not grow. */
function history(evidence: Evidence): Change[] {
  const before = known.get(evidence);
  const size = evidence.views.length + evidence.acts.length;
  if (before?.size === size) return before.changes;
  const cards = new Map(sent(evidence).map((message) => [message.message_id, message]));
  const late = new Set(
    evidence.views
      .filter((view) => view.texts.some((text) => text.includes("已经有同事")))
      .map((view) => view.message_id),
  );
  const offers = ofKind(evidence, "invite").map((message) => ({
    at: message.create_time,
    apply: offered(message),
  }));
  const answers = evidence.acts.flatMap((act): Change[] => {
    if (
      act.result !== "done" ||
      act.intent.do !== "press" ||
      late.has(act.intent.message) ||
      /已经有同事|保持原样/.test(act.reply)
    )
      return [];
    const card = cards.get(act.intent.message);
    return card ? [{ at: act.at, apply: answered(evidence, act, act.intent, card) }] : [];
  });
  const all = [...offers, ...answers].sort((a, b) => a.at - b.at);
  known.set(evidence, { size, changes: all });
  return all;
}

function offered(message: Message): Change["apply"] {
  const start = startIn(message);
  const lecturer = message.to[0];
  return (turns) => {
    if (start === null || lecturer === undefined) return;
    give(turns, {
      start,
      group: groupIn(message, GROUPS) ?? groupAt(start),
      lecturer,
      since: message.create_time,
    });
  };
}

function answered(
  evidence: Evidence,
  act: Act,
  intent: Extract<Act["intent"], { do: "press" }>,
  card: Message,
): Change["apply"] {
  const start = intent.about.start ?? startIn(card);
  const word = intent.words[0] ?? "";
  const mine = (begin: number) => ({ start: begin, group: groupAt(begin), lecturer: act.who, since: act.at });
  if (intent.card === "substitute" && word === "我来讲" && start !== null)
    return (turns) => give(turns, mine(start));
  if (intent.card === "swap" && word === "同意对换") return swapped(evidence, act, card);
  if (intent.card === "reasons" && start !== null) return (turns) => drop(turns, start, act.who);
  if (intent.card !== "dates" || start === null) return () => {};
  const moved = momentIn(word, act.at);
  return (turns) => {
    drop(turns, start, act.who);
    if (moved !== null) give(turns, mine(moved));
  };
}

/** 「您讲 {new_when}(…);{lecturer} 讲 {old_when}。」 */
function swapped(evidence: Evidence, act: Act, card: Message): Change["apply"] {
  const line = card.texts.map((text) => /您讲\s*(.+?)[;；]\s*(.+?)\s*讲\s*(.+)/.exec(text)).find(Boolean);
  const other = evidence.company.org.people.find((person) => line?.[2]?.includes(person.name))?.open_id;
  const [gets, gives] = [
    momentIn(line?.[1] ?? "", card.create_time),
    momentIn(line?.[3] ?? "", card.create_time),
  ];
  return (turns) => {
    if (other === undefined || gets === null || gives === null) return;
    give(turns, { start: gets, group: groupAt(gets), lecturer: act.who, since: act.at });
    give(turns, { start: gives, group: groupAt(gives), lecturer: other, since: act.at });
  };
}

function give(turns: Map<number, Turn>, turn: Turn): void {
  turns.set(keyOf(turn.group, turn.start), turn);
}

function drop(turns: Map<number, Turn>, start: number, lecturer: string): void {
  for (const [key, turn] of turns) if (turn.start === start && turn.lecturer === lecturer) turns.delete(key);
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
