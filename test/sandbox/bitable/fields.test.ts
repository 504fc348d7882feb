import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BaseBench, startBench } from "./support.ts";

let bench: BaseBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.box.close());

interface Shown {
  field_id: string;
  field_name: string;
  type: number;
  ui_type: string;
  is_primary: boolean;
  property: {
    options: { id: string; name: string; color: number }[];
    table_id?: string;
    back_field_id?: string;
  } | null;
}
const fields = async (table = bench.path) =>
  (await bench.call("GET", `${table}/fields`, undefined, { page_size: "100" })).json.data[
    "items"
  ] as unknown as Shown[];
const field = async (name: string, table = bench.path) =>
  (await fields(table)).find((one) => one.field_name === name);
const cell = async (id: string, name: string, table = bench.path) => {
  const { json } = await bench.call("POST", `${table}/records/batch_get`, { record_ids: [id] });
  return (json.data["records"] as { fields: Record<string, unknown> }[])[0]?.fields[name];
};

describe("§14.13 PUT of a field replaces everything", () => {
  it("options kept by id keep their values, options left out vanish with theirs", async () => {
    const [a, b] = [await bench.record({ 状态: "待确认" }), await bench.record({ 状态: "已确认" })];
    const state = await field("状态");
    const kept = state?.property?.options[0];
    const put = (body: unknown) => bench.call("PUT", `${bench.path}/fields/${state?.field_id}`, body);
    const { json } = await put({
      field_name: "状态",
      type: 3,
      property: { options: [{ id: kept?.id, name: "待定", color: 3 }, { name: "新的" }] },
    });
    expect((json.data["field"] as unknown as Shown).property?.options).toEqual([
      { id: kept?.id, name: "待定", color: 3 },
      { id: expect.stringMatching(/^opt/), name: "新的", color: 1 },
    ]);
    expect(await cell(a, "状态")).toBe("待定");
    expect(await cell(b, "状态")).toBeUndefined();
    const emptied = await put({ field_name: "状态", type: 3 });
    expect((emptied.json.data["field"] as unknown as Shown).property?.options).toEqual([]);
    expect(await cell(a, "状态")).toBeUndefined();
  });

  it("nothing changed is 1254606 at HTTP 200; an option id of another field is refused", async () => {
    const name = await field("名称");
    const same = await bench.call("PUT", `${bench.path}/fields/${name?.field_id}`, {
      field_name: "名称",
      type: 1,
    });
    expect([same.status, same.json.code]).toEqual([200, 1254606]);
    const areas = await field("领域");
    const foreign = await bench.call("PUT", `${bench.path}/fields/${areas?.field_id}`, {
      field_name: "领域",
      type: 4,
      property: { options: [{ id: "optforeign", name: "x" }] },
    });
    expect([foreign.status, foreign.json.code]).toEqual([400, 1254083]);
  });

  it("the primary field stays: not deleted (1254046), not turned into a select (1254012)", async () => {
    const name = await field("名称");
    expect(name?.is_primary).toBe(true);
    const gone = await bench.call("DELETE", `${bench.path}/fields/${name?.field_id}`);
    expect([gone.status, gone.json.code]).toEqual([200, 1254046]);
    const turned = await bench.call("PUT", `${bench.path}/fields/${name?.field_id}`, {
      field_name: "名称",
      type: 3,
    });
    expect(turned.json.code).toBe(1254012);
  });
});

describe("two-way links", () => {
  it("make their back field, keep both sides, and forget deleted rows", async () => {
    const other = `/bitable/v1/apps/${bench.app}/tables/${bench.other}`;
    const made = await bench.call("POST", `${bench.path}/fields`, {
      field_name: "讲题",
      type: 21,
      property: { table_id: bench.other, multiple: true, back_field_name: "分享记录" },
    });
    const front = made.json.data["field"] as unknown as Shown;
    const back = await field("分享记录", other);
    expect(front.property).toMatchObject({
      table_id: bench.other,
      back_field_id: back?.field_id,
      back_field_name: "分享记录",
      table_name: "主题",
    });
    expect(back?.property).toMatchObject({ table_id: bench.table, back_field_id: front.field_id });
    const topic = await bench.call("POST", `${other}/records`, { fields: { 主题: "谈判" } });
    const topicId = (topic.json.data["record"] as { record_id: string }).record_id;
    const [a, b] = [await bench.record({ 讲题: [topicId] }), await bench.record({ 讲题: [topicId] })];
    expect(await cell(topicId, "分享记录", other)).toEqual({ link_record_ids: [a, b] });
    await bench.call("PUT", `${bench.path}/records/${a}`, { fields: { 讲题: null } });
    expect(await cell(topicId, "分享记录", other)).toEqual({ link_record_ids: [b] });
    await bench.call("DELETE", `${bench.path}/records/${b}`);
    expect(await cell(topicId, "分享记录", other)).toBeUndefined();
    const c = await bench.record({ 讲题: [topicId] });
    await bench.call("DELETE", `${other}/records/${topicId}`);
    expect(await cell(c, "讲题")).toBeUndefined();
    const wrong = await bench.call("POST", `${bench.path}/records`, { fields: { 讲题: ["recnone"] } });
    expect([wrong.status, wrong.json.code]).toEqual([400, 1254074]);
    const gone = await bench.call("DELETE", `${bench.path}/fields/${front.field_id}`);
    expect(gone.json.data).toEqual({ field_id: front.field_id, deleted: true });
    expect(await field("分享记录", other)).toBeUndefined();
  });

  it("take one record only where multiple is false", async () => {
    const [a, b] = [await bench.record({}), await bench.record({})];
    await bench.call("POST", `${bench.path}/fields`, {
      field_name: "单联",
      type: 18,
      property: { table_id: bench.table, multiple: false },
    });
    expect((await bench.call("POST", `${bench.path}/records`, { fields: { 单联: [a, b] } })).json.code).toBe(
      1254067,
    );
    expect((await bench.call("POST", `${bench.path}/records`, { fields: { 单联: [a] } })).json.code).toBe(0);
  });
});

