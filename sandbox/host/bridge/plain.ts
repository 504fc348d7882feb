import { CODE, HostError } from "./errors.ts";

/** A place that JSON would leave out or turn into null: `undefined`, NaN, files, dates, functions. */
const LOST = new Set(["undefined", "function", "symbol", "bigint"]);

/**
 * Values as JSON keeps them: arguments left out at the end go, those in between become null.
 * @throws HostError for what JSON would change without a word, such as NaN or a File inside a cell.
 */
export function plain(values: unknown[]): unknown[] {
  let end = values.length;
  while (end > 0 && values[end - 1] === undefined) end -= 1;
  const kept = values.slice(0, end).map((value) => value ?? null);
  for (const value of kept) check(value, "argument");
  return kept;
}

function check(value: unknown, where: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw refuse(where, String(value));
  if (typeof value !== "object" || value === null) {
    if (LOST.has(typeof value) && value !== undefined) throw refuse(where, typeof value);
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((one, index) => {
      if (one === undefined) throw refuse(`${where}[${index}]`, "undefined");
      check(one, `${where}[${index}]`);
    });
    return;
  }
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null) throw refuse(where, value.constructor.name);
  for (const [key, one] of Object.entries(value)) check(one, `${where}.${key}`);
}

const refuse = (where: string, what: string) =>
  new HostError(CODE.cellUnknown, `${where}: ${what} is no value of a cell or parameter`);
