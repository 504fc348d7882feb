import { periodWords, whenWords } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import type { TodoKind } from "./kinds.ts";

type Detail = Record<string, string | number | string[]>;
type Words = (detail: (key: string) => string, language: "zh" | "en") => { zh: string; en: string };

const line: Record<TodoKind, Words> = {
  "delivery-failed": (d) => ({
    zh: `没发出去：${d("template") || d("kind")}（${d("why")}）`,
    en: `Not delivered: ${d("template") || d("kind")} (${d("why")})`,
  }),
  "delivery-uncertain": (d) => ({
    zh: `不确定到没到，请看一眼：${d("template") || d("kind")}`,
    en: `May or may not have arrived: ${d("template") || d("kind")}`,
  }),
  "record-problem": (d) => ({ zh: d("text"), en: d("text") }),
  "settings-problem": (d) => ({ zh: d("text"), en: d("text") }),
  unconfirmed: (d) => ({
    zh: `还没定：${d("label")}（${d("when")}）`,
    en: `Not confirmed: ${d("label")} (${d("when")})`,
  }),
  "no-substitute": (d) => ({
    zh: `没找到代讲：${d("label")}（${d("when")}）`,
    en: `No substitute yet: ${d("label")} (${d("when")})`,
  }),
  unfilled: (d) => ({
    zh: `还没有讲师：${d("label")}（${d("when")}）`,
    en: `No lecturer yet: ${d("label")} (${d("when")})`,
  }),
  "held-or-not": (d) => ({ zh: `开了还是没开成：${d("label")}`, en: `Did it take place: ${d("label")}` }),
  award: (d) => ({
    zh: d("why")
      ? `${d("period")}「${d("award")}」并列，分不出先后，没有自动授予：${d("lecturers")}`
      : `请您定：${d("lecturer")} 的${d("period")}「${d("award")}」`,
    en: d("why")
      ? `${d("award")}, ${d("period")}: tied at the cut, so nobody was suggested: ${d("lecturers")}`
      : `To decide: ${d("award")}, ${d("lecturer")}, ${d("period")}`,
  }),
  care: (d) => ({
    zh: d("wish") ? `${d("lecturer")}：主管想请您${d("wish")}` : `关于 ${d("lecturer")} 的关怀提醒还没有人看`,
    en: d("wish")
      ? `${d("lecturer")}: the manager asks you to ${d("wish")}`
      : `A care note about ${d("lecturer")} lies untouched`,
  }),
  schedule: (d) => ({
    zh: `排期待您看一眼 ${d("label")}`.trim(),
    en: `A schedule to look at ${d("label")}`.trim(),
  }),
  volunteer: (d) => ({
    zh: `${d("lecturer")} 想报名：${d("label")}（${d("when")}）`,
    en: `${d("lecturer")} volunteers: ${d("label")} (${d("when")})`,
  }),
  "person-left": (d) => ({
    zh: `${d("lecturer")} 已离开，这场空出来了：${d("label")}（${d("when")}）`,
    en: `${d("lecturer")} has left; open again: ${d("label")} (${d("when")})`,
  }),
  "chat-gone": (d) => ({ zh: d("why"), en: d("why") }),
  "base-drift": (d) => ({
    zh: `表格字段有变动：${d("table")} ${d("fields")}`.trim(),
    en: `Fields changed: ${d("table")} ${d("fields")}`.trim(),
  }),
  "close-preview": (d) => ({
    zh: `${d("period")}明天结算：${d("lecturers")} 位讲师共 ${d("points")} 分，建议称号 ${d("awards")} 个`,
    en: `${d("period")} closes tomorrow: ${d("points")} points for ${d("lecturers")} lecturers, ${d("awards")} awards suggested`,
  }),
  absent: (d) => ({
    zh: `${d("lecturer")} 那天不在，还没改：${d("label")}（${d("when")}）`,
    en: `${d("lecturer")} is away that day, nothing chosen yet: ${d("label")} (${d("when")})`,
  }),
  "day-off": (d) => ({
    zh: `这天放假或不排分享：${d("label")}（${d("when")}）`,
    en: `A day off or without sessions: ${d("label")} (${d("when")})`,
  }),
  "points-question": (d) => ({
    zh: `${d("lecturer")} 对一条积分有疑问：${d("text")}`,
    en: `${d("lecturer")} asks about an entry: ${d("text")}`,
  }),
  "topic-suggested": (d) => ({
    zh: `新话题「${d("topic")}」有 ${d("count")} 条在问，要加进主题吗？`,
    en: `New topic "${d("topic")}" (${d("count")} ask): use it?`,
  }),
};

/** One line for the daily summary and the screen: what waits, and about what. */
export function todoLine(ctx: Ctx, item: { kind: string; detail: Detail }): string {
  const { language } = ctx.settings;
  const detail = (key: string): string => {
    if (key === "when")
      return typeof item.detail["start"] === "number"
        ? whenWords(item.detail["start"], undefined, { now: ctx.now, zone: ctx.workspace.timezone, language })
        : "";
    const value = item.detail[key];
    if (value === undefined) return "";
    if (key === "period") return periodWords(String(value), language);
    return Array.isArray(value) ? value.join("、") : String(value);
  };
  const words = line[item.kind as TodoKind];
  const said = words ? words(detail, language)[language] : item.kind;
  return said.replace(/[（(]\s*[）)]/g, "");
}
