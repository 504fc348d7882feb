import type { TemplateData } from "#domain/messages/facts.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import { buildCard, settledCard, type CardOptions } from "./build-card.ts";

/** Draws cards for the engine, whose stored data is a plain object until the card reads it. */
export function createCards() {
  return {
    build: (
      template: TemplateId,
      data: Record<string, unknown>,
      options: CardOptions,
    ): Record<string, unknown> => ({
      ...buildCard(template, data as TemplateData<TemplateId>, options),
    }),
    settled: (text: string): Record<string, unknown> => ({ ...settledCard(text) }),
  };
}
