import { createRecords, deleteRecords, updateRecords } from "../../api/bitable/record-core.ts";
import { READ_ONLY } from "../../api/bitable/model.ts";
import type { Row } from "../../api/bitable/model.ts";
import { z } from "zod";
import { cellString } from "./cell-string.ts";
import { fromSdk, toSdk } from "./codec.ts";
import type { CellContext } from "./codec.ts";
import { atMost, PluginError, SDK } from "./errors.ts";
import { given, ids, oldPageParams, pageParams, recordValue, recordWithId } from "./parameters.ts";
import { paged, rowsByFormula, wishedRows } from "./rows.ts";
import type { Method, Methods } from "./types.ts";
import { fieldOf, fieldsOf, placeOf, rowOf } from "./visit.ts";
import type { Place } from "./visit.ts";

const cells = ({ opened }: Place): CellContext => ({ kernel: opened.kernel, tables: opened.base.tables });

/** All fields the person sees, empty ones as null. */
function fieldsValue(place: Place, row: Row, asText = false): Record<string, unknown> {
  const context = cells(place);
  const show = (field: Place["table"]["fields"][number]) =>
    asText ? cellString(context, place.opened.base, field, row) : toSdk(context, field, row);
  return Object.fromEntries(fieldsOf(place).map((field) => [field.id, show(field)]));
}

/** Field ids and SDK shapes → names and the write format. @throws for fields that cannot be written, and wrong shapes */
function openFields(place: Place, fields: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(fields)) {
    const field = fieldOf(place, id);
    if (READ_ONLY.has(field.type))
      throw new PluginError(SDK.cellDenied, `cell permission denied: ${field.name} is not editable`);
    out[field.name] = fromSdk(field, value);
  }
  return out;
}

const table: (visit: Parameters<Method>[0], context: unknown[]) => Place = (visit, [id]) =>
  placeOf(visit, id);

function add(place: Place, records: { fields: Record<string, unknown> }[]): string[] {
  if (records.length === 0) return [];
  atMost(records.length, "records");
  return createRecords(
    place.opened,
    place.table,
    records.map(({ fields }) => ({ fields: openFields(place, fields) })),
  );
}

function set(place: Place, records: { recordId: string; fields: Record<string, unknown> }[]): string[] {
  if (records.length === 0) return [];
  atMost(records.length, "records");
  for (const { recordId } of records) rowOf(place, recordId);
  updateRecords(
    place.opened,
    place.table,
    records.map(({ recordId, fields }) => ({ record_id: recordId, fields: openFields(place, fields) })),
  );
  return records.map(({ recordId }) => recordId);
}

function remove(place: Place, list: string[]): true {
  atMost(list.length, "records");
  for (const id of list) rowOf(place, id);
  if (list.length > 0) deleteRecords(place.opened, place.table, list);
  return true;
}

const byPage: Method = (visit, [params], context) => {
  const place = table(visit, context);
  const wish = given(pageParams, params ?? {}, "getRecordsByPage");
  const { items, ...page } = paged(wishedRows(place, wish), wish);
  const asText = wish.stringValue === true;
  return {
    ...page,
    records: items.map((row) => ({ recordId: row.id, fields: fieldsValue(place, row, asText) })),
  };
};

const idsByPage: Method = (visit, [params], context) => {
  const place = table(visit, context);
  const wish = given(pageParams, params ?? {}, "getRecordIdListByPage");
  const { items, ...page } = paged(wishedRows(place, wish), wish);
  return { ...page, recordIds: items.map((row) => row.id) };
};

/** The deprecated paging: the token is the id of the last record given. */
const byOldPage: Method = (visit, [params], context) => {
  const place = table(visit, context);
  const wish = given(oldPageParams, params ?? {}, "getRecords");
  const rows = rowsByFormula(place, wish.filter ?? "", wish.sort ?? "", wish.viewId ?? "");
  const last = wish.pageToken ? rows.findIndex((row) => row.id === wish.pageToken) : -1;
  if (wish.pageToken && last < 0)
    throw new PluginError(SDK.recordMissing, `record not found error: pageToken ${wish.pageToken}`);
  const { items, hasMore, total } = paged(rows, { pageSize: wish.pageSize, pageToken: last + 1 });
  const records = items.map((row) => ({ recordId: row.id, fields: fieldsValue(place, row) }));
  return { total, hasMore, records, ...(hasMore ? { pageToken: items.at(-1)?.id } : {}) };
};

