import { escapeMarkdown } from "#domain/messages/render.ts";
import { markdown, type CardJson, type Part } from "./parts.ts";

/**
 * News for one person on one card: below the lead, which keeps its title and buttons (or the one line it has become); without a
 * lead the title says how many there are.
 */
export function joinCards(lead: CardJson | null, news: readonly CardJson[], language: "zh" | "en"): CardJson {
  const sections = news.map(section);
  const line: Part = { tag: "hr" };
  if (lead)
    return {
      ...lead,
      body: { elements: [...lead.body.elements, ...sections.flatMap((one) => [line, ...one])] },
    };
  const [first] = news;
  if (!first) throw new Error("no card to join");
  if (news.length === 1) return first;
  const title = language === "zh" ? `您有 ${news.length} 处安排变了` : `${news.length} of your dates changed`;
  return {
    ...first,
    config: { ...first.config, summary: { content: title } },
    header: { title: { tag: "plain_text", content: title }, template: first.header?.template ?? "orange" },
    body: { elements: sections.flatMap((one, at) => (at === 0 ? one : [line, ...one])) },
  };
}

const section = ({ header, body }: CardJson): Part[] => [
  ...(header ? [markdown(`**${escapeMarkdown(header.title.content)}**`)] : []),
  ...body.elements,
];
