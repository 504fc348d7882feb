import { bareTitle, messageDefault } from "#base/defaults/texts.ts";
import type { Reading } from "#domain/messages/dates.ts";
import { messageFacts, templateNeeds, type MessageFacts, type TemplateData } from "#domain/messages/facts.ts";
import { pagePath, pages } from "#domain/messages/links.ts";
import { escapeMarkdown, renderMessage, type RenderedMessage } from "#domain/messages/render.ts";
import type { Language, MessageTexts, TemplateId } from "#domain/messages/templates.ts";
import { messageValues } from "#domain/messages/values.ts";
import { cardButtons, type Links } from "./buttons.ts";
import { cardExtras } from "./extras.ts";
import { hiddenKey } from "./hidden-key.ts";
import { button, card, markdown, note, row, type CardJson, type Part, type Press } from "./parts.ts";

export interface CardOptions {
  language: Language;
  /** The words in force: what admins wrote and passed the check, else the defaults. */
  texts: MessageTexts;
  /** ms; dates are worded as read at this instant. */
  now: number;
  /** IANA zone of the group. */
  zone: string;
  publicUrl: string;
  /** The effect's key; its hash lies in the card, so that a send with unknown outcome can be looked up (decisions.md 16). */
  key?: string;
  /** In trial: the name of whom the message is really for. */
  trialFor?: string;
}

/** Questions whose answers must look alike: a coloured one would be a word put into people's mouths. */
const ANSWERS_ALIKE: readonly TemplateId[] = ["rate", "rate.remind", "survey", "survey.second", "learned"];
/** Buttons side by side up to here; reasons and scores have more, each of them one tap. */
const MOST_IN_ROW = 5;

/**
 * The card of a message, in Card JSON 2.0. Pure: the same data at the same instant gives the same card.
 * Throws when a record id the card cannot do without is missing, naming template and field.
 */
export function buildCard<T extends TemplateId>(
  template: T,
  data: TemplateData<T>,
  options: CardOptions,
): CardJson {
  const reading: Reading = { now: options.now, zone: options.zone, language: options.language };
  const read = readData(template, data);
  const words = wordsOf(template, read, options);
  const links = linksOf(template, read, options);
  return card(words.title, messageDefault(template).colour, [
    ...trialMark(options),
    ...body(template, words, links, options),
    ...(cardExtras[template]?.(read as TemplateData<T>, words, reading) ?? []),
    ...buttons(template, read as TemplateData<T>, words, links),
    plainLink(links, options),
  ]);
}

/** The words of a message, for a page that shows the same matter. Throws as `buildCard` does. */
export function cardWords(template: TemplateId, data: unknown, options: CardOptions): RenderedMessage {
  return wordsOf(template, readData(template, data), options);
}

function wordsOf(
  template: TemplateId,
  facts: MessageFacts,
  { texts, now, zone, language }: CardOptions,
): RenderedMessage {
  const values = messageValues(facts, { now, zone, language });
  return renderMessage(texts[template][language], values, language, bareTitle(template, language));
}

/** The one line a card becomes when its matter is settled: no title, no buttons (texts.md rule 8). */
export function settledCard(text: string): CardJson {
  return {
    schema: "2.0",
    config: { update_multi: true, enable_forward: false },
    body: { elements: [markdown(escapeMarkdown(text))] },
  };
}

/** Stored data outlives the code that wrote it, so it is read like anything from outside. */
function readData<T extends TemplateId>(template: T, data: unknown): MessageFacts & Record<string, unknown> {
  const facts = messageFacts.safeParse(data);
  const needs = templateNeeds[template].safeParse(data);
  const issue = facts.error?.issues[0] ?? needs.error?.issues[0];
  if (issue !== undefined || !facts.success || !needs.success)
    throw new Error(
      `card "${template}" cannot be drawn: data.${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}; fix the effect that asked for it`,
    );
  return { ...facts.data, ...needs.data };
}

function linksOf(
  template: TemplateId,
  data: Record<string, unknown>,
  { publicUrl, key }: CardOptions,
): Links {
  const root = publicUrl.replace(/\/+$/, "");
  const own = pagePath(template, data);
  const mark = key === undefined ? [] : [`k=${hiddenKey(key)}`];
  return {
    own: (tab) => withQuery(root + own, [...(tab === undefined ? [] : [`tab=${tab}`]), ...mark]),
    page: (path) => root + path,
  };
}

function withQuery(address: string, query: readonly string[]): string {
  return query.length === 0 ? address : `${address}?${query.join("&")}`;
}

function trialMark({ trialFor, language }: CardOptions): Part[] {
  if (trialFor === undefined) return [];
  const name = escapeMarkdown(trialFor);
  return [note(language === "zh" ? `试运行 · 本应发给 ${name}` : `Trial · meant for ${name}`)];
}

function body(template: TemplateId, { lines }: RenderedMessage, links: Links, { key }: CardOptions): Part[] {
  // The first line of a form is its hint, not a line of the card.
  const shown = template === "rate.comment" ? [] : lines;
  if (shown.length === 0) return [];
  const how =
    template === "rate" || template === "rate.remind" || template === "survey"
      ? links.page(pages.how)
      : links.own();
  // A label in brackets at the end of a line, as the texts write [怎么做到的], opens the page that explains.
  const linked = shown.map((line) => line.replace(/\[([^\]]+)\]$/, `[$1](${how})`));
  return [markdown(linked.join("\n"), key === undefined ? undefined : `k${hiddenKey(key)}`)];
}

function buttons<T extends TemplateId>(
  template: T,
  data: TemplateData<T>,
  { buttons: labels }: RenderedMessage,
  links: Links,
): Part[] {
  const presses: readonly (Press | undefined)[] =
    template === "thanks" ? [] : cardButtons[template](data, links);
  const drawn = presses.flatMap((press, at) => {
    const label = labels[at];
    const main = at === 0 && !ANSWERS_ALIKE.includes(template);
    return press === undefined || label === undefined ? [] : [button(label, press, main)];
  });
  return drawn.length === 0 ? [] : [row(drawn.slice(0, MOST_IN_ROW))];
}

function plainLink(links: Links, { language }: CardOptions): Part {
  return note(language === "zh" ? `[打开页面](${links.own()})` : `[Open the page](${links.own()})`);
}
