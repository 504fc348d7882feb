import type { Kernel } from "../../kernel.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { LIMITS, T } from "./model.ts";
import type { Base, Field, Option, Property } from "./model.ts";

/** UI types by type; the first is the usual one (facts.md §4.4). */
export const UI_TYPES: Record<number, string[]> = {
  [T.text]: ["Text", "Email", "Barcode"],
  [T.number]: ["Number", "Progress", "Currency", "Rating"],
  [T.select]: ["SingleSelect"],
  [T.multiSelect]: ["MultiSelect"],
  [T.date]: ["DateTime"],
  [T.checkbox]: ["Checkbox"],
  [T.user]: ["User"],
  [T.phone]: ["Phone"],
  [T.url]: ["Url"],
  [T.attachment]: ["Attachment"],
  [T.link]: ["SingleLink"],
  [T.formula]: ["Formula"],
  [T.duplex]: ["DuplexLink"],
  [T.location]: ["Location"],
  [T.group]: ["GroupChat"],
  [T.createdTime]: ["CreatedTime"],
  [T.modifiedTime]: ["ModifiedTime"],
  [T.createdUser]: ["CreatedUser"],
  [T.modifiedUser]: ["ModifiedUser"],
  [T.autoNumber]: ["AutoNumber"],
};

/** Types a primary field may have (facts.md §4.3). */
export const PRIMARY_TYPES: ReadonlySet<number> = new Set([1, 2, 5, 13, 15, 20, 22]);

const FORMATS: Record<string, string[]> = {
  Number: [
    "0",
    "0.0",
    "0.00",
    "0.000",
    "0.0000",
    "1,000",
    "1,000.00",
    "%",
    "0.00%",
    "0%",
    "¥",
    "¥0.00",
    "$",
    "$0.00",
  ],
  Progress: ["0", "0.0", "0.00", "0%", "0.0%", "0.00%"],
  Rating: ["0"],
};
const DATES = [
  "yyyy/MM/dd",
  "yyyy/MM/dd HH:mm",
  "yyyy-MM-dd",
  "yyyy-MM-dd HH:mm",
  "MM-dd",
  "MM/dd/yyyy",
  "dd/MM/yyyy",
];
const SYMBOLS = ["star", "heart", "thumbsup", "fire", "smile", "lightning", "flower", "number"];

export interface PropertyContext {
  kernel: Kernel;
  base: Base;
  page: Page;
  /** The field as it was, when it is being replaced. */
  old: Field | null;
}

/** The property as it is kept. @throws 1254080–1254096, by type. */
export function checkedProperty(
  context: PropertyContext,
  type: number,
  uiType: string,
  given: unknown,
): Property {
  const property = (given ?? {}) as Property;
  const check = CHECK[type];
  return check ? check(context, uiType, property) : {};
}

type Check = (context: PropertyContext, uiType: string, property: Property) => Property;

const wrong = (context: PropertyContext, code: number, why: string) =>
  refusal(context.page, code, `property: ${why}`);

const number: Check = (context, uiType, property) => {
  const formatter = property.formatter ?? (uiType === "Number" ? "0.0" : "0");
  const known = FORMATS[uiType];
  if (known && !known.includes(formatter)) throw wrong(context, 1254081, `formatter ${formatter}`);
  if (uiType === "Rating") return rating(context, property, formatter);
  if (uiType === "Currency") return { formatter, currency_code: property.currency_code ?? "CNY" };
  if (uiType === "Progress") {
    const { min = 0, max = 100, range_customize = false } = property;
    if (min >= max) throw wrong(context, 1254081, `min ${min} is not below max ${max}`);
    return { formatter, min, max, range_customize };
  }
  return { formatter };
};

function rating(context: PropertyContext, property: Property, formatter: string): Property {
  const { min = 1, max = 5 } = property;
  const symbol = property.rating?.symbol ?? "star";
  if (min !== 0 && min !== 1) throw wrong(context, 1254081, `rating min ${min}`);
  if (!Number.isInteger(max) || max < 1 || max > 10 || max <= min)
    throw wrong(context, 1254081, `rating max ${max}`);
  if (!SYMBOLS.includes(symbol)) throw wrong(context, 1254081, `rating symbol ${symbol}`);
  return { formatter, min, max, rating: { symbol } };
}