const OLD_LIST_MAX = 200;

export const recordMethods: Methods = {
  reads: {
    WidgetTable_getRecordsByPage: byPage,
    WidgetTable_getRecordIdListByPage: idsByPage,
    WidgetTable_getRecords: byOldPage,
    WidgetTable_getRecordIdList: (visit, [filter, sort], context) =>
      rowsByFormula(
        table(visit, context),
        given(z.string().default(""), filter, "filter"),
        given(z.string().default(""), sort, "sort"),
        "",
      )
        .slice(0, OLD_LIST_MAX)
        .map((row) => row.id),
    WidgetTable_getRecordById: (visit, [id], context) => {
      const place = table(visit, context);
      return { fields: fieldsValue(place, rowOf(place, id)) };
    },
    WidgetTable_getRecordsByIds: (visit, [list], context) => {
      const place = table(visit, context);
      const wanted = given(ids, list, "recordIds");
      atMost(wanted.length, "records", 1000);
      return wanted.map((id) => ({ fields: fieldsValue(place, rowOf(place, id)) }));
    },
    WidgetTable_getCellValue: (visit, [field, record], context) => {
      const place = table(visit, context);
      return toSdk(cells(place), fieldOf(place, field), rowOf(place, record));
    },
    WidgetTable_getCellString: (visit, [field, record], context) => {
      const place = table(visit, context);
      return cellString(cells(place), place.opened.base, fieldOf(place, field), rowOf(place, record));
    },
    WidgetField_getCellString: (visit, [record], context) => {
      const place = table(visit, context);
      return cellString(cells(place), place.opened.base, fieldOf(place, context[1]), rowOf(place, record));
    },
    // Before 0.5.0 one call; since then the SDK reads pages of records.
    WidgetField_getFieldValueList: (visit, [filter, sort], context) => {
      const place = table(visit, context);
      const field = fieldOf(place, context[1]);
      const rows = rowsByFormula(
        place,
        given(z.string().default(""), filter, "filter"),
        given(z.string().default(""), sort, "sort"),
        "",
      );
      return rows.map((row) => ({ record_id: row.id, value: toSdk(cells(place), field, row) }));
    },
    WidgetTable_getRecordShareLink: (visit, [record], context) => {
      const { opened, table: of } = table(visit, context);
      const row = rowOf(table(visit, context), record);
      return `${visit.origin}/base/${opened.base.token}?table=${of.id}&record=${row.id}`;
    },
  },
  writes: {
    WidgetTable_addRecord: (visit, [record], context) =>
      add(table(visit, context), [given(recordValue.default({ fields: {} }), record, "addRecord")])[0],
    WidgetTable_addRecords: (visit, [list], context) =>
      add(table(visit, context), given(z.array(recordValue), list, "addRecords")),
    WidgetTable_setRecord: (visit, [id, record], context) =>
      set(table(visit, context), [
        given(recordWithId, { ...given(recordValue, record, "setRecord"), recordId: id }, "setRecord"),
      ])[0],
    WidgetTable_setRecords: (visit, [list], context) =>
      set(table(visit, context), given(z.array(recordWithId), list, "setRecords")),
    WidgetTable_deleteRecord: (visit, [id], context) =>
      remove(table(visit, context), [given(z.string(), id, "deleteRecord")]),
    WidgetTable_deleteRecords: (visit, [list], context) =>
      remove(table(visit, context), given(ids, list, "deleteRecords")),
    WidgetTable_setCellValue: (visit, params, context) => {
      const [field, record, value] = params;
      // Left out is not null: only null empties a cell.
      const said = params.length > 2 ? value : undefined;
      set(table(visit, context), [
        {
          recordId: given(z.string(), record, "recordId"),
          fields: { [given(z.string(), field, "fieldId")]: said },
        },
      ]);
      return true;
    },
  },
};
