import { compareValue } from "../numbers.ts";
import { slotsByLecturer } from "./check.ts";
import type { Assignment } from "./check.ts";
import { fitOf, fixedReasons, planReasons } from "./model.ts";
import type { FixedReason, LecturerInfo, Model, PlanReason, SlotInfo } from "./model.ts";

export type Language = "zh" | "en";
export type UnfilledReason =
  | "group-empty"
  | "window"
  | "busy"
  | "requires"
  | "day"
  | "gap"
  | "month"
  | "used-elsewhere";

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

/** A finished plan with what is needed to talk about it. */
export class Explainer {
  private readonly model: Model;
  private readonly assignment: Assignment;
  private readonly held: SlotInfo[][];
  private readonly language: Language;

  constructor(model: Model, assignment: Assignment, language: Language) {
    this.model = model;
    this.assignment = assignment;
    this.held = slotsByLecturer(model, assignment);
    this.language = language;
  }

  /** Why this lecturer has this slot, in short sentences. */
  why(slot: SlotInfo, lecturer: LecturerInfo): string[] {
    if (this.model.pinned.has(slot.index)) return [this.say("管理员锁定了这一场", "Pinned by the admin")];
    const lines: string[] = [];
    if (this.model.previous.get(slot.index) === lecturer.index)
      lines.push(this.say("和上一版排期相同", "As in the schedule before"));
    const skill = bestTag(slot, lecturer);
    if (skill)
      lines.push(this.say(`擅长${skill.tag}(${skill.level})`, `Knows ${skill.tag} (${skill.level})`));
    if (lecturer.cover !== null) lines.push(this.say("这个时段有空", "Free at this time"));
    return [...lines, this.turnText(lecturer)];
  }

  private turnText(lecturer: LecturerInfo): string {
    const load = this.held[lecturer.index]?.length ?? 0;
    const owed = lecturer.credit;
    const before = owed === 0 ? "" : this.say(`,此前累计 ${tidy(owed)}`, `, ${tidy(owed)} before`);
    return this.say(`这一期共 ${load} 场${before}`, `${load} in this plan${before}`);
  }

  /** At most 3 others who could take the slot with the rest of the plan fixed. */
  next(slot: SlotInfo, holder: LecturerInfo): string[] {
    return this.free(slot)
      .filter((one) => one !== holder)
      .map((one) => ({ one, burden: this.burden(one), fit: fitOf(one, slot).value }))
      .sort(
        (a, b) => compareValue(a.burden, b.burden) || compareValue(b.fit, a.fit) || a.one.index - b.one.index,
      )
      .slice(0, 3)
      .map(({ one }) => one.id);
  }

  private burden(one: LecturerInfo): number {
    return ((this.held[one.index]?.length ?? 0) + one.credit) / one.weight;
  }

  private free(slot: SlotInfo): LecturerInfo[] {
    return this.model.lecturers.filter(
      (one) => one.groups.has(slot.group) && this.against(one, slot).length === 0,
    );
  }

  /** What stands against a lecturer taking a slot beside everything else they hold. */
  private against(lecturer: LecturerInfo, slot: SlotInfo): (FixedReason | PlanReason)[] {
    const others = (this.held[lecturer.index] ?? []).filter((other) => other !== slot);
    return [...fixedReasons(lecturer, slot), ...planReasons(lecturer, slot, others)];
  }

  unfilled(slot: SlotInfo): Unfilled {
    const members = this.model.lecturers.filter((one) => one.groups.has(slot.group));
    const found = members.map((one) => ({ one, reasons: this.against(one, slot).map(asUnfilled) }));
    const why = reasonOrder.flatMap((reason) => {
      const lecturers = found.filter((entry) => (entry.reasons[0] ?? "used-elsewhere") === reason);
      return lecturers.length > 0 ? [{ reason, lecturers: lecturers.map((entry) => entry.one.id) }] : [];
    });
    if (members.length === 0) why.push({ reason: "group-empty", lecturers: [] });
    return { slot: slot.id, why, help: this.help(slot, found) };
  }

  private help(slot: SlotInfo, found: { one: LecturerInfo; reasons: UnfilledReason[] }[]): string[] {
    if (found.length === 0)
      return [this.say(`先给「${slot.group}」加上讲师`, `Add lecturers to "${slot.group}" first`)];
    const single = reasonOrder.flatMap((reason) => {
      const names = found
        .filter((entry) => new Set(entry.reasons).size === 1 && entry.reasons[0] === reason)
        .map((entry) => entry.one.id);
      return names.length > 0 ? [this.helpText(reason, names)] : [];
    });
    return single.length > 0
      ? single
      : [this.say("换一个日期,或者合并到别的场次", "Choose another date, or merge it with another session")];
  }

  private helpText(reason: UnfilledReason, names: readonly string[]): string {
    const who = names.slice(0, 3).join("、") + (names.length > 3 ? this.say(" 等", " and others") : "");
    const [zh, en] = helpTexts[reason];
    return this.say(
      `${who}:${zh}`,
      `${names.slice(0, 3).join(", ")}${names.length > 3 ? " and others" : ""}: ${en}`,
    );
  }

  private say(zh: string, en: string): string {
    return this.language === "zh" ? zh : en;
  }
}

/** What would make the slot possible for someone held back by this one reason only. */
const helpTexts: Record<UnfilledReason, readonly [string, string]> = {
  "group-empty": ["加入讲师群", "join the group"],
  window: ["如果能放宽可讲时段,就可以讲", "could speak with wider hours"],
  busy: ["如果能挪开日程,就可以讲", "could speak if the busy time moves"],
  requires: ["只差所需领域的熟练度", "only the required expertise is missing"],
  day: ["同一天已有一场,错开日期就可以讲", "already speaks that day; another date would do"],
  gap: ["如果间隔可以短一些,就可以讲", "could speak with a shorter gap"],
  month: ["如果本月可以多讲一次,就可以讲", "could speak with one more turn this month"],
  "used-elsewhere": ["如果把另一场换给别人,就可以讲", "could speak if another of their sessions moves"],
};

function asUnfilled(reason: FixedReason | PlanReason): UnfilledReason {
  if (reason === "group") return "group-empty";
  return reason === "overlap" ? "used-elsewhere" : reason;
}

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

function tidy(value: number): string {
  return String(Math.round(value * 100) / 100);
}
