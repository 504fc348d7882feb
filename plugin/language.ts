import { createInstance, type BackendModule, type ResourceKey } from "i18next";
import { initReactI18next } from "react-i18next";
import { session } from "./storage.ts";

export const languages = ["zh-CN", "en-US", "ja-JP"] as const;
export type Language = (typeof languages)[number];

/** Of the host's locale: Chinese and Japanese as they are, everything else in English. */
export function languageOf(locale: string): Language {
  if (locale.startsWith("zh")) return "zh-CN";
  return locale.startsWith("ja") ? "ja-JP" : "en-US";
}

const files = import.meta.glob<{ default: ResourceKey }>("./locales/*/*.json");

/** One file a language and namespace, fetched when a screen of that namespace is first shown. */
const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`./locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`no texts ${language}/${namespace}`), false);
    load().then(
      (texts) => done(null, texts.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

export const i18n = createInstance();

/** Until the host has said its language: the one of last time, else the browser's. */
const first = (): Language => languageOf(session.get("language") ?? navigator.language);

/** The language in use, also while its texts are still loading. */
export const spoken = (): string => i18n.language ?? first();

export function startLanguage(): Promise<unknown> {
  return i18n
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: first(),
      fallbackLng: false,
      ns: ["common", "start"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Follows the host. */
export async function followLocale(locale: string): Promise<void> {
  const language = languageOf(locale);
  session.set("language", language);
  document.documentElement.lang = language;
  if (i18n.language !== language) await i18n.changeLanguage(language);
}
