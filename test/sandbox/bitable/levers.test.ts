import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BaseBench, LIN, XU, startBench } from "./support.ts";

let bench: BaseBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.box.close());

it("a person who cannot open the Base answers its shared form, and is the creator of the row", async () => {
  const made = await bench.call("POST", `${bench.path}/views`, { view_name: "提需求", view_type: "form" });
  const { view_id } = made.json.data["view"] as { view_id: string };
  const submit = () =>
    bench.box.lever("POST", "/act", {
      as: XU,
      do: "form.submit",
      app_token: bench.app,
      table: "分享",
      form: view_id,
      fields: { 名称: "想听谈判" },
    });
  expect([(await submit()).status, (await submit()).json.code]).toEqual([403, 91403]);
  await bench.call("PATCH", `${bench.path}/forms/${view_id}`, {
    shared: true,
    shared_limit: "tenant_editable",
  });
  expect((await submit()).status).toBe(200);
  const { json } = await bench.search({ automatic_fields: true });
  expect((json.data["items"] as unknown[]).at(-1)).toMatchObject({ created_by: { id: XU, name: "许清和" } });
});

it("the dump shows every table with names and rows in the read format", async () => {
  const id = await bench.record({ 名称: "转储", 状态: "待确认" });
  const { json } = await bench.box.lever("GET", `/bases/${bench.app}/dump`);
  const tables = json["tables"] as unknown as {
    name: string;
    records: { record_id: string; fields: unknown }[];
  }[];
  expect(tables.map((table) => table.name)).toEqual(["数据表", "主题", "分享"]);
  const row = tables.at(-1)?.records.find((record) => record.record_id === id);
  expect(row?.fields).toMatchObject({ 名称: [{ type: "text", text: "转储" }], 状态: "待确认" });
  const { json: list } = await bench.box.lever("GET", "/bases");
  expect(list["bases"]).toEqual([expect.objectContaining({ app_token: bench.app, name: "讲台" })]);
  expect((await bench.box.lever("GET", "/bases/basnone/dump")).status).toBe(400);
});

it("a Base may lie in a wiki: its link shows a node token that get_node resolves", async () => {
  const made = await bench.box.lever("POST", "/bases", { name: "知识库里的", owner: LIN, wiki: true });
  const lin = await bench.box.userToken(LIN);
  const node = await bench.box.api(
    "GET",
    "/wiki/v2/spaces/get_node",
    undefined,
    { token: made.json["node_token"] as string },
    lin,
  );
  expect(node.json.data["node"]).toMatchObject({ obj_token: made.json["app_token"], obj_type: "bitable" });
});

it("pages of any size show every record once, in one order", async () => {
  await bench.call("POST", `${bench.path}/records/batch_create`, {
    records: Array.from({ length: 37 }, (_, n) => ({ fields: { 数量: n % 5 } })),
  });
  const whole = await bench.search({ sort: [{ field_name: "数量", desc: true }] }, { page_size: "500" });
  const all = (whole.json.data["items"] as { record_id: string }[]).map((item) => item.record_id);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (size) => {
      const seen: string[] = [];
      let token: string | undefined;
      do {
        const query: Record<string, string> = {
          page_size: String(size),
          ...(token === undefined ? {} : { page_token: token }),
        };
        const { json } = await bench.search({ sort: [{ field_name: "数量", desc: true }] }, query);
        seen.push(...(json.data["items"] as { record_id: string }[]).map((item) => item.record_id));
        token = json.data["page_token"] as string | undefined;
        expect(json.data["has_more"]).toBe(token !== undefined);
      } while (token !== undefined);
      expect(seen).toEqual(all);
    }),
    { numRuns: 12 },
  );
});

it("a sandbox that takes its snapshot up again knows the Base, its rows and its client tokens", async () => {
  const snapshot = join(mkdtempSync(join(tmpdir(), "lectern-")), "state.json");
  const first = await startBench({ snapshot });
  const client_token = "fe599b60-450f-46ff-b2ef-9f6675625b97";
  const create = (bench_: BaseBench, path: string) =>
    bench_.call("POST", `${path}/records`, { fields: { 名称: "留下" } }, { client_token });
  const before = await create(first, first.path);
  await first.box.close();
  const second = await startBench({ snapshot });
  const after = await create(second, first.path);
  expect(after.json.data).toEqual(before.json.data);
  const { json } = await second.call("POST", `${first.path}/records/search`, {});
  expect(json.data["total"]).toBe(1);
  await second.box.close();
});
