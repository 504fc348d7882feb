import type {
  AttachmentField,
  BackLinksField,
  ChatField,
  ChatsField,
  CheckboxField,
  DateField,
  LinkField,
  LinksField,
  MultiSelectField,
  NumberField,
  OpenSelectField,
  Option,
  PersonField,
  PersonsField,
  RatingField,
  Role,
  SelectField,
  TextField,
  UpdatedField,
  UrlField,
  Writer,
} from "./table.ts";

interface Marks {
  pub?: boolean;
  self?: boolean;
  hiddenFrom?: readonly Role[];
}
type OptionNames<K extends string> = Readonly<Record<K, readonly [zh: string, en: string]>>;

/** Colours are spread over Feishu's 55 so that neighbours differ; the order of the options is the order given. */
function toOptions<K extends string>(names: OptionNames<K>): Option<K>[] {
  return (Object.entries(names) as [K, readonly [string, string]][]).map(([key, [zh, en]], index) => ({
    key,
    zh,
    en,
    color: (index * 7) % 55,
  }));
}

export const text = (
  zh: string,
  en: string,
  by: Writer,
  more: Marks & Pick<TextField, "format" | "maxLength"> = {},
): TextField => ({ kind: "text", zh, en, by, ...more });

const number =
  (formatter: NumberField["formatter"], fixed: Pick<NumberField, "integer"> = {}) =>
  (zh: string, en: string, by: Writer, more: Marks & Pick<NumberField, "min" | "max"> = {}): NumberField => ({
    kind: "number",
    formatter,
    zh,
    en,
    by,
    ...fixed,
    ...more,
  });
/** Whole numbers. */
export const whole = number("0", { integer: true });
/** One decimal. */
export const tenths = number("0.0");
/** Two decimals. */
export const decimal = number("0.00");
/** A share between 0 and 1, shown as %. */
export const percent = (zh: string, en: string, by: Writer): NumberField =>
  number("0.00%")(zh, en, by, { min: 0, max: 1 });

export const rating = (zh: string, en: string, by: Writer): RatingField => ({
  kind: "rating",
  zh,
  en,
  by,
  min: 1,
  max: 5,
});

export const select = <const K extends string>(
  zh: string,
  en: string,
  by: Writer,
  options: OptionNames<K>,
  more: Marks = {},
): SelectField<K> => ({ kind: "select", zh, en, by, options: toOptions(options), ...more });

export const multiSelect = <const K extends string>(
  zh: string,
  en: string,
  by: Writer,
  options: OptionNames<K>,
  more: Marks = {},
): MultiSelectField<K> => ({ kind: "multiSelect", zh, en, by, options: toOptions(options), ...more });

export const openSelect = (
  zh: string,
  en: string,
  by: Writer,
  options: OptionNames<string>,
  more: Marks = {},
): OpenSelectField => ({ kind: "openSelect", zh, en, by, options: toOptions(options), ...more });

/** A day: `yyyy/MM/dd`, the value is the start of the day in ms. */
export const day = (
  zh: string,
  en: string,
  by: Writer,
  more: Marks & Pick<DateField, "autoFill"> = {},
): DateField => ({ kind: "date", time: false, zh, en, by, ...more });
/** A day with time of day, in ms. */
export const instant = (zh: string, en: string, by: Writer, more: Marks = {}): DateField => ({
  kind: "date",
  time: true,
  zh,
  en,
  by,
  ...more,
});

const plain =
  <F extends { kind: string }>(kind: F["kind"]) =>
  (zh: string, en: string, by: Writer, more: Marks = {}): F =>
    ({ kind, zh, en, by, ...more }) as unknown as F;

export const checkbox = plain<CheckboxField>("checkbox");
export const person = plain<PersonField>("person");
export const persons = plain<PersonsField>("persons");
export const url = plain<UrlField>("url");
export const attachment = plain<AttachmentField>("attachment");
export const chat = plain<ChatField>("chat");
export const chats = plain<ChatsField>("chats");

export const link = (
  zh: string,
  en: string,
  by: Writer,
  table: string,
  back?: LinkField["back"],
): LinkField => ({ kind: "link", zh, en, by, table, ...(back ? { back } : {}) });
export const links = (zh: string, en: string, by: Writer, table: string, more: Marks = {}): LinksField => ({
  kind: "links",
  zh,
  en,
  by,
  table,
  ...more,
});
/** `of` is the key of the two-way link in `table`. */
export const backLinks = (zh: string, en: string, table: string, of: string): BackLinksField => ({
  kind: "backLinks",
  zh,
  en,
  by: "S",
  table,
  of,
  pub: true,
});

/** The last field of nearly every table: catch-up sorts by it. */
export const updated = (): UpdatedField => ({
  kind: "updated",
  zh: "更新时间",
  en: "Updated",
  by: "S",
  pub: true,
});
