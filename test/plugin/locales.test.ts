import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

const PLUGIN = join(import.meta.dirname, "../../plugin");
const LOCALES = join(PLUGIN, "locales");
const LANGUAGES = ["zh-CN", "en-US", "ja-JP"] as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = Map<string, string>;

function flat(value: unknown, prefix = ""): [string, string][] {
  if (typeof value === "string") return [[prefix, value]];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    flat(inner, prefix ? `${prefix}.${key}` : key),
  );
}

const namespacesOf = (language: string) =>
  readdirSync(join(LOCALES, language))
    .map((file) => basename(file, ".json"))
    .toSorted();
const textsOf = (language: string, namespace: string): Texts =>
  new Map(flat(JSON.parse(readFileSync(join(LOCALES, language, `${namespace}.json`), "utf8"))));
/** Plural forms differ between languages: Chinese and Japanese have one. */
const keysOf = (texts: Texts) => [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))];
const holes = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)]
    .map(([, name]) => name ?? "")
    .toSorted((a, b) => a.localeCompare(b));

const NAMESPACES = namespacesOf("zh-CN");

test("every namespace has the same keys and the same placeholders in all three languages, none of them empty", () => {
  const problems: string[] = [];
  for (const language of LANGUAGES) {
    expect(namespacesOf(language), language).toEqual(NAMESPACES);
    for (const namespace of NAMESPACES) {
      const [wanted, there] = [textsOf("zh-CN", namespace), textsOf(language, namespace)];
      const place = `${language}/${namespace}`;
      for (const key of keysOf(wanted))
        if (!keysOf(there).includes(key)) problems.push(`${place}: ${key} is missing`);
      for (const key of keysOf(there))
        if (!keysOf(wanted).includes(key)) problems.push(`${place}: ${key} is not in zh-CN`);
      for (const [key, text] of there) {
        if (text.trim() === "") problems.push(`${place}: ${key} is empty`);
        const twin = wanted.get(key) ?? wanted.get(key.replace(PLURAL, "_other"));
        // A singular may say "one" in words.
        const extra = holes(text).filter((hole) => twin !== undefined && !holes(twin).includes(hole));
        const gone = PLURAL.test(key) ? [] : holes(twin ?? "").filter((hole) => !holes(text).includes(hole));
        for (const hole of [...extra, ...gone]) problems.push(`${place}: ${key}: {{${hole}}} is not in both`);
      }
    }
  }
  expect(problems).toEqual([]);
});

interface Source {
  file: string;
  code: string;
}
const sources: Source[] = readdirSync(PLUGIN, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map(({ parentPath, name }) => join(parentPath, name))
  .map((path) => ({ file: path.slice(PLUGIN.length + 1), code: readFileSync(path, "utf8") }));

/** A literal as a pattern: whatever stands in `${}` may be anything. */
const patternOf = (literal: string) =>
  new RegExp(
    `^${literal
      .split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".+")}$`,
  );

interface Use {
  file: string;
  literal: string;
  /** Namespaces the key may be in. */
  within: string[];
}

/** Every call of a translator with a literal: `t("key")`, t(`key.${x}`), `i18n.t("ns:key")`. */
function usesIn({ file, code }: Source): Use[] {
  const translators = new Map<string, string[]>();
  for (const [, names, given] of code.matchAll(/const \{([^}]*)\} = useTranslation\(([^)]*)\)/g)) {
    const name = /\bt:\s*(\w+)/.exec(names!)?.[1] ?? (/\bt\b/.test(names!) ? "t" : null);
    if (!name) continue;
    const first = /["'](\w+)["']/.exec(given!)?.[1] ?? "common";
    translators.set(name, [...(translators.get(name) ?? []), first]);
  }
  const names = [...translators.keys(), "t"].join("|");
  const calls = new RegExp(`(?<![\\w])(?:i18n\\.)?(${names})\\(\\s*(?:"([^"]+)"|\`([^\`]+)\`)`, "g");
  return [...code.matchAll(calls)].map(([, name, plain, template]) => {
    const literal = (plain ?? template)!;
    const [, namespace, key] = /^(\w+):(.+)$/.exec(literal) ?? [null, null, literal];
    // A helper that is handed a translator does not know its namespace.
    return { file, literal: key!, within: namespace ? [namespace] : (translators.get(name!) ?? NAMESPACES) };
  });
}

test("every key that is used exists", () => {
  const missing = sources.flatMap(usesIn).filter(({ literal, within }) => {
    const pattern = patternOf(literal);
    return !within.some(
      (namespace) =>
        NAMESPACES.includes(namespace) &&
        keysOf(textsOf("zh-CN", namespace)).some((key) => pattern.test(key)),
    );
  });
  expect(missing.map(({ file, literal }) => `${file}: ${literal}`)).toEqual([]);
  expect(sources.flatMap(usesIn).length).toBeGreaterThan(20);
});

test("every screen has its tab, and its namespace", () => {
  const code = sources.find(({ file }) => file === "features/index.ts")!.code;
  const entries = [...code.matchAll(/id: "(\w+)"[^}]*?namespace: "(\w+)"/gs)];
  expect(entries.length).toBeGreaterThan(0);
  const tabs = keysOf(textsOf("zh-CN", "common"));
  for (const [, id, namespace] of entries) {
    expect(tabs, `screen.${id} of common`).toContain(`screen.${id}`);
    expect(NAMESPACES).toContain(namespace);
  }
});

test("every key is used", () => {
  // A key may also be chosen from a list: then it stands somewhere as a text.
  const literals = sources.flatMap(({ code }) =>
    [...code.matchAll(/"([^"\n]+)"|'([^'\n]+)'|`([^`]+)`/g)].map(([, a, b, c]) => (a ?? b ?? c)!),
  );
  const patterns = literals
    .map((literal) => literal.replace(/^\w+:/, ""))
    .filter((literal) => /^[\w.${}()[\]?:" ]+$/.test(literal) && !/^\$\{[^}]*\}$/.test(literal))
    .map(patternOf);
  const unused = NAMESPACES.flatMap((namespace) =>
    keysOf(textsOf("zh-CN", namespace))
      .filter((key) => !patterns.some((pattern) => pattern.test(key)))
      .map((key) => `${namespace}: ${key}`),
  );
  expect(unused).toEqual([]);
});
