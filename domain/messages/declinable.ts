import type { Language } from "./templates.ts";

/**
 * Kinds of message a person may decline (texts.md §2.3 不再给我发这类消息), and the templates, or families of them before the
 * dot, that each means. What one must hear of stays: a turn that is asked, a change, an answer to one's own act.
 */
export const declinable = {
  remind: ["remind"],
  echo: ["echo"],
  thanks: ["thanks"],
  offer: ["offer"],
  survey: ["survey", "preference"],
  rate: ["rate"],
  answered: ["answered", "learned"],
  team: ["manager"],
} as const satisfies Record<string, readonly string[]>;
export type Kind = keyof typeof declinable;
export const kinds = Object.keys(declinable) as Kind[];

/** What each role gets. */
export const kindsOf = {
  lecturer: ["remind", "echo", "thanks", "offer", "survey"],
  audience: ["rate", "answered"],
  manager: ["team"],
} as const satisfies Record<string, readonly Kind[]>;

export const kindNames: Record<Kind, Record<Language, string>> = {
  remind: { zh: "分享前的提醒", en: "Reminders before my session" },
  echo: { zh: "学员的回响", en: "What learners said" },
  thanks: { zh: "学员写来的感谢", en: "Thanks from learners" },
  offer: { zh: "快拿到的奖励", en: "Rewards within reach" },
  survey: { zh: "小调查", en: "Short surveys" },
  rate: { zh: "请我评分", en: "Being asked to rate" },
  answered: { zh: "我想听的有人讲了", en: "News on what I asked for" },
  team: { zh: "团队每月小结", en: "The monthly summary of my team" },
};
