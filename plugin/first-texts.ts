import type { ResourceKey } from "i18next";
import { session } from "./storage.ts";

export const languages = ["zh-CN", "en-US", "ja-JP"] as const;
export type Language = (typeof languages)[number];

/** Of the host's locale: Chinese and Japanese as they are, everything else in English. */
export function languageOf(locale: string): Language {
  if (locale.startsWith("zh")) return "zh-CN";
  return locale.startsWith("ja") ? "ja-JP" : "en-US";
}

/** Until the host has said its language: the one of last time, else the browser's. */
export const likelyLanguage = (): Language => languageOf(session.get("language") ?? navigator.language);

export type Texts = Record<string, ResourceKey>;
const files = import.meta.glob<Texts>("./locales/*.ts");

/** What everybody reads first, in one file a language. */
export const firstTexts = (language: Language): Promise<Texts> => files[`./locales/${language}.ts`]!();
