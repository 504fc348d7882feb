import type { Company } from "../case/generate.ts";
import type { Person } from "../case/org.ts";
import { SUBJECTS, type Subject } from "../case/topics.ts";
import { dateOf } from "../case/dates.ts";
import { type Kind, kindOf, type Message } from "./reading.ts";

export interface Talk {
  start: number;
  group: string;
  lecturer: string;
  title: string;
  topic: string;
  prepared: boolean;
}

/** What the people of the company know together: who they are, the cards they hold, what was said and done so far. */
export class Memory {
  readonly company: Company;
  readonly people: Map<string, Person>;
  /** Latest view of every message, and how often its kind has changed. */
  readonly messages = new Map<string, Message>();
  /** Each message as it was sent: a card that has changed may have lost its title. */
  readonly first = new Map<string, Message>();
  readonly steps = new Map<string, { kind: Kind; count: number }>();
  /** `open_id|start` of turns that their lecturer has answered. */
  readonly answered = new Set<string>();
  readonly titles = new Set<string>();
  readonly #talks: Talk[] = [];
  readonly #chats: Map<string, { group: string; audience: "lecturers" | "learners"; members: string[] }>;
  /** People who have left. */
  readonly gone = new Set<string>();

  constructor(company: Company) {
    this.company = company;
    this.people = new Map(company.org.people.map((person) => [person.open_id, person]));
    this.#chats = new Map(company.chats.map((chat) => [chat.chat_id, chat]));
  }

  get seed(): number {
    return this.company.seed;
  }

  chat(id: string) {
    return this.#chats.get(id) ?? null;
  }

  /** Keeps the view; true when the card has become one of another kind since it was last seen. */
  see(message: Message): boolean {
    this.messages.set(message.message_id, message);
    if (!this.first.has(message.message_id)) this.first.set(message.message_id, message);
    const kind = kindOf(message);
    const before = this.steps.get(message.message_id);
    if (before?.kind === kind) return false;
    this.steps.set(message.message_id, { kind, count: (before?.count ?? 0) + 1 });
    return true;
  }

  note(talk: Talk): void {
    const before = this.#talks.findIndex((entry) => entry.group === talk.group && entry.start === talk.start);
    if (before >= 0) this.#talks.splice(before, 1);
    this.#talks.push(talk);
  }

  /** The talk of that title given last before `time` (same day first). */
  talk(title: string, time: number): Talk | null {
    const named = this.#talks.filter((entry) => entry.title === title && entry.start <= time);
    return named.findLast((entry) => dateOf(entry.start) === dateOf(time)) ?? named.at(-1) ?? null;
  }

  talkAt(group: string, start: number): Talk | null {
    return this.#talks.find((entry) => entry.group === group && entry.start === start) ?? null;
  }
}

/** The subject named in a text, the longest name first (客户维护技巧 is also a group). */
export function subjectIn(text: string): Subject | null {
  const named = SUBJECTS.filter((subject) => text.includes(subject.name));
  return named.sort((a, b) => text.lastIndexOf(b.name) - text.lastIndexOf(a.name))[0] ?? null;
}
