import type { Schema } from "./requests.ts";

/**
 * The same schema, refusing keys it does not list. Open stay: objects that say `additionalProperties`, objects that list
 * nothing, and those whose extraction lost the name of a property (`undefined`).
 */
export function closeSchema(schema: Schema): Schema {
  const closed: Schema = { ...schema };
  const properties = schema["properties"] as Record<string, Schema> | undefined;
  if (properties) {
    closed["properties"] = Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, closeSchema(value)]),
    );
    const listed = Object.keys(properties);
    const known = listed.length > 0 && !listed.includes("undefined");
    if (known && !("additionalProperties" in schema)) closed["additionalProperties"] = false;
  }
  if (isSchema(schema["items"])) closed["items"] = closeSchema(schema["items"]);
  return closed;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
