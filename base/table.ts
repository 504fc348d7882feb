/**
 * The vocabulary of the registry: what a field, a view and a table are. Field kinds and properties follow facts.md §4.4;
 * the tables themselves stand in `tables/`, one file each, field by field as tables.md has them.
 */
export type Language = "zh" | "en";
/** `shared` = 「讲台」, read by lecturers; `admin` = 「讲台·管理」, read by admins only. */
export type BaseKey = "shared" | "admin";
/** P = people write it, S = the server writes it (read only for every role), PS = either. */
export type Writer = "P" | "S" | "PS";
export type Role = "lecturer" | "manager";

export interface Names {
  readonly zh: string;
  readonly en: string;
}

export interface Option<K extends string = string> extends Names {
  readonly key: K;
  /** 0–54. */
  readonly color: number;
}

interface Common extends Names {
  readonly by: Writer;
  /** A lecturer reads it in every row. */
  readonly pub?: boolean;
  /** A lecturer edits it in the own row. */
  readonly self?: boolean;
  /** Hidden from this role also where the table is readable. */
  readonly hiddenFrom?: readonly Role[];
}

export type TextFormat = "time" | "month" | "timezone" | "rrule";
export interface TextField extends Common {
  readonly kind: "text";
  readonly format?: TextFormat;
  /** Characters; a text cell holds at most 100,000 (facts.md §4.5). */
  readonly maxLength?: number;
}
export interface NumberField extends Common {
  readonly kind: "number";
  readonly formatter: "0" | "0.0" | "0.00" | "0.00%";
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}
export interface RatingField extends Common {
  readonly kind: "rating";
  readonly min: number;
  readonly max: number;
}
export interface SelectField<K extends string = string> extends Common {
  readonly kind: "select";
  readonly options: readonly Option<K>[];
}
export interface MultiSelectField<K extends string = string> extends Common {
  readonly kind: "multiSelect";
  readonly options: readonly Option<K>[];
}
/** A multi select whose list people extend: its values are the names as they are, not keys. */
export interface OpenSelectField extends Common {
  readonly kind: "openSelect";
  readonly options: readonly Option[];
}
export interface DateField extends Common {
  readonly kind: "date";
  readonly time: boolean;
  readonly autoFill?: boolean;
}
export interface CheckboxField extends Common {
  readonly kind: "checkbox";
}
export interface PersonField extends Common {
  readonly kind: "person";
}
export interface PersonsField extends Common {
  readonly kind: "persons";
}
export interface UrlField extends Common {
  readonly kind: "url";
}
export interface AttachmentField extends Common {
  readonly kind: "attachment";
}
export interface LinkField extends Common {
  readonly kind: "link";
  readonly table: string;
  /** With it the link is two-way (21): the other table gets a list field of this key. */
  readonly back?: { readonly key: string } & Names;
}
export interface LinksField extends Common {
  readonly kind: "links";
  readonly table: string;
}
/** The other end of a two-way link; made by Feishu when the link is made, never written by us. */
export interface BackLinksField extends Common {
  readonly kind: "backLinks";
  readonly table: string;
  readonly of: string;
}
export interface ChatField extends Common {
  readonly kind: "chat";
}
export interface ChatsField extends Common {
  readonly kind: "chats";
}
export interface UpdatedField extends Common {
  readonly kind: "updated";
}

export type Field =
  | TextField
  | NumberField
  | RatingField
  | SelectField
  | MultiSelectField
  | OpenSelectField
  | DateField
  | CheckboxField
  | PersonField
  | PersonsField
  | UrlField
  | AttachmentField
  | LinkField
  | LinksField
  | BackLinksField
  | ChatField
  | ChatsField
  | UpdatedField;

export interface FileRef {
  readonly fileToken: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}
export interface UrlValue {
  readonly text: string;
  readonly link: string;
}

/** The domain value of a field; an absent cell is `undefined`, except a checkbox, which is `false`. */
export type ValueOf<F> = F extends { kind: "text" }
  ? string
  : F extends { kind: "number" | "rating" | "date" | "updated" }
    ? number
    : F extends { kind: "openSelect" }
      ? string[]
      : F extends { kind: "multiSelect"; options: readonly Option<infer K>[] }
        ? K[]
        : F extends { kind: "select"; options: readonly Option<infer K>[] }
          ? K
          : F extends { kind: "checkbox" }
            ? boolean
            : F extends { kind: "persons" | "links" | "backLinks" | "chats" }
              ? string[]
              : F extends { kind: "person" | "link" | "chat" }
                ? string
                : F extends { kind: "url" }
                  ? UrlValue
                  : F extends { kind: "attachment" }
                    ? FileRef[]
                    : never;

export interface Condition<F extends string = string> {
  readonly field: F;
  readonly operator: "is" | "isNot" | "contains" | "doesNotContain" | "isEmpty" | "isNotEmpty";
  /** Option keys for selects, words such as `CurrentWeek` for dates, "true"/"false" for checkboxes. */
  readonly value: readonly string[];
}
export interface View<F extends string = string> extends Names {
  readonly key: string;
  readonly type: "grid" | "kanban" | "gallery" | "gantt" | "form" | "calendar";
  readonly filter?: readonly Condition<F>[];
  /** Fields shown; the others are hidden (grid) or invisible (form). Absent = all. */
  readonly only?: readonly F[];
  /** What a person still has to choose by hand, because the API cannot. */
  readonly choose?: Names;
  /** Form only: title and what it says to whom fills it in. */
  readonly form?: { readonly title: Names; readonly description: Names };
}

/** What a role may do with a table of the shared Base; the admin Base is open to admins only. */
export type TableAccess = "none" | "read" | "edit-own" | "add-and-edit-own";

export interface Table<F extends Record<string, Field> = Record<string, Field>> {
  readonly key: string;
  readonly base: BaseKey;
  readonly names: Names;
  /** Other names by which an existing table is recognised. */
  readonly aliases?: readonly string[];
  readonly primary: keyof F & string;
  readonly fields: F;
  readonly views: readonly View<keyof F & string>[];
  readonly access: Record<Role, TableAccess>;
}

/** Gives a table's definition its exact types, so that rows, patches and views are checked against it. */
export function defineTable<const K extends string, const F extends Record<string, Field>>(
  definition: Table<F> & { readonly key: K },
): Table<F> & { readonly key: K } {
  return definition;
}
