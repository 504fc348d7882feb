import { DateTime } from "luxon";
import { T } from "../../api/bitable/model.ts";
import type { Base, Field, Row } from "../../api/bitable/model.ts";
import { toSdk, typeCode } from "./codec.ts";
import type { CellContext } from "./codec.ts";

/** The text of a cell as the grid shows it; "" when empty. Dates stand in the Base's time zone. */
export function cellString(context: CellContext, base: Base, field: Field, row: Row): string {
  const value = toSdk(context, field, row);
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return numberText(base, field, value);
  if (typeof value === "boolean") return String(value);
  return textOf(value);
}

/** Words of a value: text of a segment, option, link; name of a person, file, chat; address of a place. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    const parts: string[] = value.map(textOf);
    const isText = value.every((one) => (one as { type?: string } | null)?.type === "text");
    return parts.join(isText ? "" : ",");
  }
  if (typeof value !== "object" || value === null) return String(value);
  const { text, name, value: inner, fullAddress, location } = value as Record<string, unknown>;
  const isWord = (one: unknown): one is string => typeof one === "string" && one !== "";
  return [text, inner, fullAddress, name, location].find(isWord) ?? "";
}

const DATES = new Set<number>([T.date, T.createdTime, T.modifiedTime]);

function numberText(base: Base, field: Field, value: number): string {
  if (DATES.has(field.type)) {
    const format = field.property.date_formatter ?? "yyyy/MM/dd";
    return DateTime.fromMillis(value, { zone: base.timeZone }).toFormat(format);
  }
  if (typeCode(field) === 99003) {
    const { currency_code = "CNY", formatter = "0.00" } = field.property;
    const number = value.toLocaleString("en-US", digits(formatter));
    return `${SYMBOLS[currency_code] ?? `${currency_code} `}${number}`;
  }
  return formatted(value, field.property.formatter ?? "");
}

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", JPY: "¥", HKD: "HK$" };

function formatted(value: number, formatter: string): string {
  if (formatter.endsWith("%")) {
    return `${(value * 100).toFixed(digits(formatter).minimumFractionDigits)}%`;
  }
  if (formatter.startsWith("1,000")) return value.toLocaleString("en-US", digits(formatter));
  return formatter === "" ? String(value) : value.toFixed(digits(formatter).minimumFractionDigits);
}

function digits(formatter: string): { minimumFractionDigits: number; maximumFractionDigits: number } {
  const count = /\.(0+)/u.exec(formatter)?.[1]?.length ?? 0;
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}
