import type { FieldMapping } from "../mapping.ts";
import { MONTH, valueSchema } from "../rows.ts";
import type { Field, FileRef, UrlValue } from "../table.ts";
import { parseTime, toHalfWidth } from "../text/time.ts";

export type Decoded = { readonly value: unknown } | { readonly expected: string };
const absent: Decoded = { value: undefined };
const refuse = (expected: string): Decoded => ({ expected });

/**
 * A cell as search and batch_get give it (facts.md §4.7) to its domain value. Also understood: the write format that
 * create and update echo, and what people leave behind when they change a field's kind (a number typed as text, say).
 */
export function decodeCell(field: Field, mapping: FieldMapping, wire: unknown): Decoded {
  if (wire === undefined || wire === null || wire === "" || (Array.isArray(wire) && wire.length === 0))
    return field.kind === "checkbox" ? { value: false } : absent;
  const decoded = decodeKind(field, mapping, wire);
  if ("expected" in decoded || decoded.value === undefined) return decoded;
  const checked = valueSchema(field).safeParse(decoded.value);
  return checked.success ? decoded : refuse(checked.error.issues[0]?.message ?? "another value");
}

function decodeKind(field: Field, mapping: FieldMapping, wire: unknown): Decoded {
  switch (field.kind) {
    case "text":
      return decodeText(field.format, wire);
    case "number":
    case "rating":
      return decodeNumber(wire);
    case "select":
      return decodeSelect(mapping, wire);
    case "multiSelect":
      return decodeMulti(mapping, wire);
    case "openSelect":
      return decodeOpen(mapping, wire);
    case "date":
    case "updated":
      return decodeDate(wire);
    case "checkbox":
      return typeof wire === "boolean" ? { value: wire } : refuse("a checkbox");
    case "person":
      return one(idsOf(wire), "one person");
    case "persons":
      return many(idsOf(wire), "people");
    case "chat":
      return one(idsOf(wire), "one chat");
    case "chats":
      return many(idsOf(wire), "chats");
    case "link":
      return one(recordIdsOf(wire), "one linked record");
    case "links":
    case "backLinks":
      return many(recordIdsOf(wire), "linked records");
    case "url":
      return decodeUrl(wire);
    case "attachment":
      return decodeFiles(wire);
  }
}

/** The plain text of a cell: a string, or segments. Undefined when it is neither. */
export function plainText(wire: unknown): string | undefined {
  if (typeof wire === "string") return wire;
  if (typeof wire === "number" && Number.isFinite(wire)) return String(wire);
  if (isObject(wire) && typeof wire["text"] === "string") return wire["text"];
  if (!Array.isArray(wire)) return undefined;
  const parts = wire.map((segment: unknown) =>
    typeof segment === "string"
      ? segment
      : isObject(segment)
        ? (segment["text"] ?? segment["name"])
        : undefined,
  );
  return parts.every((part) => typeof part === "string") ? parts.join("") : undefined;
}

function decodeText(format: string | undefined, wire: unknown): Decoded {
  const text = plainText(wire);
  if (text === undefined) return refuse("a text");
  if (text.trim() === "") return absent;
  if (format === "time") {
    const time = parseTime(text);
    return time ? { value: time } : refuse("a time of day HH:mm");
  }
  if (format === "month") {
    const month = toHalfWidth(text).trim();
    return MONTH.test(month) ? { value: month } : refuse("a month YYYY-MM");
  }
  return { value: format ? text.trim() : text };
}

function decodeNumber(wire: unknown): Decoded {
  if (typeof wire === "number") return Number.isFinite(wire) ? { value: wire } : refuse("a number");
  const text = plainText(wire);
  if (text === undefined) return refuse("a number");
  const plain = toHalfWidth(text).trim();
  if (plain === "") return absent;
  return /^[+-]?\d+(?:\.\d+)?$/u.test(plain) ? { value: Number(plain) } : refuse("a number");
}

function decodeDate(wire: unknown): Decoded {
  const decoded = typeof wire === "number" || typeof wire === "string" ? decodeNumber(wire) : refuse("");
  return "expected" in decoded ? refuse("a date") : decoded;
}

