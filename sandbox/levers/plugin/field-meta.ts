import { T } from "../../api/bitable/model.ts";
import type { Field, Option, Property, Table } from "../../api/bitable/model.ts";
import type { FieldSpec } from "../../api/bitable/field-core.ts";
import { said } from "../../api/given.ts";
import { openType, typeCode } from "./codec.ts";
import { PluginError, SDK } from "./errors.ts";

type Sdk = Record<string, unknown>;

/** A field as the SDK describes it. */
export function fieldMeta(field: Field): Sdk {
  const words = field.description?.text ?? "";
  return {
    id: field.id,
    type: typeCode(field),
    name: field.name,
    isPrimary: field.primary,
    description: {
      content: words === "" ? null : [{ type: "text", text: words }],
      disableSyncToFormDesc: field.description?.disable_sync ?? false,
    },
    property: sdkProperty(field),
  };
}

function sdkProperty({ type, uiType, property }: Field): Sdk | null {
  return (SHOWN[typeCode({ type, uiType })] ?? (() => null))(property);
}

const time = ({ date_formatter }: Property): Sdk => ({
  dateFormat: date_formatter ?? "yyyy/MM/dd",
  displayTimeZone: false,
});
const choices = ({ options }: Property): Sdk => ({
  options: (options ?? []).map((one) => ({ ...one })),
  optionsType: 0,
});
const several = ({ multiple }: Property): Sdk => ({ multiple: multiple ?? true });

const SHOWN: Record<number, (property: Property) => Sdk> = {
  [T.number]: ({ formatter }) => ({ formatter: formatter ?? "0.0" }),
  [T.select]: choices,
  [T.multiSelect]: choices,
  [T.date]: (property) => ({ ...time(property), autoFill: property.auto_fill ?? false }),
  [T.user]: several,
  [T.attachment]: () => ({ onlyMobile: false }),
  [T.link]: ({ table_id, multiple }) => ({ tableId: table_id, multiple: multiple ?? true }),
  [T.duplex]: ({ table_id, multiple, back_field_id }) => ({
    tableId: table_id,
    multiple: multiple ?? true,
    backFieldId: back_field_id,
  }),
  [T.formula]: ({ formula_expression, formatter }) => ({
    formula: formula_expression ?? "",
    formatter: formatter ?? "",
  }),
  [T.location]: ({ location }) => ({
    inputType: location?.input_type === "only_mobile" ? "ONLY_MOBILE" : "NOT_LIMIT",
  }),
  [T.group]: several,
  [T.createdTime]: time,
  [T.modifiedTime]: time,
  99001: ({ allowed_edit_modes }) => ({ onlyMobile: allowed_edit_modes?.manual === false }),
  99003: ({ formatter, currency_code }) => ({
    decimalDigits: /\.(0+)/u.exec(formatter ?? "0.00")?.[1]?.length ?? 0,
    currencyCode: currency_code ?? "CNY",
  }),
  99004: ({ min, max, rating }) => ({
    min: min ?? 1,
    max: max ?? 5,
    rating: { icon: rating?.symbol ?? "star" },
  }),
};

/** What `addField` and `setField` are given; a whole FieldMeta passes as well. */
export interface FieldConfig {
  type?: number;
  name?: string;
  property?: Sdk | null;
  description?: { content?: unknown; disableSyncToFormDesc?: boolean } | null;
}

/** The Open API's description of a new field, or of `old` with what `config` names changed; absent keys keep their value. */
export function fieldSpec(table: Table, config: FieldConfig, old: Field | null): FieldSpec {
  const code = config.type ?? (old ? typeCode(old) : 0);
  const kept = old && code === typeCode(old) ? sdkProperty(old) : null;
  const property = config.property ? { ...kept, ...config.property } : kept;
  return {
    ...openType(code),
    field_name: config.name ?? old?.name ?? freeName(table, NAMES[code] ?? "字段"),
    property: openProperty(code, property ?? {}, old),
    description: description(config, old),
  };
}

function description({ description: given }: FieldConfig, old: Field | null): FieldSpec["description"] {
  if (given === undefined || given === null) return old?.description ?? null;
  const { content, disableSyncToFormDesc } = given;
  const words = content === undefined ? old?.description?.text : plainWords(content);
  return {
    text: words ?? "",
    disable_sync: disableSyncToFormDesc ?? old?.description?.disable_sync ?? false,
  };
}

