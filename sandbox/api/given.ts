/** A parameter as text: what is no text, number or boolean counts as not given. */
export function said(value: unknown, otherwise = ""): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : otherwise;
}
