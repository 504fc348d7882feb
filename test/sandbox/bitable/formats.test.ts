import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BaseBench, LIN, startBench } from "./support.ts";

let bench: BaseBench;
let topic: string;

beforeAll(async () => {
  bench = await startBench();
  const made = await bench.call("POST", `/bitable/v1/apps/${bench.app}/tables/${bench.other}/records`, {
    fields: { 主题: "谈判" },
  });
  topic = (made.json.data["record"] as { record_id: string }).record_id;
});
afterAll(() => bench.box.close());

const written = () => ({
  名称: "专业知识",
  数量: 12.5,
  状态: "待确认",
  领域: ["销售", "技术"],
  日期: 1_770_000_000_000,
  锁定: true,
  账号: [{ id: LIN }],
  电话: "13800000000",
  链接: { text: "讲义", link: "https://example.com/a" },
  位置: "116.39,39.90",
  关联: [topic],
  评级: 4,
});

describe("§14.8 write, search and legacy formats are kept apart", () => {
  it("create and update echo the write format", async () => {
    const { json } = await bench.call("POST", `${bench.path}/records`, { fields: written() });
    const record = json.data["record"] as { record_id: string; id: string; fields: unknown };
    expect(record.fields).toEqual(written());
    expect(record.id).toBe(record.record_id);
    const update = await bench.call("PUT", `${bench.path}/records/${record.record_id}`, {
      fields: { 名称: "二", 电话: null },
    });
    expect(update.json.data["record"]).toEqual({
      record_id: record.record_id,
      id: record.record_id,
      fields: { 名称: "二" },
    });
  });

  it("search and batch_get answer the read format", async () => {
    const id = await bench.record(written());
    const { json } = await bench.call("POST", `${bench.path}/records/batch_get`, { record_ids: [id] });
    const [record] = json.data["records"] as { fields: Record<string, unknown> }[];
    expect(record?.fields).toMatchObject({
      名称: [{ type: "text", text: "专业知识" }],
      数量: 12.5,
      状态: "待确认",
      领域: ["销售", "技术"],
      日期: 1_770_000_000_000,
      锁定: true,
      账号: [{ id: LIN, name: "林知远", en_name: "Lin Zhiyuan", email: "lin.zhiyuan@example.com" }],
      电话: "13800000000",
      链接: { text: "讲义", link: "https://example.com/a" },
      位置: { location: "116.39,39.90" },
      关联: { link_record_ids: [topic] },
      创建时间: bench.box.kernel.now(),
      更新时间: bench.box.kernel.now(),
      评级: 4,
    });
    expect(record?.fields["创建人"]).toEqual([expect.objectContaining({ id: bench.box.app.botOpenId })]);
    expect(record?.fields["编号"]).toMatch(/^\d+$/);
    const found = await bench.search({
      filter: {
        conjunction: "and",
        conditions: [{ field_name: "编号", operator: "is", value: [record?.fields["编号"]] }],
      },
    });
    expect((found.json.data["items"] as { fields: unknown }[])[0]?.fields).toEqual(record?.fields);
  });

  it("the legacy GET gives numbers as strings, texts plain, links with texts, one creator as an object", async () => {
    const id = await bench.record(written());
    const { json } = await bench.call("GET", `${bench.path}/records/${id}`);
    const { fields } = json.data["record"] as { fields: Record<string, unknown> };
    expect(fields["数量"]).toBe("12.5");
    expect(fields["名称"]).toBe("专业知识");
    expect(fields["关联"]).toEqual([
      { record_ids: [topic], table_id: bench.other, text: "谈判", text_arr: ["谈判"], type: "text" },
    ]);
    expect(fields["创建人"]).toMatchObject({ id: bench.box.app.botOpenId });
    const asArray = await bench.call("GET", `${bench.path}/records/${id}`, undefined, {
      text_field_as_array: "true",
    });
    expect((asArray.json.data["record"] as { fields: Record<string, unknown> }).fields["名称"]).toEqual([
      { type: "text", text: "专业知识" },
    ]);
  });
});

describe("§14.9 empty cells are left out", () => {
  it("cells never filled, emptied by null, by empty text and list, and boxes never ticked do not appear", async () => {
    const id = await bench.record({ 名称: "空", 数量: 1, 领域: ["销售"], 锁定: false });
    await bench.call("PUT", `${bench.path}/records/${id}`, { fields: { 数量: null, 领域: [], 电话: "" } });
    const { json } = await bench.call("POST", `${bench.path}/records/batch_get`, {
      record_ids: [id, "recabsent"],
    });
    const [record] = json.data["records"] as { fields: Record<string, unknown> }[];
    expect(Object.keys(record?.fields ?? {}).toSorted()).toEqual(
      ["创建人", "创建时间", "名称", "更新时间", "编号"].toSorted(),
    );
    expect(json.data["absent_record_ids"]).toEqual(["recabsent"]);
    expect(json.data["forbidden_record_ids"]).toEqual([]);
  });

  it("page_token stands only where has_more is true", async () => {
    for (let n = 0; n < 3; n += 1) await bench.record({ 名称: `页 ${n}` });
    const first = await bench.search({}, { page_size: "2" });
    expect(first.json.data["has_more"]).toBe(true);
    expect(first.json.data["page_token"]).toEqual(expect.any(String));
    const all = await bench.search({}, { page_size: "500" });
    expect(all.json.data["has_more"]).toBe(false);
    expect(all.json.data).not.toHaveProperty("page_token");
    expect(all.json.data["total"]).toBe((all.json.data["items"] as unknown[]).length);
    const next = await bench.search(
      {},
      { page_size: "2", page_token: first.json.data["page_token"] as string },
    );
    expect((next.json.data["items"] as { record_id: string }[])[0]?.record_id).toBe(
      (all.json.data["items"] as { record_id: string }[])[2]?.record_id,
    );
    const foreign = await bench.search(
      { sort: [{ field_name: "名称" }] },
      { page_token: first.json.data["page_token"] as string },
    );
    expect([foreign.status, foreign.json.code]).toEqual([200, 1254030]);
    const none = await bench.search({}, { page_size: "0" });
    expect([none.status, none.json.code]).toEqual([400, 1254011]);
  });
});
