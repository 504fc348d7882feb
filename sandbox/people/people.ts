import type { Company } from "../case/generate.ts";
import { MINUTE } from "../case/dates.ts";
import { type Act, Agenda, type Intent, type Plan } from "./acts.ts";
import { Memory } from "./memory.ts";
import { react } from "./react.ts";
import { button, kindOf, type Message } from "./reading.ts";
import { Upload } from "./upload.ts";
import { wishes } from "./wishes.ts";
import type { Pressed, Wire } from "./wire.ts";

const HOUR = 60 * MINUTE;
/** A press that got no reply (the server was down, a fault was injected) is tried again after these waits. */
const PATIENCE = [2 * MINUTE, 10 * MINUTE, HOUR, 3 * HOUR];

/** Everybody of the company: reads what is new, does what is due, keeps a log of every act. */
export class People {
  readonly log: Act[] = [];
  readonly seen: Message[] = [];
  readonly memory: Memory;
  readonly #wire: Wire;
  readonly #agenda = new Agenda();
  readonly #upload: Upload;
  readonly #base: string;
  #read = 0;

  constructor(company: Company, wire: Wire, base: { shared: string }) {
    this.memory = new Memory(company);
    this.#wire = wire;
    this.#base = base.shared;
    this.#upload = new Upload(wire, base.shared);
    this.#foreseen(company);
  }

