import { compareValue } from "../numbers.ts";
import { slotsByLecturer } from "./check.ts";
import type { Assignment } from "./check.ts";
import { helpFor } from "./help.ts";
import type { Hindered, UnfilledReason } from "./help.ts";
import { fitOf, fixedReasons, planReasons } from "./model.ts";
import type { FixedReason, LecturerInfo, Model, PlanReason, SlotInfo } from "./model.ts";
import { partOfWeek, tidy } from "./words.ts";
import type { Language } from "./words.ts";

export type { Language } from "./words.ts";

export interface Unfilled {
  slot: string;
  why: { reason: UnfilledReason; lecturers: string[] }[];
  help: string[];
}

const reasonOrder: readonly UnfilledReason[] = [
  "group-empty",
  "window",
  "busy",
  "requires",
  "day",
  "gap",
  "month",
  "used-elsewhere",
];

/** How well someone must know a topic for 「懂」. */
const knows = 0.5;

/** Lecturer id → name, for texts; ids stand where there is none. */
export type Names = Readonly<Record<string, string>>;

/** A finished plan with what is needed to talk about it. */
export class Explainer {
  private readonly model: Model;
  private readonly held: SlotInfo[][];
  private readonly language: Language;
  private readonly names: Names;
  private readonly byGroup: ReadonlyMap<string, readonly LecturerInfo[]>;

  constructor(model: Model, assignment: Assignment, language: Language, names: Names = {}) {
    this.model = model;
    this.held = slotsByLecturer(model, assignment);
    this.language = language;
    this.names = names;
    const byGroup = new Map<string, LecturerInfo[]>();
    for (const one of model.lecturers)
      for (const group of one.groups) {
        const list = byGroup.get(group);
        if (list) list.push(one);
        else byGroup.set(group, [one]);
      }
    this.byGroup = byGroup;
  }

  /** Why this lecturer has this slot, as short clauses that read well one after the other on a card. `next`: ids. */
  why(slot: SlotInfo, lecturer: LecturerInfo, next: readonly string[]): string[] {
    if (this.model.pinned.has(slot.index))
      return [this.say("这一场由管理员指定", "the admin chose you for this one")];
    const same = this.model.previous.get(slot.index) === lecturer.index;
    const [second] = next;
    return [
      ...(same ? [this.say("和上一版安排一样", "as in the plan before")] : []),
      ...this.turns(slot, lecturer),
      ...this.skill(slot, lecturer),
      this.say(`${partOfWeek(slot, "zh")}有空`, `free on ${partOfWeek(slot, "en")}s`),
      ...(second === undefined
        ? []
        : [this.say(`其次是${this.nameOf(second)}`, `next in line is ${this.nameOf(second)}`)]),
    ];
  }

  /** How often it is this lecturer's turn, beside those who share the group. */
  private turns(slot: SlotInfo, lecturer: LecturerInfo): string[] {
    const mine = this.load(lecturer);
    const peers = this.byGroup.get(slot.group) ?? [];
    if (peers.length < 2) return [];
    if (mine === 1 && lecturer.history.length === 0) return [this.say("还没轮到过", "have had no turn yet")];
    const mean = peers.reduce((total, one) => total + this.load(one), 0) / peers.length;
    const beside = this.say(
      `大家平均轮到 ${tidy(mean)} 次，您 ${mine} 次`,
      `people have ${tidy(mean)} turns on average, you ${mine}`,
    );
    return mine > mean + 0.5 ? [beside, ...this.more(lecturer, peers)] : [beside];
  }

  /** Why someone has more turns than others; nothing where neither past nor weight is the reason. */
  private more(lecturer: LecturerInfo, peers: readonly LecturerInfo[]): string[] {
    const mean = (value: (one: LecturerInfo) => number) =>
      peers.reduce((total, one) => total + value(one), 0) / peers.length;
    if (lecturer.weight > mean((one) => one.weight) + 1e-9)
      return [this.say("您的份额比大家多一些", "your share is larger")];
    // A colleague's leave moves the mean as well: only an account of their own below zero says that they had fewer.
    if (lecturer.credit < -1e-9 && lecturer.credit < mean((one) => one.credit) - 1e-9)
      return [this.say("之前轮到得比大家少", "you had fewer turns before")];
    return [];
  }

  private skill(slot: SlotInfo, lecturer: LecturerInfo): string[] {
    const best = bestTag(slot, lecturer);
    return best !== null && best.level >= knows ? [this.say(`懂${best.tag}`, `know ${best.tag}`)] : [];
  }

  /** At most 3 others who could take the slot with the rest of the plan fixed. */
  next(slot: SlotInfo, holder: LecturerInfo): string[] {
    return (this.byGroup.get(slot.group) ?? [])
      .filter((one) => one !== holder && this.against(one, slot).length === 0)
      .map((one) => ({ one, burden: this.burden(one), fit: fitOf(one, slot).value }))
      .sort(
        (a, b) => compareValue(a.burden, b.burden) || compareValue(b.fit, a.fit) || a.one.index - b.one.index,
      )
      .slice(0, 3)
      .map(({ one }) => one.id);
  }

  private load(one: LecturerInfo): number {
    return this.held[one.index]?.length ?? 0;
  }

  private burden(one: LecturerInfo): number {
    return (this.load(one) + one.credit) / one.weight;
  }

  /** What stands against a lecturer taking a slot beside everything else they hold. */
  private against(lecturer: LecturerInfo, slot: SlotInfo): (FixedReason | PlanReason)[] {
    const others = (this.held[lecturer.index] ?? []).filter((other) => other !== slot);
    return [...fixedReasons(lecturer, slot), ...planReasons(lecturer, slot, others)];
  }

  unfilled(slot: SlotInfo): Unfilled {
    const found = (this.byGroup.get(slot.group) ?? []).map((one): Hindered => ({
      one,
      name: this.nameOf(one.id),
      reasons: this.against(one, slot).map(asUnfilled),
      starts: [...one.history, ...(this.held[one.index] ?? [])],
    }));
    const why = reasonOrder.flatMap((reason) => {
      const lecturers = found.filter((entry) => (entry.reasons[0] ?? "used-elsewhere") === reason);
      return lecturers.length > 0 ? [{ reason, lecturers: lecturers.map((entry) => entry.one.id) }] : [];
    });
    if (found.length === 0) why.push({ reason: "group-empty", lecturers: [] });
    return { slot: slot.id, why, help: helpFor(slot, found, this.language) };
  }

  private nameOf(id: string): string {
    return this.names[id] ?? id;
  }

  private say(zh: string, en: string): string {
    return this.language === "zh" ? zh : en;
  }
}

function asUnfilled(reason: FixedReason | PlanReason): UnfilledReason {
  if (reason === "group") return "group-empty";
  return reason === "overlap" ? "used-elsewhere" : reason;
}

/** What of the session's topic (or of what it requires) the lecturer knows best. */
function bestTag(slot: SlotInfo, lecturer: LecturerInfo): { tag: string; level: number } | null {
  const topic = slot.topics.find((one) => one.id === fitOf(lecturer, slot).topic);
  const wanted = topic ? topic.tags : slot.requires;
  let best: { tag: string; level: number; worth: number } | null = null;
  for (const [tag, weight] of wanted) {
    const level = lecturer.expertise.get(tag) ?? 0;
    if (level > 0 && (best === null || weight * level > best.worth))
      best = { tag, level, worth: weight * level };
  }
  return best;
}
