/** What people may intend, and the record of what they did. Plain data: the walk's script and its log. */
export type Intent =
  | {
      do: "press";
      message: string;
      card: string;
      words: string[];
      say?: string;
      about: About;
    }
  | { do: "check in"; chat: string; until: number; about: About }
  | { do: "rsvp"; message: string; answer: "accept" | "decline"; about: About }
  | { do: "upload"; how: "file" | "link"; title: string; topic: string; about: About }
  | { do: "ask"; text: string; source: string }
  | { do: "busy"; summary: string; from: number; to: number }
  | { do: "leave"; kind: string; from: number; to: number }
  | { do: "resign" };

/** The session an act is about, as far as the card told. */
interface About {
  start?: number;
  group?: string;
  title?: string;
  score?: number;
}

export interface Plan {
  at: number;
  /** open_id of whoever acts. */
  who: string;
  /** Unique: a plan made twice is one plan. */
  key: string;
  intent: Intent;
  tries: number;
}

export interface Act {
  at: number;
  who: string;
  intent: Intent;
  /**
   * done = it took effect; gone = the button was no longer there, or the client itself refused; unsure = no reply came,
   * it is tried again; failed = no reply to the end, or Feishu refused.
   */
  result: "done" | "gone" | "unsure" | "failed";
  reply: string;
}

/** Plans in order of time, then key; each key once. */
export class Agenda {
  readonly #plans: Plan[] = [];
  readonly #known = new Set<string>();

  add(plan: Omit<Plan, "tries">): void {
    if (this.#known.has(plan.key)) return;
    this.#known.add(plan.key);
    this.#insert({ ...plan, tries: 0 });
  }

  /** The same plan again at a later time. */
  again(plan: Plan, at: number): void {
    this.#insert({ ...plan, at, tries: plan.tries + 1 });
  }

  take(now: number): Plan | undefined {
    const first = this.#plans[0];
    return first && first.at <= now ? this.#plans.shift() : undefined;
  }

  nextDue(): number | null {
    return this.#plans[0]?.at ?? null;
  }

  #insert(plan: Plan): void {
    const before = (other: Plan) => other.at < plan.at || (other.at === plan.at && other.key < plan.key);
    let low = 0;
    let high = this.#plans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#plans[middle];
      if (other && before(other)) low = middle + 1;
      else high = middle;
    }
    this.#plans.splice(low, 0, plan);
  }
}
