import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { RateLimitedError, UncertainError } from "#server/errors.ts";
import type { Condition, TableRef } from "#server/feishu/gateway.ts";
import { onSandbox, tableWith } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

let on: OnSandbox;
let table: TableRef;
beforeAll(async () => {
  on = await onSandbox();
});
afterAll(() => on.sandbox.close());
beforeEach(async () => {
  await on.noFaults();
  table = await tableWith(on.gateway, "分享");
  await on.mark();
});

const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ 主题: `主题 ${n}`, 次数: n }));
const base = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id/records";

describe("1,200 records", () => {
  test("are written in two batches, read in three pages, changed and deleted", async () => {
    const { records } = on.gateway;
    const created = await records.batchCreate(table, rows(1200), { key: "import:1" });
    expect(created).toHaveLength(1200);
    expect(created[1199]?.fields).toMatchObject({ 次数: 1199 });
    expect(await on.traffic("/batch_create")).toHaveLength(2);

    const found = await records.search(table, { fieldNames: ["次数"] });
    expect(new Set(found.map((record) => record.fields["次数"])).size).toBe(1200);
    expect(await on.traffic("/search")).toHaveLength(3);

    const ids = created.map((record) => record.recordId);
    await records.batchUpdate(
      table,
      ids.map((recordId) => ({ recordId, fields: { 次数: 7 } })),
    );
    expect(await on.traffic("/batch_update")).toHaveLength(2);
    const conditions: Condition[] = [{ field_name: "次数", operator: "is", value: ["7"] }];
    expect(await records.search(table, { filter: { conjunction: "and", conditions } })).toHaveLength(1200);

    await records.batchDelete(table, ids);
    expect(await on.traffic("/batch_delete")).toHaveLength(3);
    expect(await records.search(table)).toEqual([]);
  });

  test("absent ids are told apart, in hundreds", async () => {
    const { records } = on.gateway;
    const created = await records.batchCreate(table, rows(140), { key: "import:2" });
    const ids = created.map((record) => record.recordId);
    await records.batchDelete(table, ids.slice(0, 20));
    const result = await records.batchGet(table, ids, { automaticFields: true });
    expect(result.absent.toSorted()).toEqual(ids.slice(0, 20).toSorted());
    expect(result.records).toHaveLength(120);
    expect(result.records[0]?.lastModifiedTime).toBeGreaterThan(Date.UTC(2020, 1));
    expect(await on.traffic("/batch_get")).toHaveLength(2);
  });

  test("deleting what is partly gone already is no error", async () => {
    const { records } = on.gateway;
    const ids = (await records.batchCreate(table, rows(4), { key: "import:3" })).map((one) => one.recordId);
    await records.batchDelete(table, ids.slice(0, 2));
    await records.batchDelete(table, ids);
    expect(await records.search(table)).toEqual([]);
    await records.batchDelete(table, ids);
  });
});

describe("writes to one Base", () => {
  test("run one at a time, so that none meets a write conflict", async () => {
    const { records } = on.gateway;
    const made = await Promise.all(
      rows(8).map((fields, n) => records.create(table, fields, { key: `row:${n}` })),
    );
    expect(new Set(made.map((record) => record.recordId)).size).toBe(8);
    expect((await on.traffic()).map((entry) => entry.code)).toEqual(Array(8).fill(0));
  });

  test("a conflict with somebody else's write is waited out", async () => {
    await on.fault("conflict", `POST ${base}`, { count: 2 });
    const before = on.clock.now();
    await on.gateway.records.create(table, { 主题: "谈判" }, { key: "row" });
    expect((await on.traffic()).map((entry) => entry.code)).toEqual([1254291, 1254291, 0]);
    expect(on.clock.now() - before).toBeGreaterThanOrEqual(750);
  });

  test("a rate that never ends becomes an error that names when to come back", async () => {
    await on.fault("rateLimit", `PUT ${base}/:record_id`, { count: 100 });
    const record = await on.gateway.records.create(table, {}, { key: "row" });
    const update = on.gateway.records.update(table, record.recordId, { 次数: 1 });
    const error = await update.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAt).toBeGreaterThan(on.clock.now());
  });
});

describe("an unknown outcome", () => {
  test.each(["drop-after", "drop-before"])("%s: the record is there once", async (kind) => {
    await on.fault(kind, `POST ${base}`);
    const made = await on.gateway.records.create(table, { 主题: "谈判" }, { key: `row:${kind}` });
    const found = await on.gateway.records.search(table);
    expect(found.map((record) => record.recordId)).toEqual([made.recordId]);
    expect((await on.traffic(base)).map((entry) => entry.fault)).toEqual([kind, ""]);
  });

  test("a whole batch likewise", async () => {
    await on.fault("drop-after", `POST ${base}/batch_create`);
    const made = await on.gateway.records.batchCreate(table, rows(3), { key: "batch" });
    expect((await on.gateway.records.search(table)).map((record) => record.recordId).toSorted()).toEqual(
      made.map((record) => record.recordId).toSorted(),
    );
  });

  test("an hour later it is looked up instead", async () => {
    const since = on.clock.now();
    await on.gateway.records.create(table, { 主题: "谈判" }, { key: "row", since });
    await on.pass(60 * 60_000);
    const again = on.gateway.records.create(table, { 主题: "谈判" }, { key: "row", since });
    await expect(again).rejects.toBeInstanceOf(UncertainError);
    expect(await on.gateway.records.search(table)).toHaveLength(1);
  });
});

test("the token is renewed on the sandbox's clock", async () => {
  await on.gateway.records.search(table);
  for (let hour = 0; hour < 5; hour++) {
    await on.pass(115 * 60_000);
    await on.gateway.records.search(table);
  }
  expect((await on.traffic("/search")).map((entry) => entry.code)).toEqual(Array(6).fill(0));
});
