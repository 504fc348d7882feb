import type { SendingSettings } from "./policy-types.ts";
import type { TemplateId } from "./templates.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Questions to a lecturer that news may stand on; what has a form of its own stays alone. */
const leading: readonly TemplateId[] = [
  "invite",
  "confirm.follow",
  "confirm.last",
  "invite.reasons",
  "invite.dates",
  "remind.before",
  "remind.ready",
  "content.missing",
  "substitute.ask",
  "swap.ask",
  "swap.kept",
];

/** Most pieces of news on one card. */
export const MOST_JOINED = 4;

export interface News {
  template: TemplateId;
  to: { readonly person: string } | { readonly chat: string };
  /** Dates it speaks of, before and after; ms. */
  dates: readonly number[];
}

/**
 * Several things for one person within ten minutes are one message (texts.md §5.2). What joins is news: a change that asks
 * nothing. What is close at hand never waits, and chats are told at once.
 */
export function isNews({ template, to, dates }: News, now: number, settings: SendingSettings): boolean {
  if (template !== "changed" || !("person" in to)) return false;
  const soon = now + settings.changeSoonHours * HOUR;
  return !dates.some((date) => date > now && date <= soon);
}

/** How long news waits for more of it, in ms; everything else goes out when it is due. */
export const waitForMore = (news: News, now: number, settings: SendingSettings): number =>
  isNews(news, now, settings) ? settings.mergeMinutes * MINUTE : 0;

/** Whether news may stand below this message, on its card. */
export const mayLead = (template: TemplateId): boolean => leading.includes(template);