describe("tables and views", () => {
  it("a new table answers ids only for what was named; the last table and view stay", async () => {
    const made = await bench.call("POST", "/bitable/v1/apps", { name: "第二个", time_zone: "Europe/Berlin" });
    const app = made.json.data["app"] as { app_token: string; default_table_id: string; time_zone: string };
    expect(app.time_zone).toBe("Europe/Berlin");
    const base = `/bitable/v1/apps/${app.app_token}`;
    const plain = await bench.call("POST", `${base}/tables`, { table: { name: "空" } });
    expect(Object.keys(plain.json.data)).toEqual(["table_id"]);
    const full = await bench.call("POST", `${base}/tables`, {
      table: { name: "满", default_view_name: "看", fields: [{ field_name: "a", type: 1 }] },
    });
    expect(full.json.data).toEqual({
      table_id: expect.any(String),
      default_view_id: expect.any(String),
      field_id_list: [expect.any(String)],
    });
    const last = await bench.call("POST", `${base}/tables/batch_delete`, {
      table_ids: [app.default_table_id, plain.json.data["table_id"], full.json.data["table_id"]],
    });
    expect([last.status, last.json.code]).toEqual([403, 1254034]);
    await bench.call("POST", `${base}/tables/batch_delete`, {
      table_ids: [plain.json.data["table_id"], full.json.data["table_id"]],
    });
    const one = await bench.call("DELETE", `${base}/tables/${app.default_table_id}`);
    expect([one.status, one.json.code]).toEqual([403, 1254034]);
    const views = await bench.call("GET", `${base}/tables/${app.default_table_id}/views`);
    const [view] = views.json.data["items"] as { view_id: string }[];
    const lastView = await bench.call(
      "DELETE",
      `${base}/tables/${app.default_table_id}/views/${view?.view_id}`,
    );
    expect([lastView.status, lastView.json.code]).toEqual([200, 1254023]);
  });

  it("300 fields a table, 200 views, 100 tables a Base", async () => {
    const many = Array.from({ length: 301 }, (_, index) => ({ field_name: `f${index}`, type: 1 }));
    const post = (table: unknown) => bench.call("POST", `/bitable/v1/apps/${bench.app}/tables`, { table });
    expect((await post({ name: "太宽", fields: many })).json.code).toBe(1254105);
    const wide = await post({ name: "宽", fields: many.slice(0, 300) });
    const path = `/bitable/v1/apps/${bench.app}/tables/${wide.json.data["table_id"] as string}`;
    expect((await bench.call("POST", `${path}/fields`, { field_name: "再多一个", type: 1 })).json.code).toBe(
      1254105,
    );
    for (let n = 1; n < 200; n += 1) await bench.call("POST", `${path}/views`, { view_name: `v${n}` });
    expect((await bench.call("POST", `${path}/views`, { view_name: "再多一张" })).json.code).toBe(1254101);
    const rest = await bench.call("POST", `/bitable/v1/apps/${bench.app}/tables/batch_create`, {
      tables: Array.from({ length: 96 }, (_, index) => ({ name: `t${index}` })),
    });
    expect(rest.json.code).toBe(0);
    expect((await post({ name: "再多一张" })).json.code).toBe(1254100);
  });

  it("a form is a view: read, shared, its questions ordered", async () => {
    const made = await bench.call("POST", `${bench.path}/views`, { view_name: "提需求", view_type: "form" });
    const { view_id } = made.json.data["view"] as { view_id: string };
    const form = `${bench.path}/forms/${view_id}`;
    const patched = await bench.call("PATCH", form, {
      name: "需求",
      shared: true,
      shared_limit: "tenant_editable",
    });
    expect(patched.json.data["form"]).toMatchObject({
      name: "需求",
      shared: true,
      shared_url: expect.stringContaining("/share/base/form/"),
    });
    const list = await bench.call("GET", `${form}/fields`, undefined, { page_size: "100" });
    const [first, second] = list.json.data["items"] as { field_id: string }[];
    const moved = await bench.call("PATCH", `${form}/fields/${first?.field_id}`, {
      pre_field_id: second?.field_id,
      required: true,
      title: "想听什么",
    });
    expect(moved.json.data["field"]).toMatchObject({ required: true, title: "想听什么" });
    expect((await bench.call("PATCH", `${form}/fields/fldnone`, {})).status).toBe(404);
  });
});
