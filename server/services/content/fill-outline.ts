/** What a template may speak of, by the words its author writes in braces. */
export type OutlineValues = Partial<Record<"title" | "topic" | "lecturer" | "when" | "demand", string>>;

const NAMES: Record<string, keyof OutlineValues> = {
  标题: "title",
  主题: "topic",
  讲师: "lecturer",
  时间: "when",
  需求: "demand",
  title: "title",
  topic: "topic",
  lecturer: "lecturer",
  when: "when",
  time: "when",
  demand: "demand",
};

/** A template's outline with what is known filled in; a line that speaks of what is not known is left out (texts.md rule 7). */
export function fillOutline(outline: string, values: OutlineValues): string {
  return outline
    .split("\n")
    .flatMap((line) => filled(line, values) ?? [])
    .join("\n");
}

function filled(line: string, values: OutlineValues): string | null {
  let whole = true;
  const text = line.replace(/\{([^{}]+)\}/g, (braces, word: string) => {
    const name = NAMES[word.trim().toLowerCase()];
    if (!name) return braces;
    const value = values[name];
    if (!value) whole = false;
    return value ?? "";
  });
  return whole ? text : null;
}
