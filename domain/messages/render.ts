import { placeholderOf, replaceTokens, tokensOf, type Placeholder, type Values } from "./placeholders.ts";
import type { Language, MessageText } from "./templates.ts";

/** A message in words: a title (plain text), at most a few lines (markdown) and labels. */
export interface RenderedMessage {
  title: string;
  lines: string[];
  buttons: string[];
}

const TITLE_NAME_LIMIT = 12;
const NAMES: readonly Placeholder[] = ["lecturer", "peer", "recipient"];
// A parenthesis is an aside: it goes without its line when what it says is not known.
const ASIDE = /\s?[(（][^()（）]*[)）]/g;
/** Characters of Card markdown that would make a name or a quote into a link, a mention or bold text. */
const MARKUP: Record<string, string> = {
  "<": "&#60;",
  ">": "&#62;",
  "*": "&#42;",
  "[": "&#91;",
  "]": "&#93;",
  "`": "&#96;",
};

/** Words of a person or a record made safe inside markdown: no mention, no link, one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[<>*[\]`]/g, (sign) => MARKUP[sign] ?? sign);
}

/** Cut at 12 characters, as names stand in titles. */
export function shortName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= TITLE_NAME_LIMIT
    ? name
    : `${characters.slice(0, TITLE_NAME_LIMIT - 1).join("")}…`;
}

/** The text with its placeholders filled, or undefined when one outside an aside is not known. */
export function fill(text: string, values: Values): string | undefined {
  const kept = withoutUnknownAsides(text, values);
  return isKnown(kept, values) ? replaceTokens(kept, (token) => known(token, values) ?? "") : undefined;
}

function known(token: string, values: Values): string | undefined {
  const name = placeholderOf(token);
  return name === undefined ? undefined : values[name];
}

const isKnown = (part: string, values: Values) =>
  tokensOf(part).every((token) => known(token, values) !== undefined);

function withoutUnknownAsides(text: string, values: Values): string {
  return text.replace(ASIDE, (aside) => (isKnown(aside, values) ? aside : ""));
}

function firstFilled(alternatives: readonly string[], values: Values): string | undefined {
  for (const alternative of alternatives) {
    const filled = fill(alternative, values);
    if (filled !== undefined && filled.trim() !== "") return filled;
  }
  return undefined;
}

/** The wording that says most: `(23/26 场)` is better than dropping `(23/26 场,上月 …)` altogether; of equals the first. */
function richest(alternatives: readonly string[], values: Values): string | undefined {
  const said = (text: string) => tokensOf(withoutUnknownAsides(text, values)).length;
  const possible = alternatives.filter((one) => fill(one, values)?.trim());
  const most = Math.max(...possible.map(said));
  const best = possible.find((one) => said(one) === most);
  return best === undefined ? undefined : fill(best, values);
}

/** Rule 7 of the texts: what is not known drops its line; the title falls back to `bareTitle`. */
export function renderMessage(
  text: MessageText,
  values: Values,
  language: Language,
  bareTitle: string,
): RenderedMessage {
  const inTitle: Values = { ...values };
  for (const name of NAMES) if (values[name] !== undefined) inTitle[name] = shortName(values[name]);
  const inBody: Values = Object.fromEntries(
    Object.entries(values).map(([name, word]) => [name, name === "items" ? word : escapeMarkdown(word)]),
  );
  const title = firstFilled(text.title, inTitle) ?? bareTitle;
  return {
    title: begin(oneLine(title), language),
    lines: bodyLines(text, inBody),
    buttons: [...text.buttons],
  };
}

function bodyLines(text: MessageText, values: Values): string[] {
  const filled = text.lines.map((line) => richest(line, values));
  return filled.flatMap((line, place) => {
    if (line === undefined) return [];
    // A line that announces the next one ends as a sentence when there is no next one.
    const alone = /[:：]$/.test(line) && filled[place + 1] === undefined;
    return (
      alone ? line.replace(/：$/, "。").replace(/:$/, /[\u4e00-\u9fa5]/.test(line) ? "。" : ".") : line
    ).split("\n");
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function begin(title: string, language: Language): string {
  return language === "en" ? title.slice(0, 1).toUpperCase() + title.slice(1) : title;
}
