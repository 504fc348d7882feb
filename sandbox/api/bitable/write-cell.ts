import { chatOf, openIdOf } from "./people.ts";
import type { IdType } from "./people.ts";
import type { Kernel } from "../../kernel.ts";
import { drive } from "../drive/nodes.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { LIMITS, READ_ONLY, T } from "./model.ts";
import type { Base, Cell, Field, Option, Table } from "./model.ts";

/** What a conversion may look at, and the options it makes on the way (kept only when the whole request succeeds). */
export interface WriteContext {
  kernel: Kernel;
  base: Base;
  table: Table;
  page: Page;
  idType: IdType;
  newOptions: Map<string, Option[]>;
}

type Convert = (context: WriteContext, field: Field, value: unknown) => Cell | null;

/**
 * One value in the write format of facts.md §4.7 → what the cell holds; `null` = empty.
 * @throws the conversion errors 1254060–1254074, the size limits 1254106 and 1254130, 1254303 for foreign files.
 */
export function toCell(context: WriteContext, field: Field, value: unknown): Cell | null {
  if (READ_ONLY.has(field.type))
    throw refusal(context.page, 1254015, `field ${field.name} cannot be written`);
  if (value === null) return null;
  const convert = CONVERT[field.type];
  if (!convert) throw refusal(context.page, 1254015, `field ${field.name} has type ${field.type}`);
  return convert(context, field, value);
}

const bad = (context: WriteContext, code: number, field: Field, value: unknown) =>
  refusal(context.page, code, `fields.${field.name}: ${JSON.stringify(value)?.slice(0, 120)}`);

const tooLarge = (context: WriteContext, field: Field) =>
  refusal(context.page, 1254130, `field ${field.name}`);

function text(context: WriteContext, field: Field, value: unknown): Cell | null {
  if (typeof value !== "string") throw bad(context, 1254060, field, value);
  if (value.length > LIMITS.text) throw tooLarge(context, field);
  return value === "" ? null : value;
}

function number(context: WriteContext, field: Field, value: unknown): Cell {
  if (typeof value !== "number" || !Number.isFinite(value)) throw bad(context, 1254061, field, value);
  if (field.uiType === "Rating") {
    const { min = 1, max = 5 } = field.property;
    if (!Number.isInteger(value) || value < min || value > max) throw bad(context, 1254061, field, value);
  }
  return value;
}

/** An unknown name makes an option (facts.md §4.6): a client that does not know of a rename doubles it. */
function optionId(context: WriteContext, field: Field, name: string, code: number): string {
  const made = context.newOptions.get(field.id) ?? [];
  const known = field.property.options ?? [];
  const found = known.find((option) => option.name === name) ?? made.find((option) => option.name === name);
  if (found) return found.id;
  const count = known.length + made.length;
  if (count >= LIMITS.optionsPerField)
    throw refusal(context.page, code, `field ${field.name} has ${count} options`);
  const option = { id: context.kernel.id("opt"), name, color: count % 55 };
  context.newOptions.set(field.id, [...made, option]);
  return option.id;
}

function select(context: WriteContext, field: Field, value: unknown): Cell | null {
  if (typeof value !== "string") throw bad(context, 1254062, field, value);
  return value.trim() === "" ? null : optionId(context, field, value, 1254062);
}

function multiSelect(context: WriteContext, field: Field, value: unknown): Cell | null {
  if (!Array.isArray(value)) throw bad(context, 1254063, field, value);
  if (value.length > LIMITS.optionsPerCell) throw tooLarge(context, field);
  const ids = value.map((name: unknown) => {
    if (typeof name !== "string" || name.trim() === "") throw bad(context, 1254063, field, value);
    return optionId(context, field, name, 1254063);
  });
  return orNull([...new Set(ids)]);
}

function date(context: WriteContext, field: Field, value: unknown): Cell {
  if (typeof value !== "number" || !Number.isInteger(value)) throw bad(context, 1254064, field, value);
  return value;
}

function checkbox(context: WriteContext, field: Field, value: unknown): Cell {
  if (typeof value !== "boolean") throw bad(context, 1254065, field, value);
  return value;
}

