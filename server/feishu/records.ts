import type { Once } from "./once.ts";

export interface TableRef {
  appToken: string;
  tableId: string;
}

/** Keys are field names; values in Feishu's write format when sent, in its read format when read (facts.md §4.7). */
export type Fields = Record<string, unknown>;

export interface FeishuRecord {
  recordId: string;
  /** Empty cells are absent. */
  fields: Fields;
  /** ms since 1970; only with `automaticFields`. */
  createdTime?: number;
  lastModifiedTime?: number;
  /** open_id; only with `automaticFields`. */
  createdBy?: string;
  lastModifiedBy?: string;
}

export interface Condition {
  field_name: string;
  operator:
    | "is"
    | "isNot"
    | "contains"
    | "doesNotContain"
    | "isEmpty"
    | "isNotEmpty"
    | "isGreater"
    | "isGreaterEqual"
    | "isLess"
    | "isLessEqual";
  /** Always present, `[]` for isEmpty and isNotEmpty (facts.md §4.8). */
  value: string[];
}

export interface Filter {
  conjunction: "and" | "or";
  conditions: Condition[];
  /** One nested level. */
  children?: { conjunction: "and" | "or"; conditions: Condition[] }[];
}

export interface Search {
  /** Ignored by Feishu as soon as `filter` or `sort` is given. */
  viewId?: string;
  fieldNames?: string[];
  sort?: { field_name: string; desc?: boolean }[];
  filter?: Filter;
  automaticFields?: boolean;
  /** 1–500, default 500. */
  pageSize?: number;
}

export interface RecordChange {
  recordId: string;
  /** Only the cells to change; `null` clears. */
  fields: Fields;
}

/** Records of Base tables. Any number of rows: batches are filled to Feishu's limit, each batch being all or nothing. */
export interface Records {
  /** Every matching record. An empty list is no proof of absence (decisions.md 5): confirm with `batchGet`. */
  search(table: TableRef, search?: Search): Promise<FeishuRecord[]>;
  /** The same, page by page. */
  pages(table: TableRef, search?: Search): AsyncGenerator<FeishuRecord[]>;
  batchGet(
    table: TableRef,
    recordIds: readonly string[],
    options?: { automaticFields?: boolean },
  ): Promise<{ records: FeishuRecord[]; absent: string[]; forbidden: string[] }>;
  /** The reply echoes the write format (facts.md §4.6). */
  create(table: TableRef, fields: Fields, once: Once): Promise<FeishuRecord>;
  /** In the order given; each batch of 1000 has its own token derived from the key. */
  batchCreate(table: TableRef, rows: readonly Fields[], once: Once): Promise<FeishuRecord[]>;
  update(table: TableRef, recordId: string, fields: Fields): Promise<FeishuRecord>;
  batchUpdate(table: TableRef, changes: readonly RecordChange[]): Promise<void>;
  batchDelete(table: TableRef, recordIds: readonly string[]): Promise<void>;
}
