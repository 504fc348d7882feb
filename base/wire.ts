import type { Condition, Field, Language, Names, Option, Table } from "./table.ts";

/** A field as the create call wants it (facts.md §4.4). */
export interface WireField {
  field_name: string;
  type: number;
  ui_type?: string;
  property?: Record<string, unknown>;
  description?: { text: string };
}

const computed: Names = { zh: "系统计算，请勿手改", en: "Computed, do not edit" };

const TYPE: Record<Field["kind"], number> = {
  text: 1,
  number: 2,
  rating: 2,
  select: 3,
  multiSelect: 4,
  openSelect: 4,
  date: 5,
  checkbox: 7,
  person: 11,
  persons: 11,
  url: 15,
  attachment: 17,
  link: 18,
  links: 18,
  backLinks: 21,
  chat: 23,
  chats: 23,
  updated: 1002,
};

export function typeOf(field: Field): number {
  return field.kind === "link" && field.back ? 21 : TYPE[field.kind];
}

/** What a type number is called, for messages to people. */
export const typeNames: Readonly<Record<number, Names>> = {
  1: { zh: "文本", en: "Text" },
  2: { zh: "数字", en: "Number" },
  3: { zh: "单选", en: "Single option" },
  4: { zh: "多选", en: "Multiple options" },
  5: { zh: "日期", en: "Date" },
  7: { zh: "复选框", en: "Checkbox" },
  11: { zh: "人员", en: "Person" },
  13: { zh: "电话号码", en: "Phone" },
  15: { zh: "超链接", en: "Link" },
  17: { zh: "附件", en: "Attachment" },
  18: { zh: "单向关联", en: "One-way link" },
  19: { zh: "查找引用", en: "Lookup" },
  20: { zh: "公式", en: "Formula" },
  21: { zh: "双向关联", en: "Two-way link" },
  22: { zh: "地理位置", en: "Location" },
  23: { zh: "群组", en: "Group" },
  1001: { zh: "创建时间", en: "Created time" },
  1002: { zh: "最后更新时间", en: "Last modified time" },
  1003: { zh: "创建人", en: "Created by" },
  1004: { zh: "修改人", en: "Modified by" },
  1005: { zh: "自动编号", en: "Auto number" },
};

export function wireOptions(
  options: readonly Option[],
  language: Language,
): { name: string; color: number }[] {
  return options.map((option) => ({ name: option[language], color: option.color }));
}

/** `tableIdOf` gives the id of a linked table; links are made after all tables are there. */
export function wireField(
  field: Field,
  language: Language,
  tableIdOf: (table: string) => string = () => "",
): WireField {
  const property = propertyOf(field, language, tableIdOf);
  return {
    field_name: field[language],
    type: typeOf(field),
    ...(field.kind === "rating" ? { ui_type: "Rating" } : {}),
    ...(property ? { property } : {}),
    ...(field.by === "S" && field.kind !== "updated" ? { description: { text: computed[language] } } : {}),
  };
}

function propertyOf(
  field: Field,
  language: Language,
  tableIdOf: (table: string) => string,
): Record<string, unknown> | undefined {
  switch (field.kind) {
    case "number":
      return { formatter: field.formatter };
    case "rating":
      return { formatter: "0", min: field.min, max: field.max, rating: { symbol: "star" } };
    case "select":
    case "multiSelect":
    case "openSelect":
      return { options: wireOptions(field.options, language) };
    case "date":
      return {
        date_formatter: field.time ? "yyyy-MM-dd HH:mm" : "yyyy/MM/dd",
        auto_fill: field.autoFill ?? false,
      };
    case "updated":
      return { date_formatter: "yyyy-MM-dd HH:mm" };
    case "person":
    case "chat":
      return { multiple: false };
    case "persons":
    case "chats":
      return { multiple: true };
    case "link":
      return {
        table_id: tableIdOf(field.table),
        multiple: false,
        ...(field.back ? { back_field_name: field.back[language] } : {}),
      };
    case "links":
      return { table_id: tableIdOf(field.table), multiple: true };
    default:
      return undefined;
  }
}

/** Made with the table: everything but links (they need the other table) and their other ends (Feishu makes them). */
export function isPlain(field: Field): boolean {
  return field.kind !== "link" && field.kind !== "links" && field.kind !== "backLinks";
}

/** The primary field first: the first field of a new table is its primary one. */
export function plainFields(table: Table): [key: string, field: Field][] {
  const entries = Object.entries(table.fields).filter(([, field]) => isPlain(field));
  return entries.toSorted(([a], [b]) => Number(b === table.primary) - Number(a === table.primary));
}

/** A view's condition: by field id, option ids, and the value as JSON in a string (facts.md §4.11). */
export function wireCondition(
  condition: Condition,
  place: { id: string; options?: Readonly<Record<string, { id: string }>> | undefined },
): { field_id: string; operator: Condition["operator"]; value: string } {
  const value = condition.value.map((item) => place.options?.[item]?.id ?? item);
  return { field_id: place.id, operator: condition.operator, value: JSON.stringify(value) };
}

/** Relative dates in view filters are documented by reference only: such a filter may be refused. */
export function isRelativeDate(condition: Condition): boolean {
  return condition.value.some((value) => /^(?:Current|Last|TheLast|TheNext)/u.test(value));
}
