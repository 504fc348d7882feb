import type { Schema } from "./requests.ts";

/** Shorter ones are cheaper to compile again than to call. */
const WORTH = 250;

/**
 * The same schema with its repeated parts in `$defs`: a docx block repeats its text elements for every kind of block, and
 * each repetition would be compiled anew.
 */
export function shareSchema(schema: Schema): Schema {
  const seen = new Map<string, number>();
  count(schema, seen);
  const names = new Map<string, string>();
  const defs: Record<string, unknown> = {};
  const shared = replace(
    schema,
    (text, part) => {
      if ((seen.get(text) ?? 0) < 2 || part === schema) return null;
      const known = names.get(text);
      if (known !== undefined) return known;
      const name = `part${names.size + 1}`;
      names.set(text, name);
      return name;
    },
    defs,
  ) as Schema;
  return names.size === 0 ? schema : { ...shared, $defs: defs };
}

function isPart(value: unknown): value is Schema {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    (value as Schema)["type"] === "object"
  );
}

function count(value: unknown, seen: Map<string, number>): void {
  if (typeof value !== "object" || value === null) return;
  if (isPart(value)) {
    const text = JSON.stringify(value);
    if (text.length > WORTH) seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  for (const part of Object.values(value)) count(part, seen);
}

function replace(
  value: unknown,
  nameOf: (text: string, part: Schema) => string | null,
  defs: Record<string, unknown>,
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => replace(part, nameOf, defs));
  const name = isPart(value) ? nameOf(JSON.stringify(value), value) : null;
  if (name !== null && name in defs) return { $ref: `#/$defs/${name}` };
  // Reserved first: a part may hold further shared parts.
  if (name !== null) defs[name] = null;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, replace(part, nameOf, defs)]),
  );
  if (name === null) return copy;
  defs[name] = copy;
  return { $ref: `#/$defs/${name}` };
}
