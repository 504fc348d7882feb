import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openBase, rightsOf, tableOf } from "./access.ts";
import type { Opened } from "./access.ts";
import { refusal } from "./errors.ts";
import type { FilterContext, Test } from "./filter.ts";
import { formulaTest } from "./formula-filter.ts";
import { visibleRow, visibleRows } from "./lag.ts";
import { fieldByName } from "./model.ts";
import type { Row, Table } from "./model.ts";
import { paged } from "./page.ts";
import { chosenFields, readRecord, recordUrl } from "./read-cell.ts";
import type { ReadContext } from "./read-cell.ts";
import type { Rights } from "./rights.ts";
import { SCOPES } from "./scopes.ts";
import { isSaid, searchTest, viewTest } from "./search-filter.ts";
import type { SearchFilter } from "./search-filter.ts";
import { SEARCH_BODY } from "./search-schema.ts";
import { sorted } from "./sort.ts";
import type { SortRule } from "./sort.ts";
import { said } from "../given.ts";

const RECORDS = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id/records";
const rate = { perSecond: 20 };
const LIST = { usual: 20, most: 500 };

interface Reading {
  opened: Opened;
  table: Table;
  rights: Rights;
  filter: FilterContext;
  read: ReadContext;
}

function openForRead(call: Call, page: "rec search" | "rec b_get" | "rec list", legacy: boolean): Reading {
  const opened = openBase(call, page, "view");
  const table = tableOf(opened, call.path["table_id"] ?? "", true);
  const { kernel, base, idType, origin } = opened;
  const textAsArray = call.query["text_field_as_array"] === true;
  return {
    opened,
    table,
    rights: rightsOf(opened, table),
    filter: { kernel, base, table, page, idType },
    read: { kernel, base, table, idType, origin, legacy, textAsArray },
  };
}

interface Wish {
  viewId: unknown;
  test: Test | null;
  sort: SortRule[];
}

/** `view_id` counts only without filter and sort (facts.md §4.8). Without manage right under advanced permissions: nothing. */
function find(reading: Reading, wish: Wish): readonly Row[] {
  const { rights, table, filter } = reading;
  if (!rights.read) return [];
  const plain = !wish.test && wish.sort.length === 0;
  const test = plain && wish.viewId ? ofView(reading, said(wish.viewId)) : wish.test;
  let rows = visibleRows(reading.opened.kernel, table);
  const { sees } = rights;
  if (sees) rows = rows.filter(sees);
  if (test) rows = rows.filter(test);
  return wish.sort.length > 0 ? sorted(filter, rows, wish.sort) : rows;
}

function ofView(reading: Reading, viewId: string): Test | null {
  const view = reading.table.views.find((one) => one.id === viewId);
  if (!view) throw refusal(reading.opened.page, 1254042, `view_id ${viewId}`);
  return viewTest(reading.filter, view);
}

function fieldsFor(reading: Reading, names: unknown) {
  const list = Array.isArray(names) && names.length > 0 ? (names as string[]) : null;
  if (list && list.length > 200)
    throw refusal(reading.opened.page, 1254024, `${list.length} names, at most 200`);
  const unknown = list?.find((name) => !fieldByName(reading.table, name));
  if (unknown !== undefined) throw refusal(reading.opened.page, 1254024, `field_names ${unknown}`);
  return chosenFields(reading.table, reading.rights.hidden, list);
}

function search(call: Call) {
  const reading = openForRead(call, "rec search", false);
  const { body, query } = call;
  const filter = body["filter"] as SearchFilter | undefined;
  const sort = (body["sort"] ?? []) as SortRule[];
  const test = isSaid(filter) ? searchTest(reading.filter, filter) : null;
  const fields = fieldsFor(reading, body["field_names"]);
  const rows = find(reading, { viewId: body["view_id"], test, sort });
  const key = JSON.stringify([reading.table.id, body["view_id"], filter, sort]);
  const page = paged("rec search", rows, query, LIST, key, call.now());
  const automatic = body["automatic_fields"] === true;
  const items = page.items.map((row) => ({
    ...readRecord(reading.read, row, fields, automatic),
    record_url: recordUrl(reading.read, row.id),
  }));
  return { ...page, items };
}