function idList(context: WriteContext, field: Field, value: unknown, key: string, code: number): string[] {
  if (!Array.isArray(value)) throw bad(context, code, field, value);
  return value.map((one: unknown) => {
    const id = typeof one === "object" && one !== null ? (one as Record<string, unknown>)[key] : undefined;
    if (typeof id !== "string" || id === "") throw bad(context, code, field, value);
    return id;
  });
}

function users(context: WriteContext, field: Field, value: unknown): Cell | null {
  const ids = idList(context, field, value, "id", 1254066);
  if (ids.length > LIMITS.users) throw tooLarge(context, field);
  if (field.property.multiple === false && ids.length > 1) throw bad(context, 1254066, field, value);
  const open = ids.map((id) => {
    const openId = openIdOf(context.kernel, context.idType, id);
    if (!openId) throw bad(context, 1254066, field, id);
    return openId;
  });
  return orNull([...new Set(open)]);
}

function groups(context: WriteContext, field: Field, value: unknown): Cell | null {
  const ids = idList(context, field, value, "id", 1254015);
  if (ids.length > LIMITS.groups) throw tooLarge(context, field);
  if (field.property.multiple === false && ids.length > 1) throw bad(context, 1254015, field, value);
  for (const id of ids) if (!chatOf(context.kernel, id)) throw bad(context, 1254015, field, id);
  return orNull([...new Set(ids)]);
}

function phone(context: WriteContext, field: Field, value: unknown): Cell | null {
  if (typeof value !== "string" || value.length > 64 || !/^(\+)?\d*$/.test(value))
    throw bad(context, 1254072, field, value);
  return value === "" ? null : value;
}

function url(context: WriteContext, field: Field, value: unknown): Cell {
  const given = (typeof value === "object" ? value : null) as { link?: unknown; text?: unknown } | null;
  if (!given || typeof given.link !== "string") throw bad(context, 1254068, field, value);
  if (given.text !== undefined && typeof given.text !== "string") throw bad(context, 1254068, field, value);
  return { text: given.text ?? given.link, link: given.link };
}

function attachments(context: WriteContext, field: Field, value: unknown): Cell | null {
  const tokens = idList(context, field, value, "file_token", 1254069);
  if (tokens.length > LIMITS.attachments) throw refusal(context.page, 1254106, `field ${field.name}`);
  const medias = drive(context.kernel.state).medias;
  for (const token of tokens) {
    const media = medias[token];
    const here =
      media &&
      !media.deleted &&
      media.parentType.startsWith("bitable_") &&
      media.parentNode === context.base.token;
    if (!here) throw refusal(context.page, 1254303, `file ${token} was not uploaded to this Base`);
  }
  return orNull(tokens);
}

function links(context: WriteContext, field: Field, value: unknown): Cell | null {
  const code = field.type === T.duplex ? 1254074 : 1254067;
  if (!Array.isArray(value)) throw bad(context, code, field, value);
  if (value.length > LIMITS.links) throw tooLarge(context, field);
  if (field.property.multiple === false && value.length > 1) throw bad(context, code, field, value);
  const rows = context.base.tables.find((table) => table.id === field.property.table_id)?.rows;
  const ids = value.map((id: unknown) => {
    if (typeof id !== "string" || !rows || !Object.hasOwn(rows, id)) throw bad(context, code, field, id);
    return id;
  });
  return orNull([...new Set(ids)]);
}

function location(context: WriteContext, field: Field, value: unknown): Cell | null {
  if (value === "") return null;
  if (typeof value !== "string" || !/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/.test(value))
    throw bad(context, 1254015, field, value);
  return value;
}

const orNull = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list);

const CONVERT: Record<number, Convert> = {
  [T.text]: text,
  [T.number]: number,
  [T.select]: select,
  [T.multiSelect]: multiSelect,
  [T.date]: date,
  [T.checkbox]: checkbox,
  [T.user]: users,
  [T.phone]: phone,
  [T.url]: url,
  [T.attachment]: attachments,
  [T.link]: links,
  [T.duplex]: links,
  [T.location]: location,
  [T.group]: groups,
};