/** Option names; also option ids, which record events carry. */
function namesOf(wire: unknown): string[] | undefined {
  const list = Array.isArray(wire) ? (wire as unknown[]) : [wire];
  const names = list.map((item) =>
    typeof item === "string" ? item : isObject(item) ? (item["text"] ?? item["name"]) : undefined,
  );
  return names.every((name) => typeof name === "string") ? names : undefined;
}

function keyOf(mapping: FieldMapping, name: string): string | undefined {
  const wanted = name.trim();
  return Object.entries(mapping.options ?? {}).find(
    ([, option]) => option.name.trim() === wanted || option.id === wanted,
  )?.[0];
}

const listed = (mapping: FieldMapping): string =>
  Object.values(mapping.options ?? {})
    .map((option) => option.name)
    .join(" / ");

function decodeSelect(mapping: FieldMapping, wire: unknown): Decoded {
  const names = namesOf(wire);
  const key = names?.length === 1 ? keyOf(mapping, names[0] ?? "") : undefined;
  return key === undefined ? refuse(`one of ${listed(mapping)}`) : { value: key };
}

function decodeMulti(mapping: FieldMapping, wire: unknown): Decoded {
  const keys = namesOf(wire)?.map((name) => keyOf(mapping, name));
  return keys?.every((key) => key !== undefined)
    ? { value: [...new Set(keys)] }
    : refuse(`of ${listed(mapping)}`);
}

function decodeOpen(mapping: FieldMapping, wire: unknown): Decoded {
  const names = namesOf(wire);
  if (!names) return refuse("options");
  const byId = new Map(Object.values(mapping.options ?? {}).map((option) => [option.id, option.name]));
  return { value: [...new Set(names.map((name) => byId.get(name) ?? name))] };
}

function idsOf(wire: unknown): string[] | undefined {
  const inner = isObject(wire) && Array.isArray(wire["users"]) ? wire["users"] : wire;
  const list = Array.isArray(inner) ? (inner as unknown[]) : [inner];
  const ids = list.map(idOf);
  return ids.every((id) => typeof id === "string" && id !== "") ? (ids as string[]) : undefined;
}

/** Records say `{id}`, event identities `{user_id: {open_id}}` (facts.md §5.7). */
function idOf(item: unknown): unknown {
  if (!isObject(item)) return undefined;
  const { id, open_id, user_id } = item;
  return id ?? open_id ?? (isObject(user_id) ? user_id["open_id"] : undefined);
}

function recordIdsOf(wire: unknown): string[] | undefined {
  const inner = isObject(wire) ? (wire["link_record_ids"] ?? wire["record_ids"]) : wire;
  if (inner === null || inner === undefined) return isObject(wire) ? [] : undefined;
  if (!Array.isArray(inner)) return undefined;
  const ids = (inner as unknown[]).flatMap((item) => (isObject(item) ? (item["record_ids"] ?? []) : item));
  return ids.every((id) => typeof id === "string") ? (ids as string[]) : undefined;
}

function one(ids: string[] | undefined, expected: string): Decoded {
  if (ids?.length === 0) return absent;
  return ids?.length === 1 ? { value: ids[0] } : refuse(expected);
}

function many(ids: string[] | undefined, expected: string): Decoded {
  if (!ids) return refuse(expected);
  return ids.length === 0 ? absent : { value: [...new Set(ids)] };
}

function decodeUrl(wire: unknown): Decoded {
  const expected = "a link that begins with http:// or https://";
  const text = plainText(wire)?.trim();
  const link = isObject(wire) && typeof wire["link"] === "string" ? wire["link"].trim() : text;
  if (!link) return text === undefined ? refuse(expected) : absent;
  const value: UrlValue = { text: text || link, link };
  return { value };
}

function decodeFiles(wire: unknown): Decoded {
  if (!Array.isArray(wire)) return refuse("files");
  const files: FileRef[] = [];
  for (const item of wire as unknown[]) {
    if (!isObject(item) || typeof item["file_token"] !== "string") return refuse("files");
    const { file_token: fileToken, name, size, type } = item;
    files.push({
      fileToken,
      name: typeof name === "string" ? name : "",
      size: typeof size === "number" ? size : Number(size) || 0,
      type: typeof type === "string" ? type : "",
    });
  }
  return { value: files };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
