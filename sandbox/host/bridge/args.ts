import { HostError } from "./errors.ts";

/** Arguments of calls that the page itself answers. @throws HostError that names argument and method. */
export function text(value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw wrong(what, "a text", value);
}

export function optionalText(value: unknown, what: string): string | undefined {
  return value === undefined || value === null ? undefined : text(value, what);
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], what: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw wrong(what, `one of ${allowed.join(", ")}`, value);
  return found;
}

export function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw wrong(what, "an object", value);
}

/** The SDK prints no code for wrong arguments; "bad table parameter" is the nearest. */
const BAD_PARAMETER = 10212992;

function wrong(what: string, expected: string, value: unknown): HostError {
  return new HostError(
    BAD_PARAMETER,
    `${what}: expected ${expected}, got ${JSON.stringify(value) ?? "nothing"}`,
  );
}
