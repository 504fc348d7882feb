/** Bases as the levers of a person give them. */
export interface View {
  id: string;
  name: string;
  type: string;
  hidden: string[];
  form: FormMeta | null;
}

export interface FormMeta {
  name: string;
  description: string;
  fields: { field_id: string; title: string; description: string; required: boolean; visible: boolean }[];
}

export interface Table {
  id: string;
  name: string;
  records: number;
  views: View[];
}

export interface Base {
  app_token: string;
  name: string;
  perm: string;
  tables: Table[];
}

export interface Field {
  id: string;
  name: string;
  type: number;
  ui_type: string;
  property: {
    options?: { id: string; name: string; color: number }[];
    formatter?: string;
    date_formatter?: string;
    multiple?: boolean;
    table_id?: string;
    min?: number;
    max?: number;
  };
  primary: boolean;
  description: string;
  fixed: boolean;
}

export interface Row {
  id: string;
  cells: Record<string, unknown>;
  fixed: boolean;
}

export interface Rights {
  add: boolean;
  edit: boolean;
  remove: boolean;
}

export interface Page {
  total: number;
  rights: Rights;
  fields: Field[];
  rows: Row[];
}

/** A table of a Base, opened by a person. */
export interface Place {
  person: string;
  token: string;
  table: string;
  view: string;
}

/** Field types by their documented numbers. */
export const T = {
  text: 1,
  number: 2,
  select: 3,
  multiSelect: 4,
  date: 5,
  checkbox: 7,
  user: 11,
  phone: 13,
  url: 15,
  attachment: 17,
  link: 18,
  formula: 20,
  duplex: 21,
  group: 23,
  createdTime: 1001,
  modifiedTime: 1002,
  createdUser: 1003,
  modifiedUser: 1004,
} as const;

const WRITABLE: ReadonlySet<number> = new Set([
  T.text,
  T.number,
  T.select,
  T.multiSelect,
  T.date,
  T.checkbox,
  T.user,
  T.phone,
  T.url,
  T.attachment,
  T.link,
  T.duplex,
  T.group,
]);

export const mayWrite = (field: Field, row: Row, rights: Rights): boolean =>
  rights.edit && !field.fixed && !row.fixed && WRITABLE.has(field.type);
export const fillable = (field: Field): boolean => !field.fixed && WRITABLE.has(field.type);
