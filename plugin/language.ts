import { createInstance, type BackendModule, type ResourceKey } from "i18next";
import { initReactI18next } from "react-i18next";
import { firstTexts, languageOf, likelyLanguage, type Language, type Texts } from "./first-texts.ts";
import { session } from "./storage.ts";

const files = import.meta.glob<{ default: ResourceKey }>([
  "./locales/*/*.json",
  "!./locales/*/{common,next,start}.json",
]);

async function textsOf(language: Language, namespace: string): Promise<ResourceKey> {
  const load = files[`./locales/${language}/${namespace}.json`];
  const texts = load ? (await load()).default : (await firstTexts(language))[namespace];
  if (!texts) throw new Error(`no texts ${language}/${namespace}`);
  return texts;
}

/** One file a language and namespace, fetched when a screen of that namespace is first shown. */
const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    textsOf(languageOf(language), namespace).then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

export const i18n = createInstance();

/** The language in use, also while its texts are still loading. */
export const spoken = (): string => i18n.language ?? likelyLanguage();

/** Speaks at once, with the texts at hand. */
export function startLanguage(language: Language, texts: Texts): void {
  void i18n
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: Object.keys(texts),
      defaultNS: "common",
      // A copy: i18next adds the texts of other screens to it.
      resources: { [language]: { ...texts } },
      partialBundledLanguages: true,
      initAsync: false,
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
