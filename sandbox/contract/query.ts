import type { Schema } from "./requests.ts";

/**
 * Query parameters as the schema's shape wants them: arrays from `a=1&a=2` and from `a[]=1&a[]=2` (official SDKs send both,
 * facts.md §2.1), single values otherwise. Types are coerced by the validator afterwards.
 */
export function readQuery(search: URLSearchParams, schema: Schema | undefined): Record<string, unknown> {
  const properties = (schema?.["properties"] ?? {}) as Record<string, Schema>;
  const query: Record<string, unknown> = {};
  for (const [raw, value] of search) {
    const bracketed = raw.endsWith("[]");
    const key = bracketed ? raw.slice(0, -2) : raw;
    const known = properties[key];
    if (known ? known["type"] === "array" : bracketed) {
      query[key] = [...((query[key] as string[] | undefined) ?? []), value];
    } else query[key] = value;
  }
  return query;
}
