import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openBase } from "./access.ts";
import { once } from "./client-token.ts";
import type { Page } from "./errors.ts";
import { createRecords, deleteRecords, echo, updateRecords } from "./record-core.ts";
import type { Fields, RecordUpdate } from "./record-core.ts";
import { SCOPES } from "./scopes.ts";
import { openTableForWrite } from "./writing.ts";

const RECORDS = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id/records";
const rate = { perSecond: 50 };

/** A create with its client_token; the ids of the records, new or of the first time. */
async function createOnce(call: Call, page: Page, records: { fields: Fields }[]): Promise<string[]> {
  const { base } = openBase(call, page, "edit");
  const content = [call.path["table_id"], records];
  const { ids } = await once(page, base, call.query["client_token"], content, call.now(), async () => {
    const { opened, table } = await openTableForWrite(call, page, true);
    return createRecords(opened, table, records);
  });
  return ids;
}

export const recordWrites = operations([
  {
    method: "POST",
    path: RECORDS,
    scopes: SCOPES.createRecord,
    rate,
    async handle(call) {
      const fields = call.body["fields"] as Fields;
      const [id = ""] = await createOnce(call, "rec create", [{ fields }]);
      return { record: echo(id, fields) };
    },
  },
  {
    method: "POST",
    path: `${RECORDS}/batch_create`,
    scopes: SCOPES.createRecord,
    rate,
    async handle(call) {
      const records = call.body["records"] as { fields: Fields }[];
      const ids = await createOnce(call, "rec b_create", records);
      return { records: records.map(({ fields }, index) => echo(ids[index] ?? "", fields)) };
    },
  },
  {
    method: "PUT",
    path: `${RECORDS}/:record_id`,
    scopes: SCOPES.updateRecord,
    rate,
    async handle(call) {
      const { opened, table } = await openTableForWrite(call, "rec update", true);
      const id = call.path["record_id"] ?? "";
      const fields = call.body["fields"] as Fields;
      updateRecords(opened, table, [{ record_id: id, fields }]);
      return { record: echo(id, fields) };
    },
  },
  {
    method: "POST",
    path: `${RECORDS}/batch_update`,
    scopes: SCOPES.updateRecord,
    rate,
    async handle(call) {
      const { opened, table } = await openTableForWrite(call, "rec b_update", true);
      const records = call.body["records"] as RecordUpdate[];
      updateRecords(opened, table, records);
      return { records: records.map(({ record_id, fields }) => echo(record_id ?? "", fields)) };
    },
  },
  {
    method: "DELETE",
    path: `${RECORDS}/:record_id`,
    scopes: SCOPES.deleteRecord,
    rate,
    async handle(call) {
      const { opened, table } = await openTableForWrite(call, "rec delete", true);
      const record_id = call.path["record_id"] ?? "";
      deleteRecords(opened, table, [record_id]);
      return { deleted: true, record_id };
    },
  },
  {
    method: "POST",
    path: `${RECORDS}/batch_delete`,
    scopes: SCOPES.deleteRecord,
    rate,
    async handle(call) {
      const { opened, table } = await openTableForWrite(call, "rec b_delete", true);
      const ids = call.body["records"] as string[];
      deleteRecords(opened, table, ids);
      return { records: ids.map((record_id) => ({ deleted: true, record_id })) };
    },
  },
]);