const options =
  (code: number): Check =>
  (context, _uiType, property) => {
    const given = property.options ?? [];
    if (given.length > LIMITS.optionsPerField) throw wrong(context, code, `${given.length} options`);
    const list = given.map((option, index) => checkedOption(context, code, option, index));
    if (new Set(list.map((option) => option.name)).size < list.length)
      throw wrong(context, code, "option names repeat");
    return { options: list };
  };

function checkedOption(
  context: PropertyContext,
  code: number,
  option: Partial<Option>,
  index: number,
): Option {
  const name = option.name?.trim() ?? "";
  if (name === "") throw refusal(context.page, 1254026);
  const color = option.color ?? index % 55;
  if (!Number.isInteger(color) || color < 0 || color > 54) throw wrong(context, code, `color ${color}`);
  const known = context.old?.property.options?.some((one) => one.id === option.id);
  if (context.old && option.id && !known) throw wrong(context, code, `there is no option ${option.id}`);
  // Ids are made by the server; on a replacement only a known id keeps its values.
  return { id: known && option.id ? option.id : context.kernel.id("opt"), name, color };
}

const date =
  (code: number, fill: boolean): Check =>
  (context, _uiType, property) => {
    const date_formatter = property.date_formatter ?? "yyyy/MM/dd";
    if (!DATES.includes(date_formatter)) throw wrong(context, code, `date_formatter ${date_formatter}`);
    return fill ? { date_formatter, auto_fill: property.auto_fill ?? false } : { date_formatter };
  };

const multiple: Check = (_context, _uiType, property) => ({ multiple: property.multiple ?? true });

const link =
  (code: number): Check =>
  (context, _uiType, property) => {
    const target = context.base.tables.find((table) => table.id === property.table_id);
    if (!target) throw wrong(context, code, `there is no table ${property.table_id}`);
    const kept = { multiple: property.multiple ?? true, table_id: target.id };
    if (code === 1254089) return kept;
    return { ...kept, back_field_name: property.back_field_name?.trim() ?? "" };
  };

const autoNumber: Check = (context, _uiType, property) => {
  const serial = property.auto_serial ?? { type: "auto_increment_number" };
  const kinds = ["system_number", "fixed_text", "created_time"];
  if (serial.type === "custom" && !serial.options?.length)
    throw refusal(context.page, 1254001, "auto_serial.options");
  for (const part of serial.options ?? []) {
    if (!kinds.includes(part.type)) throw refusal(context.page, 1254001, `auto_serial option ${part.type}`);
  }
  return { auto_serial: serial };
};

const CHECK: Record<number, Check> = {
  [T.text]: (_context, uiType, property) =>
    uiType === "Barcode"
      ? { allowed_edit_modes: { manual: true, scan: true, ...property.allowed_edit_modes } }
      : {},
  [T.number]: number,
  [T.select]: options(1254082),
  [T.multiSelect]: options(1254083),
  [T.date]: date(1254084, true),
  [T.user]: multiple,
  [T.group]: multiple,
  [T.link]: link(1254089),
  // Two official pages disagree on formula_expression (facts.md §15.3): it is kept and shown, never calculated.
  [T.formula]: (_context, _uiType, property) => ({
    formatter: property.formatter ?? "",
    formula_expression: property.formula_expression ?? "",
  }),
  [T.duplex]: link(1254092),
  [T.location]: (_context, _uiType, property) => ({
    location: { input_type: property.location?.input_type ?? "not_limit" },
  }),
  [T.createdTime]: date(1254093, false),
  [T.modifiedTime]: date(1254094, false),
  [T.autoNumber]: autoNumber,
};

/** The property as answers show it: null where a type has none, names of linked tables added. */
export function shownProperty(base: Base, field: Field): Property | null {
  if (Object.keys(field.property).length === 0) return null;
  const target = base.tables.find((table) => table.id === field.property.table_id);
  const named = target ? { table_name: target.name } : {};
  return { ...field.property, ...named };
}
