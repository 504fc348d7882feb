import type { Fairness, PersonFairness, Tally } from "./fairness.ts";
import type { Language } from "./words.ts";
import { tidy } from "./words.ts";

/** Up to here two people stand level: nobody can have a fraction of a turn. */
const level = 0.75;
type Name = (id: string) => string;

/** The whole in one or two sentences: 「14 位讲师，30 场。…」 */
export function fairnessHeadline(fairness: Fairness, name: Name, language: Language): string {
  const { people, turns, most, least } = fairness;
  const zh = language === "zh";
  if (!most || !least || turns === 0)
    return zh ? "这段时间还没有分享，没有可比的。" : "No sessions in this time, so nothing to compare.";
  const opening = zh
    ? `${people.length} 位讲师，${turns} 场。`
    : `${counted(people.length, "lecturer")}, ${counted(turns, "session")}.`;
  if (most.balance < level && least.balance > -level)
    return zh
      ? `${opening}按各自的份额，每个人都差不到一次。`
      : `${opening} Everyone is within one turn of their share.`;
  const far = [
    ...(most.balance >= level ? [far1(most, name, zh)] : []),
    ...(least.balance <= -level ? [far1(least, name, zh)] : []),
  ];
  return zh
    ? `${opening}差得最多的是${far.join("和")}。${least.balance <= -level ? `接下来先排${name(least.lecturer)}。` : ""}`
    : `${opening} Furthest from their share: ${far.join(" and ")}.${least.balance <= -level ? ` ${name(least.lecturer)} comes first from now on.` : ""}`;
}

function far1({ lecturer, balance }: { lecturer: string; balance: number }, name: Name, zh: boolean): string {
  const by = tidy(Math.abs(balance));
  if (zh) return `${name(lecturer)}（${balance > 0 ? "多" : "少"} ${by} 次）`;
  return `${name(lecturer)} (${by} ${balance > 0 ? "more" : "fewer"})`;
}

/** One person's account as a sentence: what would be fair, what was had, and what did not count. */
export function personWords({ total }: PersonFairness, language: Language): string {
  return language === "zh"
    ? `${[...baseZh(total), ...besidesZh(total)].join("，")}。`
    : `${[...baseEn(total), ...besidesEn(total)].join("; ")}.`;
}

const spoken = ({ had, lost, opening }: Tally) => had + lost + opening;

function baseZh(one: Tally): string[] {
  const place =
    one.balance <= -level
      ? `少 ${tidy(-one.balance)} 次，接下来先轮到`
      : one.balance >= level
        ? `多 ${tidy(one.balance)} 次，接下来往后排`
        : "和大家差不多";
  return [`按份额约 ${tidy(one.due)} 次，讲了 ${tidy(spoken(one))} 次`, place];
}

function besidesZh(one: Tally): string[] {
  return [
    ...(one.lost > 0 ? [`其中 ${one.lost} 次被公司取消，也算讲了`] : []),
    ...(one.opening > 0 ? [`其中 ${tidy(one.opening)} 次是导入前讲的`] : []),
    ...(one.declined > 0 ? [`有 ${one.declined} 次没能来，不加不减`] : []),
    ...(one.extra > 0 ? [`另外自愿加讲 ${one.extra} 次`] : []),
    ...(one.excused > 0 ? [`请假或暂停期间的 ${one.excused} 场不用分担`] : []),
    ...(one.corrected !== 0 ? [`管理员更正 ${signed(one.corrected)} 次`] : []),
  ];
}

function baseEn(one: Tally): string[] {
  const place =
    one.balance <= -level
      ? `${tidy(-one.balance)} fewer, so first in line`
      : one.balance >= level
        ? `${tidy(one.balance)} more, so later in line`
        : "level with the others";
  return [`A share of about ${tidy(one.due)}, ${counted(spoken(one), "turn")} had`, place];
}

function besidesEn(one: Tally): string[] {
  return [
    ...(one.lost > 0 ? [`${one.lost} of them cancelled by the company, which counts as had`] : []),
    ...(one.opening > 0 ? [`${tidy(one.opening)} of them before the records begin`] : []),
    ...(one.declined > 0 ? [`declined ${times(one.declined)}, which changes nothing`] : []),
    ...(one.extra > 0 ? [`volunteered for ${one.extra} more`] : []),
    ...(one.excused > 0 ? [`${counted(one.excused, "session")} during leave or a pause not shared`] : []),
    ...(one.corrected !== 0 ? [`corrected by an admin: ${signed(one.corrected)}`] : []),
  ];
}

const signed = (turns: number) => `${turns > 0 ? "+" : "−"}${tidy(Math.abs(turns))}`;
const times = (count: number) => (count === 1 ? "once" : `${count} times`);
const counted = (count: number, what: string) => `${tidy(count)} ${what}${count === 1 ? "" : "s"}`;
