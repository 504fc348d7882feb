import { at, dateOf, plusDays, weekday } from "../case/dates.ts";
import { z } from "zod";

/** A message as a person sees it: visible texts and buttons, where it lies, and nothing of what a button sends. */
export const messageSchema = z.object({
  n: z.number(),
  message_id: z.string(),
  chat_id: z.string(),
  p2p: z.boolean(),
  to: z.array(z.string()),
  create_time: z.coerce.number(),
  update_time: z.coerce.number(),
  texts: z.array(z.string()),
  title: z.string().nullish(),
  color: z.string().nullish(),
  sender: z.object({ kind: z.string() }).default({ kind: "app" }),
  deleted: z.boolean().default(false),
  buttons: z.array(
    z.object({
      text: z.string(),
      url: z.string().nullish(),
      callback: z.boolean().nullish(),
      disabled: z.boolean().nullish(),
      submit: z.boolean().nullish(),
      form: z.string().nullish(),
    }),
  ),
  inputs: z
    .array(z.object({ name: z.string(), tag: z.string().nullish(), form: z.string().nullish() }))
    .default([]),
});
export type Message = z.infer<typeof messageSchema>;

export type Kind =
  | "invite"
  | "follow-up"
  | "dates"
  | "reasons"
  | "reminder"
  | "content missing"
  | "uploaded"
  | "announcement"
  | "update"
  | "day-of"
  | "rating"
  | "rated"
  | "rating reminder"
  | "write thanks"
  | "topics"
  | "peers"
  | "care edit"
  | "echo"
  | "thanks"
  | "substitute"
  | "swap"
  | "award"
  | "offer"
  | "care"
  | "care outcome"
  | "report"
  | "survey"
  | "motive"
  | "preference"
  | "used it"
  | "to-do"
  | "other";

/** Text without spaces and punctuation: what a reader compares, whatever width the commas have. */
export function plain(text: string): string {
  return text.replace(/[\s\p{P}\p{S}]/gu, "");
}

/** The first button whose label starts with one of the words; a word of one sign must be the whole label. */
export function button(message: Pick<Message, "buttons">, ...words: string[]): string | null {
  const fits = (label: string, word: string) =>
    word.length === 1 ? label === word : word !== "" && label.startsWith(word);
  const open = message.buttons.filter((entry) => entry.disabled !== true);
  return (
    words.map((word) => open.find((entry) => fits(plain(entry.text), plain(word)))).find(Boolean)?.text ??
    null
  );
}

/** The trial's mark: a message shown to the admin in place of its addressee. Nobody reacts to those. */
export function isTrial(message: Message): boolean {
  return message.texts.some((text) => /试运行\s*·/.test(text));
}

const BY_TITLE: [RegExp, Kind][] = [
  [/想请您来分享/, "invite"],
  [/这场[，,]?您方便吗|这场分享[，,]您方便吗/, "follow-up"],
  [/素材帮您找好了|材料已就位/, "reminder"],
  [/材料还差一步|想问问/, "content missing"],
  [/可以提前看了/, "announcement"],
  [/有更新$/, "update"],
  [/对你有用吗/, "rating"],
  [/你怎么看/, "rating reminder"],
  [/写句感谢给/, "write thanks"],
  [/大家听进去了|来听了/, "echo"],
  [/用上了您讲的/, "thanks"],
  [/用上了吗/, "used it"],
  [/能帮.*讲一场/, "substitute"],
  [/想和您对换/, "swap"],
  [/想和哪位同事对换/, "peers"],
  [/换一个想讲的主题/, "topics"],
  [/恭喜您获得/, "award"],
  [/给您留了一个机会/, "offer"],
  [/可以关心一下/, "care"],
  [/改好后/, "care edit"],
  [/聊过之后|关怀提醒.*有帮助/, "care outcome"],
  [/内训月报/, "report"],
  [/还愿意分享吗/, "survey"],
  [/什么更能打动/, "motive"],
  [/什么最让您觉得值得/, "preference"],
  [/签到$|\d{1,2}:\d{2}.*讲《|的分享[，,]先看|马上开始/, "day-of"],
];

