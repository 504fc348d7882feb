import type { LecturerInfo, SlotInfo, Start } from "./model.ts";
import { listed, partOfWeek, people } from "./words.ts";
import type { Language } from "./words.ts";

export type UnfilledReason =
  | "group-empty"
  | "window"
  | "busy"
  | "requires"
  | "day"
  | "gap"
  | "month"
  | "used-elsewhere";

/** A member of the group with everything that stands in the way; `starts`: their other turns, history included. */
export interface Hindered {
  one: LecturerInfo;
  name: string;
  reasons: readonly UnfilledReason[];
  starts: readonly Start[];
}

/** What an admin can change most easily comes first. */
const easiest: readonly UnfilledReason[] = [
  "month",
  "gap",
  "requires",
  "window",
  "used-elsewhere",
  "day",
  "busy",
];

/** For an open slot: in a line what stands in the way, then the least that would help, for at most two people. */
export function helpFor(slot: SlotInfo, members: readonly Hindered[], language: Language): string[] {
  const say = (zh: string, en: string) => (language === "zh" ? zh : en);
  if (members.length === 0)
    return [
      say(
        `「${slot.group}」还没有讲师，先加上就能排`,
        `"${slot.group}" has no lecturers yet: add some first`,
      ),
    ];
  return [inTheWay(members, language), ...remedies(slot, members, language)];
}

function inTheWay(members: readonly Hindered[], language: Language): string {
  const first = new Map<UnfilledReason, number>();
  for (const { reasons } of members) {
    const reason = reasons[0] ?? "used-elsewhere";
    first.set(reason, (first.get(reason) ?? 0) + 1);
  }
  return [...first]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) => counted(reason, count, language))
    .join(language === "zh" ? "，" : ", ");
}

function counted(reason: UnfilledReason, count: number, language: Language): string {
  const who = people(count, language);
  const [zh, en] = standing[reason];
  return language === "zh" ? `${who}${zh}` : `${who} ${en}`;
}

const standing: Record<UnfilledReason, readonly [string, string]> = {
  "group-empty": ["不在这个组", "not in the group"],
  window: ["这个时段不讲", "not available at this hour"],
  busy: ["休假或有安排", "away or busy"],
  requires: ["还差要求的专长", "short of the required expertise"],
  day: ["当天已有一场", "with a session that day already"],
  gap: ["离上一场或下一场太近", "too close to another turn"],
  month: ["已到本月上限", "at the month's limit"],
  "used-elsewhere": ["同一时间在另一场", "in another session at that time"],
};

/** Those held back by the fewest rules; among them the easiest to change. Two people at most. */
function remedies(slot: SlotInfo, members: readonly Hindered[], language: Language): string[] {
  const kinds = (one: Hindered) => [...new Set(one.reasons)];
  const fewest = members.reduce((least, one) => Math.min(least, kinds(one).length), Infinity);
  const rank = (one: Hindered) => kinds(one).reduce((total, reason) => total + easiest.indexOf(reason), 0);
  const close = members.filter((one) => kinds(one).length === fewest);
  if (fewest > 2) {
    const zh = "每位都有三条以上的限制，换一个日期或并到别的场次更快";
    return [language === "zh" ? zh : "Everyone is held back by three rules or more: another date is quicker"];
  }
  return [...close]
    .sort((a, b) => rank(a) - rank(b) || a.one.index - b.one.index)
    .slice(0, 2)
    .map((one) => {
      const steps = kinds(one).map((reason) => remedy(reason, one, slot, language));
      return language === "zh" ? `${steps.join("，再")}，就能排上` : `${steps.join(" and ")} would fill it`;
    });
}

function remedy(
  reason: UnfilledReason,
  { one, name, starts }: Hindered,
  slot: SlotInfo,
  language: Language,
): string {
  const say = (zh: string, en: string) => (language === "zh" ? zh : en);
  const near = starts.reduce((least, other) => Math.min(least, Math.abs(other.day - slot.day)), Infinity);
  const inMonth = starts.filter((other) => other.month === slot.month).length;
  const lacking = slot.requires
    .filter(([tag, least]) => (one.expertise.get(tag) ?? 0) < least)
    .map(([tag]) => tag);
  switch (reason) {
    case "month":
      return say(
        `把${name}的每月上限放到 ${inMonth + 1}`,
        `raising ${name}'s monthly limit to ${inMonth + 1}`,
      );
    case "gap":
      return say(`把${name}的间隔放到 ${near} 天`, `letting ${name} speak ${near} days apart`);
    case "requires":
      return say(
        `不要求「${listed(lacking, "zh")}」而请${name}`,
        `asking ${name} without "${listed(lacking, "en")}"`,
      );
    case "window":
      return say(
        `问问${name}${partOfWeek(slot, "zh")}行不行`,
        `asking ${name} for ${partOfWeek(slot, "en")}s`,
      );
    case "busy":
      return say(`请${name}挪开当时的安排`, `moving what ${name} has then`);
    case "day":
      return say(`把${name}当天的另一场换给别人`, `giving ${name}'s other session that day to someone else`);
    case "used-elsewhere":
      return say(
        `把${name}同一时间的另一场换给别人`,
        `giving ${name}'s session at that time to someone else`,
      );
    case "group-empty":
      return say(`请${name}加入这个组`, `having ${name} join the group`);
  }
}