function batchGet(call: Call) {
  const reading = openForRead(call, "rec b_get", false);
  const ids = call.body["record_ids"] as string[];
  if (ids.length === 0) throw refusal("rec b_get", 1254007, "record_ids is empty");
  if (ids.length > 100) throw refusal("rec b_get", 1254104, `${ids.length} record_ids, at most 100`);
  const fields = fieldsFor(reading, null);
  const automatic = call.body["automatic_fields"] === true;
  const shared = call.body["with_shared_url"] === true;
  const answer = {
    records: [] as unknown[],
    forbidden_record_ids: [] as string[],
    absent_record_ids: [] as string[],
  };
  for (const id of ids) {
    const row = visibleRow(call, reading.table, id);
    if (!row) answer.absent_record_ids.push(id);
    else if (!reading.rights.read || reading.rights.sees?.(row) === false)
      answer.forbidden_record_ids.push(id);
    else {
      const link = shared ? { shared_url: recordUrl(reading.read, id) } : {};
      answer.records.push({ ...readRecord(reading.read, row, fields, automatic), ...link });
    }
  }
  return answer;
}

/** `["字段 DESC","f2 ASC"]`: a JSON array as text (facts.md §4.10). */
function legacySort(text: unknown): SortRule[] {
  if (!text) return [];
  return jsonList("sort", said(text), 1254016).map((one) => {
    const match = /^(.*?)\s+(ASC|DESC)$/i.exec(one.trim());
    return { field_name: match?.[1] ?? one.trim(), desc: match?.[2]?.toUpperCase() === "DESC" };
  });
}

function jsonList(name: string, text: string, code: number): string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  } catch {
    // Not JSON at all: the same refusal as JSON of another shape.
  }
  throw refusal("rec list", code, `${name} must be a JSON array of strings: ${text.slice(0, 80)}`);
}

function list(call: Call) {
  const reading = openForRead(call, "rec list", true);
  const { query } = call;
  const formula = said(query["filter"]);
  const test = formula ? formulaTest(reading.filter, formula) : null;
  const names = query["field_names"] ? jsonList("field_names", said(query["field_names"]), 1254024) : null;
  const fields = fieldsFor(reading, names);
  const rows = find(reading, { viewId: query["view_id"], test, sort: legacySort(query["sort"]) });
  const key = JSON.stringify([reading.table.id, query["view_id"], formula, query["sort"]]);
  const page = paged("rec list", rows, query, LIST, key, call.now());
  const automatic = query["automatic_fields"] === true;
  return { ...page, items: page.items.map((row) => readRecord(reading.read, row, fields, automatic)) };
}

function get(call: Call) {
  const reading = openForRead(call, "rec list", true);
  const id = call.path["record_id"] ?? "";
  const row = visibleRow(call, reading.table, id);
  if (!row) throw refusal("rec list", 1254043, `record_id ${id}`);
  if (!reading.rights.read || reading.rights.sees?.(row) === false) throw refusal("rec list", 1254302);
  const fields = fieldsFor(reading, null);
  return { record: readRecord(reading.read, row, fields, call.query["automatic_fields"] === true) };
}

export const recordReads = operations([
  {
    method: "POST",
    path: `${RECORDS}/search`,
    scopes: SCOPES.readRecord,
    rate,
    schema: { data: SEARCH_BODY },
    handle: search,
  },
  { method: "POST", path: `${RECORDS}/batch_get`, scopes: SCOPES.readRecord, rate, handle: batchGet },
  { method: "GET", path: RECORDS, scopes: SCOPES.readRecord, rate, handle: list },
  { method: "GET", path: `${RECORDS}/:record_id`, scopes: SCOPES.readRecord, rate, handle: get },
]);