/** The same by buttons, for cards whose title an admin has reworded and for steps inside a card. */
const BY_BUTTON: [string[], Kind][] = [
  [["5 很有用"], "rating"],
  [["提交", "重选"], "rated"],
  [["可以,我来讲"], "invite"],
  [["出差"], "reasons"],
  [["和同事对换"], "dates"],
  [["口头分享"], "content missing"],
  [["用模板开始"], "reminder"],
  [["撤回"], "uploaded"],
  [["签到"], "day-of"],
  [["同意对换"], "swap"],
  [["我来讲"], "substitute"],
  [["很愿意"], "survey"],
  [["被认可"], "preference"],
  [["开了", "没开成", "批准", "改期", "同意", "可以通知"], "to-do"],
];

/** What kind of card this is, judged by what is printed on it. */
export function kindOf(message: Message): Kind {
  const title = message.title ?? message.texts[0] ?? "";
  return (
    BY_TITLE.find(([pattern]) => pattern.test(title))?.[1] ??
    BY_BUTTON.find(([words]) => button(message, ...words))?.[1] ??
    "other"
  );
}

/** The talk's title between 《 and 》, wherever it stands. */
export function titleIn(message: Message): string | null {
  for (const text of [message.title ?? "", ...message.texts]) {
    const found = /《([^》]+)》/.exec(text)?.[1];
    if (found) return found;
  }
  return null;
}

/** Local date named in a text, read on the day it was sent: 「下周三(12月2日)」, 今天, 明天, 本周五, 12月2日. */
export function dateIn(text: string, sentAt: number): string | null {
  const sent = dateOf(sentAt);
  const absolute = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日/.exec(text);
  if (absolute) return nearest(sent, absolute[1], Number(absolute[2]), Number(absolute[3]));
  if (text.includes("今天")) return sent;
  if (text.includes("明天")) return plusDays(sent, 1);
  const named = /(本|下)周([一二三四五六日])/.exec(text);
  if (!named) return null;
  const monday = plusDays(sent, 1 - weekday(sent) + (named[1] === "下" ? 7 : 0));
  return plusDays(monday, "一二三四五六日".indexOf(named[2] ?? "一"));
}

function nearest(sent: string, year: string | undefined, month: number, day: number): string {
  const of = (y: number) => `${y}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  if (year) return of(Number(year));
  const own = Number(sent.slice(0, 4));
  const distance = (date: string) => Math.abs(at(date) - at(sent));
  return [of(own - 1), of(own), of(own + 1)].reduce((a, b) => (distance(b) < distance(a) ? b : a));
}

/** `HH:mm` of the first clock time in a text. */
export function timeIn(text: string): string | null {
  const found = /(\d{1,2}):(\d{2})/.exec(text);
  return found ? `${(found[1] ?? "").padStart(2, "0")}:${found[2]}` : null;
}

/** Start (ms) of the session a card speaks of: the title first, then line by line; null where no date stands. */
export function startIn(message: Message): number | null {
  for (const text of [message.title ?? "", ...message.texts]) {
    const moment = momentIn(text, message.create_time);
    if (moment !== null) return moment;
  }
  return null;
}

/** The date and hour a text names, ms; null unless it has both. */
export function momentIn(text: string, sentAt: number): number | null {
  const date = dateIn(text, sentAt);
  const time = timeIn(text);
  return date && time ? at(date, time) : null;
}

/** Local date a card speaks of, where it names no hour (「您下周三需分享」). */
export function dayIn(message: Message): string | null {
  for (const text of [message.title ?? "", ...message.texts]) {
    const date = dateIn(text, message.create_time);
    if (date) return date;
  }
  return null;
}

/** The group named in 「」, if it is one of the given. */
export function groupIn(message: Message, groups: readonly string[]): string | null {
  const all = [message.title ?? "", ...message.texts].join("\n");
  return groups.find((group) => all.includes(`「${group}」`)) ?? null;
}
