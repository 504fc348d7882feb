/** The text of a value that came over the wire; "" for what is no single value. */
export function str(value: unknown): string {
  return typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : "";
}
