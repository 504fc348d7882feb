import {
  templateIds,
  type Language,
  type MessageDefault,
  type MessageTexts,
  type TemplateId,
} from "#domain/messages/templates.ts";
import { programmeTexts } from "./texts/programme.ts";
import { sessionTexts } from "./texts/session.ts";
import { turnTexts } from "./texts/turn.ts";

const byId = new Map<TemplateId, MessageDefault>(
  [...turnTexts, ...sessionTexts, ...programmeTexts].map((message) => [message.id, message]),
);

/** The message as it stands on day one. */
export function messageDefault(id: TemplateId): MessageDefault {
  const found = byId.get(id);
  if (found === undefined)
    throw new Error(`message "${id}" has no default text; add it under base/defaults/texts`);
  return found;
}

/** All messages in the order of the loop. */
export const messageDefaults: readonly MessageDefault[] = templateIds.map(messageDefault);

/** The words of day one for every message. */
export function defaultTexts(): MessageTexts {
  return Object.fromEntries(messageDefaults.map(({ id, text }) => [id, text])) as MessageTexts;
}

/** What a title becomes when nothing of it is known. */
export function bareTitle(id: TemplateId, language: Language): string {
  return messageDefault(id).text[language].title.at(-1) ?? "";
}
