import type { TemplateData } from "#domain/messages/facts.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import { hiddenKey } from "./hidden-key.ts";
import { joinCards } from "./join-cards.ts";
import type { CardJson } from "./parts.ts";
import { buildCard, cardWords, settledCard, type CardOptions } from "./build-card.ts";

/** Draws cards for the engine, whose stored data is a plain object until the card reads it. */
export function createCards() {
  return {
    build: (
      template: TemplateId,
      data: Record<string, unknown>,
      options: CardOptions & { workspace: string },
    ): Record<string, unknown> => {
      const card = buildCard(template, data as TemplateData<TemplateId>, options);
      return addressed(card, options.workspace) as Record<string, unknown>;
    },
    /** What the card says, as plain text. */
    words: (template: TemplateId, data: Record<string, unknown>, options: CardOptions) => {
      const { title, lines } = cardWords(template, data, options);
      return { title, lines: lines.map(plainText) };
    },
    join: (
      lead: Record<string, unknown> | null,
      news: readonly Record<string, unknown>[],
      language: "zh" | "en",
    ): Record<string, unknown> => ({
      ...joinCards(lead as CardJson | null, news as unknown as CardJson[], language),
    }),
    settled: (text: string): Record<string, unknown> => ({ ...settledCard(text) }),
    mark: hiddenKey,
  };
}

const SIGNS: Record<string, string> = {
  "&#60;": "<",
  "&#62;": ">",
  "&#42;": "*",
  "&#91;": "[",
  "&#93;": "]",
  "&#96;": "`",
};
/** Card markdown without its escapes (render.ts) and its links. */
const plainText = (line: string) =>
  line.replace(/\[([^\]]+)\](?:\([^)]*\))?/g, "$1").replace(/&#\d+;/g, (sign) => SIGNS[sign] ?? sign);

/** Every callback names its workspace, for one deployment serves many Bases; it is a hint, and every verb checks the person. */
function addressed(part: unknown, workspace: string): unknown {
  if (Array.isArray(part)) return part.map((item) => addressed(item, workspace));
  if (part === null || typeof part !== "object") return part;
  const { type, value } = part as { type?: unknown; value?: unknown };
  if (type === "callback" && value !== null && typeof value === "object")
    return { ...part, value: { ...value, w: workspace } };
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, addressed(inner, workspace)]));
}