  /** Leave and departures of the case that lie ahead of its start; those before are posted when it is loaded. */
  #foreseen(company: Company): void {
    const { leave, departures } = company.calendar;
    for (const wish of wishes(company)) this.#agenda.add(wish);
    for (const entry of leave.filter(({ asked }) => asked > company.start)) {
      const intent = { do: "leave" as const, kind: entry.kind, from: entry.from, to: entry.to };
      this.#agenda.add({
        at: entry.asked,
        who: entry.open_id,
        key: `leave|${entry.open_id}|${entry.from}`,
        intent,
      });
    }
    for (const entry of departures)
      this.#agenda.add({
        at: entry.at,
        who: entry.open_id,
        key: `resign|${entry.open_id}`,
        intent: { do: "resign" },
      });
  }

  /** Reads and acts until nothing is left at `now`; returns when somebody wants to act next. */
  async pass(now: number): Promise<number | null> {
    for (;;) {
      await this.#readAll(now);
      const plan = this.#agenda.take(now);
      if (!plan) return this.#agenda.nextDue();
      await this.#perform(plan, now);
    }
  }

  async #readAll(now: number): Promise<void> {
    const fresh = await this.#wire.inbox(this.#read);
    for (const message of fresh) {
      this.#read = Math.max(this.#read, message.n);
      this.seen.push(message);
      if (!this.memory.see(message)) continue;
      for (const draft of react(this.memory, message, now))
        this.#agenda.add({ ...draft, at: Math.max(wholeMinute(draft.at), now) });
    }
  }

  async #perform(plan: Plan, now: number): Promise<void> {
    if (this.memory.gone.has(plan.who)) return;
    try {
      const { result, reply } = await this.#carryOut(plan, now);
      const wait = result === "failed" ? PATIENCE[plan.tries] : undefined;
      if (wait !== undefined) this.#agenda.again(plan, now + wait);
      if (result === "later") return;
      this.log.push({
        at: now,
        who: plan.who,
        intent: plan.intent,
        result: wait === undefined ? result : "unsure",
        reply,
      });
    } catch (error) {
      this.log.push({
        at: now,
        who: plan.who,
        intent: plan.intent,
        result: "failed",
        reply: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #carryOut(plan: Plan, now: number): Promise<{ result: Act["result"] | "later"; reply: string }> {
    const { intent } = plan;
    if (intent.do === "press") return this.#press(plan, intent);
    if (intent.do === "check in") return this.#checkIn(plan, intent, now);
    if (intent.do === "rsvp") return this.#rsvp(plan, intent);
    if (intent.do === "upload") return this.#bring(plan, intent, now);
    if (intent.do !== "ask") return this.#live(plan, intent);
    await this.#wire.submit(plan.who, this.#base, "学员需求", { 内容: intent.text, 来源: intent.source });
    return { result: "done" as const, reply: "" };
  }

  async #press(plan: Plan, intent: Extract<Intent, { do: "press" }>) {
    const message = this.memory.messages.get(intent.message);
    const label = message ? button(message, ...intent.words) : null;
    const turn = `${plan.who}|${intent.about.start ?? ""}`;
    const answers = intent.card === "invite" || intent.card === "follow-up";
    // No reply came the first time, and now the card is one line of what was decided: the press had arrived.
    if (!label && plan.tries > 0 && message && !message.buttons.some(({ callback }) => callback))
      return { result: "done" as const, reply: message.texts.join(" ") };
    if (!label || (answers && this.memory.answered.has(turn))) return { result: "gone" as const, reply: "" };
    const reply = await this.#wire.press({
      as: plan.who,
      message_id: intent.message,
      button: label,
      ...formOf(message, label, intent.say),
    });
    if (reply.ok && answers) this.memory.answered.add(turn);
    return { result: resultOf(reply), reply: reply.toast };
  }

  /** Looks for the day's card with 签到 on it in the chat; comes back a little later if it is not there yet. */
  async #checkIn(plan: Plan, intent: Extract<Intent, { do: "check in" }>, now: number) {
    const start = intent.about.start ?? 0;
    const fits = (message: Message) =>
      message.chat_id === intent.chat && kindOf(message) === "day-of" && button(message, "签到") !== null;
    const card = [...this.memory.messages.values()].findLast(
      (message) => fits(message) && Math.abs(message.create_time - start) < 20 * HOUR,
    );
    if (!card) {
      if (now + 3 * MINUTE > intent.until) return { result: "gone" as const, reply: "no card to check in" };
      this.#agenda.again({ ...plan, tries: 0 }, now + 3 * MINUTE);
      return { result: "later" as const, reply: "" };
    }
    const reply = await this.#wire.press({
      as: plan.who,
      message_id: card.message_id,
      button: button(card, "签到") ?? "签到",
    });
    return { result: resultOf(reply), reply: reply.toast };
  }

  /** Accepts in the calendar; whoever finds no event there takes the card after all. */
  async #rsvp(plan: Plan, intent: Extract<Intent, { do: "rsvp" }>) {
    const start = intent.about.start;
    if (start === undefined || this.memory.answered.has(`${plan.who}|${start}`))
      return { result: "gone" as const, reply: "" };
    if (!(await this.#wire.rsvp(plan.who, start, intent.answer))) {
      const card = {
        do: "press" as const,
        message: intent.message,
        card: "invite",
        words: ["可以,我来讲"],
        about: intent.about,
      };
      plan.intent = card;
      return this.#press(plan, card);
    }
    this.memory.answered.add(`${plan.who}|${start}`);
    return { result: "done" as const, reply: "" };
  }

  async #bring(plan: Plan, intent: Extract<Intent, { do: "upload" }>, now: number) {
    const brought = await this.#upload.bring(
      plan.who,
      (who) => this.memory.people.get(who)?.name ?? "",
      intent,
      this.memory.titles,
    );
    if (!brought) return { result: "gone" as const, reply: "no session of theirs on that day" };
    this.memory.titles.add(brought.title);
    intent.title = brought.title;
    intent.about = { start: brought.start, group: brought.group, title: brought.title };
    if (brought.start > now) {
      this.memory.note({
        start: brought.start,
        group: brought.group,
        lecturer: plan.who,
        title: brought.title,
        topic: intent.topic,
        prepared: true,
      });
    }
    return { result: "done" as const, reply: "" };
  }

  async #live(plan: Plan, intent: Extract<Intent, { do: "leave" | "busy" | "resign" }>) {
    if (intent.do === "resign") {
      await this.#wire.resign(plan.who);
      this.memory.gone.add(plan.who);
    } else if (intent.do === "leave") await this.#wire.leave(plan.who, intent);
    else await this.#wire.busy(plan.who, intent);
    return { result: "done" as const, reply: "" };
  }
}

/** People act on the minute: those who act in the same one are one step of the clock. */
function wholeMinute(time: number): number {
  return Math.ceil(time / MINUTE) * MINUTE;
}

function resultOf(reply: Pressed): "done" | "gone" | "failed" {
  return reply.ok ? "done" : reply.refused ? "gone" : "failed";
}

/** What is written into the card's form, if the button sends one. */
function formOf(
  message: Message | undefined,
  label: string,
  say: string | undefined,
): { form?: Record<string, string> } {
  const pressed = message?.buttons.find((entry) => entry.text === label);
  const field = message?.inputs.find((entry) => entry.tag === "input" && entry.form === pressed?.form)?.name;
  return say !== undefined && pressed?.submit && field ? { form: { [field]: say } } : {};
}
