import { afterAll, beforeAll, expect, it } from "vitest";
import { type BaseBench, startBench } from "./support.ts";

let bench: BaseBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.box.close());

it("reads lag writes by readLagMs: creation, change, deletion, revision, and a new table", async () => {
  const old = await bench.record({ 名称: "旧", 数量: 1 });
  await bench.box.lever("POST", "/clock/advance", { ms: 10_000 });
  await bench.box.lever("PATCH", "/switches", { readLagMs: 3000 });
  const names = async () =>
    ((await bench.search({})).json.data["items"] as { fields: Record<string, unknown> }[]).map((item) => [
      (item.fields["名称"] as { text: string }[] | undefined)?.[0]?.text,
      item.fields["数量"],
    ]);
  const revision = async () =>
    (
      (await bench.call("GET", `/bitable/v1/apps/${bench.app}/tables`)).json.data["items"] as {
        table_id: string;
        revision: number;
      }[]
    ).find((one) => one.table_id === bench.table)?.revision;
  const before = await revision();
  const fresh = await bench.record({ 名称: "新" });
  await bench.call("PUT", `${bench.path}/records/${old}`, { fields: { 数量: 2 } });
  await bench.call("PUT", `${bench.path}/records/${old}`, { fields: { 数量: 3 } });
  expect(await names()).toEqual([["旧", 1]]);
  expect(await revision()).toBe(before);
  const got = await bench.call("POST", `${bench.path}/records/batch_get`, { record_ids: [fresh] });
  expect(got.json.data["absent_record_ids"]).toEqual([fresh]);
  const table = await bench.call("POST", `/bitable/v1/apps/${bench.app}/tables`, { table: { name: "新表" } });
  const fields = () =>
    bench.call("GET", `/bitable/v1/apps/${bench.app}/tables/${table.json.data["table_id"] as string}/fields`);
  expect((await fields()).json.code).toBe(1254041);
  await bench.box.lever("POST", "/clock/advance", { ms: 3000 });
  expect(await names()).toEqual([
    ["旧", 3],
    ["新", undefined],
  ]);
  expect(await revision()).toBe((before ?? 0) + 3);
  expect((await fields()).json.code).toBe(0);
  await bench.call("DELETE", `${bench.path}/records/${old}`);
  expect(await names()).toHaveLength(2);
  await bench.box.lever("POST", "/clock/advance", { ms: 3000 });
  expect(await names()).toHaveLength(1);
});
