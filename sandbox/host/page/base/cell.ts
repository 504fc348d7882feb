/** Cells as text and as what a write sends (facts.md §4.7). */
import { str } from "../thing.ts";
import { byPattern } from "../dates.ts";
import { type Field, T } from "./model.ts";

export interface Attached {
  file_token: string;
  name: string;
  size?: number;
}
export interface Named {
  id: string;
  name?: string;
  text?: string;
}
export interface Address {
  text: string;
  link: string;
}

const list = <Of>(value: unknown): Of[] => (Array.isArray(value) ? (value as Of[]) : []);

export const named = (value: unknown): Named[] => list<Named>(value);
export const attached = (value: unknown): Attached[] => list<Attached>(value);
export const address = (value: unknown): Address | null =>
  typeof value === "object" && value !== null && "link" in value ? (value as Address) : null;

/** Words of a text cell: its segments one after the other. */
function segments(value: unknown): string {
  if (typeof value === "string") return value;
  return list<{ text?: string }>(value)
    .map((one) => (typeof one === "object" ? (one.text ?? "") : String(one)))
    .join("");
}

/** A number as its field's format shows it. */
function numberText(value: number, formatter: string): string {
  const digits = /\.(0+)/.exec(formatter)?.[1]?.length ?? 0;
  const shown = formatter.includes("%") ? value * 100 : value;
  const rounded = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: formatter === "" ? 6 : digits,
    useGrouping: formatter.includes(","),
  }).format(shown);
  return formatter.includes("%") ? `${rounded}%` : rounded;
}

export const datePattern = (field: Field): string => field.property.date_formatter ?? "yyyy/MM/dd";

/** A cell as a line of text. */
export function textOf(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") {
    if (field.type === T.number) return numberText(value, field.property.formatter ?? "");
    return byPattern(value, datePattern(field));
  }
  if (typeof value === "boolean") return value ? "✓" : "";
  if (field.type === T.attachment)
    return attached(value)
      .map((one) => one.name)
      .join(" ");
  const url = address(value);
  if (url) return url.text;
  if (typeof value === "object" && "value" in value) return computed(value.value);
  if (NAMED.has(field.type))
    return named(value)
      .map((one) => one.name ?? one.text ?? one.id)
      .join("、");
  if (field.type === T.multiSelect) return list<string>(value).join("、");
  return segments(value);
}

const NAMED: ReadonlySet<number> = new Set([
  T.user,
  T.link,
  T.duplex,
  T.group,
  T.createdUser,
  T.modifiedUser,
]);

/** A formula's result. */
function computed(value: unknown): string {
  return list<unknown>(value)
    .map((one) => (typeof one === "object" ? segments([one]) : str(one)))
    .join(" ");
}

/** What is read, in the form in which it is written back. */
export function writeValue(field: Field, value: unknown): unknown {
  if (field.type === T.text) return segments(value);
  if (field.type === T.user || field.type === T.group) return named(value).map(({ id }) => ({ id }));
  if (field.type === T.link || field.type === T.duplex) return named(value).map(({ id }) => id);
  if (field.type === T.attachment)
    return attached(value).map(({ file_token, name }) => ({ file_token, name }));
  if (field.type === T.multiSelect) return list<string>(value);
  return value ?? null;
}
