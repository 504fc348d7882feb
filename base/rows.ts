import { z } from "zod";
import { anyTables, type RowOf, type TableKey } from "./index.ts";
import type { Field, TextFormat } from "./table.ts";

export const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;
export const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/u;
/** Characters of a text cell (facts.md §4.5). */
export const TEXT_LIMIT = 100_000;

const formats: Record<TextFormat, (schema: z.ZodString) => z.ZodType<string>> = {
  time: (schema) => schema.regex(TIME, "a time of day HH:mm"),
  month: (schema) => schema.regex(MONTH, "a month YYYY-MM"),
  timezone: (schema) => schema.refine(isTimeZone, "an IANA time zone such as Asia/Shanghai"),
  rrule: (schema) => schema.regex(/FREQ=/iu, "an RRULE such as FREQ=WEEKLY;BYDAY=WE"),
};

function isTimeZone(name: string): boolean {
  if (zones.has(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
const zones = new Set(Intl.supportedValuesOf("timeZone"));

function numberSchema(field: { min?: number; max?: number; integer?: boolean }): z.ZodType<number> {
  let schema = z.number("a number");
  if (field.integer) schema = schema.int("a whole number");
  if (field.min !== undefined) schema = schema.min(field.min, `a number from ${field.min} up`);
  if (field.max !== undefined) schema = schema.max(field.max, `a number up to ${field.max}`);
  return schema;
}

const openId = z.string().min(1, "an open_id");
const recordId = z.string().min(1, "a record id");
const chatId = z.string().min(1, "a chat id");
const fileRef = z.object({
  fileToken: z.string().min(1),
  name: z.string(),
  size: z.number(),
  type: z.string(),
});
const urlValue = z.object({
  text: z.string(),
  link: z.string().regex(/^https?:\/\/\S+$/iu, "a link that begins with http:// or https://"),
});

const schemas = new WeakMap<Field, z.ZodType>();

/** The zod schema of one field's domain value, built once: a sweep decodes thousands of cells. */
export function valueSchema(field: Field): z.ZodType {
  const schema = schemas.get(field) ?? buildSchema(field);
  schemas.set(field, schema);
  return schema;
}

function buildSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case "text": {
      const limit = field.maxLength ?? TEXT_LIMIT;
      const schema = z.string("a text").max(limit, `at most ${limit} characters`);
      return field.format ? formats[field.format](schema) : schema;
    }
    case "number":
      return numberSchema(field);
    case "rating":
      return numberSchema({ ...field, integer: true });
    case "select":
      return z.enum(field.options.map((option) => option.key));
    case "multiSelect":
      return z.array(z.enum(field.options.map((option) => option.key))).max(1000, "at most 1000 options");
    case "openSelect":
      return z.array(z.string().trim().min(1, "an option name")).max(1000, "at most 1000 options");
    case "date":
    case "updated":
      return z.int("an instant in ms since 1970");
    case "checkbox":
      return z.boolean("true or false");
    case "person":
      return openId;
    case "persons":
      return z.array(openId).max(1000, "at most 1000 people");
    case "link":
      return recordId;
    case "links":
    case "backLinks":
      return z.array(recordId).max(500, "at most 500 links");
    case "chat":
      return chatId;
    case "chats":
      return z.array(chatId).max(10, "at most 10 chats");
    case "url":
      return urlValue;
    case "attachment":
      return z.array(fileRef).max(100, "at most 100 files");
  }
}

function rowSchema(table: TableKey): z.ZodType {
  const shape = Object.entries(anyTables[table].fields).map(([key, field]) => [
    key,
    field.kind === "checkbox" ? z.boolean().default(false) : valueSchema(field).optional(),
  ]);
  return z.strictObject(Object.fromEntries(shape) as Record<string, z.ZodType>);
}

const cache = new Map<TableKey, z.ZodType>();

/** The zod schema of a table's rows, for rows that come back from our own database or queue. */
export function schemaOf<K extends TableKey>(table: K): z.ZodType<RowOf<K>> {
  const schema = cache.get(table) ?? rowSchema(table);
  cache.set(table, schema);
  // The shape is built from the very definition that RowOf is computed from.
  return schema as z.ZodType<RowOf<K>>;
}