/** A description is a text, or segments, or null. */
function plainWords(content: unknown): string {
  if (content === null) return "";
  if (typeof content === "string") return content;
  if (Array.isArray(content))
    return content.map((one: unknown) => said((one as { text?: unknown } | null)?.text)).join("");
  throw new PluginError(SDK.fieldUnknown, "field description: expected a text or segments");
}

const openTime = ({ dateFormat }: Sdk): Sdk => ({ date_formatter: dateFormat });
const openLink = ({ tableId, multiple }: Sdk): Sdk => ({ table_id: tableId, multiple });
/** New options come without id; the Base gives one. */
const openChoices = ({ options }: Sdk): Sdk => ({
  options: ((options ?? []) as Partial<Option>[]).map(({ id, name, color }) => ({ id, name, color })),
});
const openSeveral = ({ multiple }: Sdk): Sdk => ({ multiple });

const OPEN: Record<number, (property: Sdk, old: Field | null) => Sdk> = {
  [T.number]: ({ formatter }) => ({ formatter }),
  [T.select]: openChoices,
  [T.multiSelect]: openChoices,
  [T.date]: (property) => ({ ...openTime(property), auto_fill: property["autoFill"] }),
  [T.user]: openSeveral,
  [T.link]: openLink,
  [T.duplex]: openLink,
  [T.formula]: ({ formula, formatter }) => ({ formula_expression: formula, formatter }),
  [T.location]: ({ inputType }) => ({
    location: { input_type: inputType === "ONLY_MOBILE" ? "only_mobile" : "not_limit" },
  }),
  [T.group]: openSeveral,
  [T.createdTime]: openTime,
  [T.modifiedTime]: openTime,
  // The SDK does not know how numbers are made up: they stay.
  [T.autoNumber]: (_property, old) => ({ auto_serial: old?.property.auto_serial }),
  99001: ({ onlyMobile }) => ({ allowed_edit_modes: { manual: onlyMobile !== true, scan: true } }),
  99003: ({ decimalDigits, currencyCode }) => ({
    formatter: decimals(decimalDigits),
    currency_code: currencyCode,
  }),
  99004: ({ min, max, rating }) => ({
    min,
    max,
    rating: { symbol: (rating as { icon?: string } | undefined)?.icon },
  }),
};

function decimals(count: unknown): string {
  return typeof count === "number" && count > 0 ? `0.${"0".repeat(count)}` : count === 0 ? "0" : "0.00";
}

/** Keys that say nothing are left out, so that the Base's defaults count. */
function openProperty(code: number, property: Sdk, old: Field | null): Sdk {
  const sameKind = old && typeCode(old) === code ? old : null;
  const made = (OPEN[code] ?? (() => ({})))(property, sameKind);
  return Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined));
}

const NAMES: Record<number, string> = {
  [T.text]: "文本",
  [T.number]: "数字",
  [T.select]: "单选",
  [T.multiSelect]: "多选",
  [T.date]: "日期",
  [T.checkbox]: "复选框",
  [T.user]: "人员",
  [T.phone]: "电话号码",
  [T.url]: "超链接",
  [T.attachment]: "附件",
  [T.link]: "单向关联",
  [T.formula]: "公式",
  [T.duplex]: "双向关联",
  [T.location]: "地理位置",
  [T.group]: "群组",
  [T.createdTime]: "创建时间",
  [T.modifiedTime]: "最后更新时间",
  [T.createdUser]: "创建人",
  [T.modifiedUser]: "修改人",
  [T.autoNumber]: "自动编号",
  99001: "条码",
  99002: "进度",
  99003: "货币",
  99004: "评分",
  99005: "邮箱",
};

/** 「文本」, 「文本 2」, …: the first that no field of the table has. */
function freeName(table: Table, name: string): string {
  return free(name, (one) => table.fields.some((field) => field.name === one));
}

export function free(name: string, taken: (name: string) => boolean): string {
  let candidate = name;
  for (let n = 2; taken(candidate); n += 1) candidate = `${name} ${n}`;
  return candidate;
}
