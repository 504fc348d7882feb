/** What a person reads of a card's text: markup gone, mentions by name, Chinese where a text has several languages. */
import { isThing } from "./check.ts";
import { str } from "../text.ts";

/** Words of a text element, or of a string. */
export function wordsOf(value: unknown, nameOf: (id: string) => string): string {
  if (typeof value === "string") return plain(value, nameOf);
  if (!isThing(value)) return "";
  const translated = isThing(value.i18n_content) ? value.i18n_content : isThing(value.i18n) ? value.i18n : {};
  const content = str(translated.zh_cn ?? value.content ?? "");
  return value.tag === "plain_text" ? content : plain(content, nameOf);
}

/** Markdown of Feishu's dialect as it is read: no stars, no tags, links by their words. */
function plain(markdown: string, nameOf: (id: string) => string): string {
  return markdown
    .replaceAll(
      /<at\s+id\s*=\s*['"]?([^'">\s]+)['"]?\s*>\s*(<\/at>)?/g,
      (_, id: string) => `@${id === "all" ? "所有人" : nameOf(id)}`,
    )
    .replaceAll(/<person\s+id\s*=\s*['"]([^'"]+)['"][^>]*>\s*(<\/person>)?/g, (_, id: string) => nameOf(id))
    .replaceAll(/<br\s*\/?>/g, "\n")
    .replaceAll(/<\/?[a-zA-Z_]+(\s[^>]*)?>/g, "")
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/\*\*|~~|`/g, "")
    .replaceAll(/^#{1,6}\s+/gm, "")
    .replaceAll(/^>\s?/gm, "")
    .replaceAll(/\\([\\`*_{}[\]()#+.!>~-])/g, "$1")
    .replaceAll(/&(#\d+|lt|gt|amp|quot|nbsp);/g, (whole, name: string) => entity(name) ?? whole);
}

const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " " };

/** The sign an HTML entity stands for: Feishu's markdown escapes by them. */
function entity(name: string): string | undefined {
  return name.startsWith("#") ? String.fromCodePoint(Number(name.slice(1))) : NAMED[name];
}

export interface Link {
  text: string;
  url: string;
}

/** Links of a markdown text, by their words. */
export function linksIn(markdown: string): Link[] {
  const found = markdown.matchAll(/(?<!!)\[([^\]]+)\]\(([^)\s]+)\)|<a\s+href=['"]([^'"]+)['"]>([^<]*)<\/a>/g);
  return [...found].map((match) => ({ text: match[1] ?? match[4] ?? "", url: match[2] ?? match[3] ?? "" }));
}

/** Non-empty lines of a text. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
