import { z } from "zod";
import { NotFoundError } from "../errors.ts";
import type { Client } from "./client.ts";
import type { Once } from "./once.ts";
import { batches, pages } from "./paging.ts";
import { anything, list, numeric, optional, text } from "./parts.ts";
import { clientTokenFor } from "./tokens.ts";

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
  /** Records already gone are no error. */
  batchDelete(table: TableRef, recordIds: readonly string[]): Promise<void>;
}

const SEARCH_PAGE = 500;
const GET_BATCH = 100;
const WRITE_BATCH = 1000;
const DELETE_BATCH = 500;
const RECORD_ID_NOT_FOUND = 1254043;

const person = optional(z.object({ id: text }));
const record = z
  .object({
    record_id: z.string(),
    fields: z.record(z.string(), z.unknown()).nullish(),
    created_time: optional(numeric),
    last_modified_time: optional(numeric),
    created_by: person,
    last_modified_by: person,
  })
  .transform((raw): FeishuRecord => ({
    recordId: raw.record_id,
    fields: raw.fields ?? {},
    createdTime: raw.created_time,
    lastModifiedTime: raw.last_modified_time,
    createdBy: raw.created_by?.id,
    lastModifiedBy: raw.last_modified_by?.id,
  }));

const one = z.object({ record });
const many = z.object({ records: list(record) });
const found = z.object({
  records: list(record),
  absent_record_ids: list(z.string()),
  forbidden_record_ids: list(z.string()),
});

const pathOf = (table: TableRef) => ({ app_token: table.appToken, table_id: table.tableId });
const byOpenId = { user_id_type: "open_id" };

function searchBody(search: Search): Record<string, unknown> {
  return {
    view_id: search.viewId,
    field_names: search.fieldNames,
    sort: search.sort,
    filter: search.filter,
    automatic_fields: search.automaticFields,
  };
}

export function createRecords(client: Client): Records {
  async function* searchPages(table: TableRef, search: Search = {}): AsyncGenerator<FeishuRecord[]> {
    const query = { ...byOpenId, page_size: search.pageSize ?? SEARCH_PAGE };
    const request = { path: pathOf(table), query, body: searchBody(search) };
    for await (const page of pages(client, "records.search", request, z.object({ items: list(record) })))
      yield page.items;
  }

  async function batchGet(
    table: TableRef,
    recordIds: readonly string[],
    options: { automaticFields?: boolean } = {},
  ) {
    const result = { records: [] as FeishuRecord[], absent: [] as string[], forbidden: [] as string[] };
    for (const ids of batches(recordIds, GET_BATCH)) {
      const body = { ...byOpenId, record_ids: ids, automatic_fields: options.automaticFields };
      const reply = await client.call("records.batchGet", { path: pathOf(table), body }, found);
      result.records.push(...reply.records);
      result.absent.push(...reply.absent_record_ids);
      result.forbidden.push(...reply.forbidden_record_ids);
    }
    return result;
  }

  async function deleteBatch(table: TableRef, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    try {
      await client.call("records.batchDelete", { path: pathOf(table), body: { records: ids } }, anything);
    } catch (error) {
      if (!(error instanceof NotFoundError && error.feishuCode === RECORD_ID_NOT_FOUND)) throw error;
      const left = (await batchGet(table, ids)).records.map((present) => present.recordId);
      if (left.length === ids.length) throw error;
      await deleteBatch(table, left);
    }
  }

  return {
    pages: searchPages,
    async search(table, search) {
      const records: FeishuRecord[] = [];
      for await (const page of searchPages(table, search)) records.push(...page);
      return records;
    },
    batchGet,
    async create(table, fields, once) {
      const query = { ...byOpenId, client_token: clientTokenFor(once.key) };
      const request = { path: pathOf(table), query, body: { fields }, since: once.since };
      return (await client.call("records.create", request, one)).record;
    },
    async batchCreate(table, rows, once) {
      const created: FeishuRecord[] = [];
      for (const [index, batch] of batches(rows, WRITE_BATCH).entries()) {
        const query = { ...byOpenId, client_token: clientTokenFor(`${once.key}#${index}`) };
        const body = { records: batch.map((fields) => ({ fields })) };
        const request = { path: pathOf(table), query, body, since: once.since };
        created.push(...(await client.call("records.batchCreate", request, many)).records);
      }
      return created;
    },
    async update(table, recordId, fields) {
      const path = { ...pathOf(table), record_id: recordId };
      return (await client.call("records.update", { path, query: byOpenId, body: { fields } }, one)).record;
    },
    async batchUpdate(table, changes) {
      for (const batch of batches(changes, WRITE_BATCH)) {
        const records = batch.map(({ recordId, fields }) => ({ record_id: recordId, fields }));
        const request = { path: pathOf(table), query: byOpenId, body: { records } };
        await client.call("records.batchUpdate", request, anything);
      }
    },
    async batchDelete(table, recordIds) {
      for (const batch of batches(recordIds, DELETE_BATCH)) await deleteBatch(table, batch);
    },
  };
}
