/** Cards are JSON of the app: read with care, part by part. */
export type Thing = Record<string, unknown>;

export const isThing = (value: unknown): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const things = (value: unknown): Thing[] => (Array.isArray(value) ? value.filter(isThing) : []);
export const str = (value: unknown): string =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : "";

/** Plain words of a text element, in the reader's language where it has it. */
export function wordsOf(value: unknown, language: "zh" | "en"): string {
  if (typeof value === "string") return value;
  if (!isThing(value)) return "";
  const translated = isThing(value.i18n_content) ? value.i18n_content : isThing(value.i18n) ? value.i18n : {};
  return str(translated[language === "zh" ? "zh_cn" : "en_us"]) || str(value.content);
}
