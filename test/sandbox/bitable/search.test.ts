import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BaseBench, LIN, XU, startBench } from "./support.ts";

let bench: BaseBench;
const zone = (text: string) => Date.parse(`${text}+08:00`);
const one = (field_name: string, operator: string, value: string[] | undefined) => ({
  conjunction: "and",
  conditions: [{ field_name, operator, ...(value ? { value } : {}) }],
});
let topic: string;

beforeAll(async () => {
  bench = await startBench({ start: zone("2026-03-04T09:00:00") });
  const made = await bench.call("POST", `/bitable/v1/apps/${bench.app}/tables/${bench.other}/records`, {
    fields: { 主题: "谈判" },
  });
  topic = (made.json.data["record"] as { record_id: string }).record_id;
  await bench.record({
    名称: "甲",
    数量: 1,
    状态: "待确认",
    领域: ["销售"],
    日期: zone("2026-03-03T10:00:00"),
    账号: [{ id: LIN }],
    链接: { text: "讲义", link: "https://example.com" },
  });
  await bench.record({
    名称: "乙",
    数量: 2.5,
    状态: "已确认",
    领域: ["销售", "技术"],
    日期: zone("2026-03-04T00:00:00"),
    锁定: true,
    账号: [{ id: XU }],
  });
  await bench.record({
    名称: "丙丁",
    数量: 10,
    日期: zone("2026-03-09T20:00:00"),
    关联: [topic],
    电话: "139",
  });
  await bench.record({ 名称: "丁" });
});
afterAll(() => bench.box.close());

describe("§14.10 filters by kind of field", () => {
  const cases: [string, string, string[], string[]][] = [
    ["名称", "is", ["甲"], ["甲"]],
    ["名称", "isNot", ["甲"], ["乙", "丙丁", "丁"]],
    ["名称", "contains", ["丁"], ["丙丁", "丁"]],
    ["名称", "doesNotContain", ["丁"], ["甲", "乙"]],
    ["数量", "isGreater", ["2.5"], ["丙丁"]],
    ["数量", "isGreaterEqual", ["2.50"], ["乙", "丙丁"]],
    ["数量", "isLess", ["2"], ["甲"]],
    ["数量", "isLessEqual", ["2.5"], ["甲", "乙"]],
    ["数量", "is", ["10.0"], ["丙丁"]],
    ["数量", "isEmpty", [], ["丁"]],
    ["状态", "is", ["待确认"], ["甲"]],
    ["状态", "contains", ["待确认", "已确认"], ["甲", "乙"]],
    ["状态", "isNot", ["待确认"], ["乙", "丙丁", "丁"]],
    ["领域", "is", ["技术", "销售"], ["乙"]],
    ["领域", "contains", ["技术"], ["乙"]],
    ["领域", "doesNotContain", ["技术"], ["甲", "丙丁", "丁"]],
    ["日期", "is", ["ExactDate", String(zone("2026-03-03T23:59:00"))], ["甲"]],
    ["日期", "isGreater", ["ExactDate", String(zone("2026-03-03T23:59:00"))], ["甲", "乙", "丙丁"]],
    ["日期", "isLess", ["ExactDate", String(zone("2026-03-04T23:00:00"))], ["甲"]],
    ["日期", "is", ["Today"], ["乙"]],
    ["日期", "is", ["Yesterday"], ["甲"]],
    ["日期", "is", ["CurrentWeek"], ["甲", "乙"]],
    ["日期", "is", ["CurrentMonth"], ["甲", "乙", "丙丁"]],
    ["日期", "is", ["TheNextWeek"], ["乙", "丙丁"]],
    ["日期", "is", ["LastMonth"], []],
    ["锁定", "is", ["true"], ["乙"]],
    ["锁定", "is", ["false"], ["甲", "丙丁", "丁"]],
    ["账号", "is", [LIN], ["甲"]],
    ["账号", "contains", [LIN, XU], ["甲", "乙"]],
    ["链接", "is", ["讲义"], ["甲"]],
    ["电话", "contains", ["39"], ["丙丁"]],
    ["附件", "isEmpty", [], ["甲", "乙", "丙丁", "丁"]],
    ["创建时间", "is", ["Today"], ["甲", "乙", "丙丁", "丁"]],
    ["更新时间", "isLess", ["Today"], []],
  ];
  it.each(cases)("%s %s %j → %j", async (field, operator, value, names) => {
    expect(await bench.found(one(field, operator, value))).toEqual(names);
  });

  it("a link is filtered by record ids, people in the request's id kind", async () => {
    expect(await bench.found(one("关联", "is", [topic]))).toEqual(["丙丁"]);
    const { json } = await bench.search(
      { filter: one("账号", "is", [LIN.replace("ou_", "on_")]) },
      { user_id_type: "union_id" },
    );
    const items = json.data["items"] as { fields: Record<string, { id: string }[]> }[];
    expect(items.map((item) => item.fields["账号"]?.[0]?.id)).toEqual([LIN.replace("ou_", "on_")]);
  });

  it("children nest one level and join with the conditions", async () => {
    const child = {
      conjunction: "or",
      conditions: [
        { field_name: "名称", operator: "is", value: ["甲"] },
        { field_name: "名称", operator: "is", value: ["乙"] },
      ],
    };
    const filter = {
      conjunction: "and",
      conditions: [{ field_name: "数量", operator: "isGreater", value: ["1"] }],
      children: [child],
    };
    expect(await bench.found(filter)).toEqual(["乙"]);
  });

  const refused: [string, unknown, number][] = [
    ["a comparison of texts", one("名称", "isGreater", ["甲"]), 1254018],
    ["greater-equal on dates", one("日期", "isGreaterEqual", ["Today"]), 1254018],
    ["a week with isGreater", one("日期", "isGreater", ["CurrentWeek"]), 1254018],
    ["isNot on a checkbox", one("锁定", "isNot", ["true"]), 1254018],
    ["a number that is none", one("数量", "is", ["很多"]), 1254018],
    ["an attachment by name", one("附件", "is", ["a.pdf"]), 1254018],
    ["an option that is none", one("状态", "is", ["取消"]), 1254018],
    ["isEmpty without value", one("名称", "isEmpty", undefined), 1254018],
    ["isEmpty with a value", one("名称", "isEmpty", [""]), 1254018],
    [
      "eleven values",
      one(
        "状态",
        "contains",
        Array.from({ length: 11 }, () => "待确认"),
      ),
      1254018,
    ],
    ["the unsupported operator in", one("名称", "in", ["甲"]), 1254018],
    ["no conjunction", { conditions: [{ field_name: "名称", operator: "is", value: ["甲"] }] }, 1254018],
    [
      "51 conditions",
      {
        conjunction: "or",
        conditions: Array.from({ length: 51 }, () => ({ field_name: "锁定", operator: "is", value: [] })),
      },
      1254107,
    ],
    ["an unknown field", one("没有", "is", ["甲"]), 1254045],
    ["2001 characters", one("名称", "is", ["长".repeat(2001)]), 1254107],
  ];
  it.each(refused)("%s is refused", async (_name, filter, code) => {
    const { status, json } = await bench.search({ filter });
    expect([status, json.code]).toEqual([200, code]);
  });

  it("a formula can neither be filtered nor made with a value by a client", async () => {
    await bench.call("POST", `${bench.path}/fields`, {
      field_name: "公式",
      type: 20,
      property: { formula_expression: "1+1" },
    });
    const { json } = await bench.search({ filter: one("公式", "is", ["2"]) });
    expect(json.code).toBe(1254018);
  });

  it("sort: rules in order, empty cells last; unknown or unsortable fields are refused", async () => {
    const names = async (sort: unknown[]) => {
      const { json } = await bench.search({ sort });
      return (json.data["items"] as { fields: Record<string, { text: string }[]> }[]).map(
        (item) => item.fields["名称"]?.[0]?.text,
      );
    };
    expect(await names([{ field_name: "数量", desc: true }])).toEqual(["丙丁", "乙", "甲", "丁"]);
    expect(await names([{ field_name: "日期" }])).toEqual(["甲", "乙", "丙丁", "丁"]);
    expect((await bench.search({ sort: [{ field_name: "附件" }] })).json.code).toBe(1254016);
    expect((await bench.search({ sort: [{ field_name: "没有" }] })).json.code).toBe(1254045);
    expect(
      (await bench.search({ sort: Array.from({ length: 60 }, () => ({ field_name: "名称", desc: true })) }))
        .json.code,
    ).toBe(1254108);
  });

  it("view_id filters alone and is ignored beside filter or sort; field_names choose", async () => {
    const fields = await bench.call("GET", `${bench.path}/fields`, undefined, { page_size: "100" });
    const list = fields.json.data["items"] as {
      field_id: string;
      field_name: string;
      property: { options: { id: string; name: string }[] };
    }[];
    const state = list.find((field) => field.field_name === "状态");
    const option = state?.property.options.find((entry) => entry.name === "待确认")?.id;
    const made = await bench.call("POST", `${bench.path}/views`, {
      view_name: "待确认的",
      view_type: "grid",
    });
    const { view_id } = made.json.data["view"] as { view_id: string };
    const patched = await bench.call("PATCH", `${bench.path}/views/${view_id}`, {
      property: {
        filter_info: {
          conjunction: "and",
          conditions: [{ field_id: state?.field_id, operator: "is", value: JSON.stringify([option]) }],
        },
      },
    });
    expect(patched.json.data["view"]).toMatchObject({
      property: {
        filter_info: {
          conditions: [{ condition_id: expect.any(String), field_type: 3, value: JSON.stringify([option]) }],
          condition_omitted: false,
        },
      },
    });
    const names = async (body: Record<string, unknown>) =>
      ((await bench.search(body)).json.data["items"] as { fields: Record<string, { text: string }[]> }[]).map(
        (item) => item.fields["名称"]?.[0]?.text,
      );
    expect(await names({ view_id })).toEqual(["甲"]);
    expect(await names({ view_id, sort: [{ field_name: "数量" }] })).toEqual(["甲", "乙", "丙丁", "丁"]);
    expect(await names({ view_id, filter: { conjunction: "and", conditions: [] } })).toEqual(["甲"]);
    const chosen = await bench.search({ field_names: ["数量"], automatic_fields: true });
    const [first] = chosen.json.data["items"] as Record<string, unknown>[];
    expect(first).toMatchObject({
      fields: { 数量: 1 },
      created_time: expect.any(Number),
      last_modified_time: expect.any(Number),
      created_by: { name: expect.any(String) },
    });
    expect((await bench.search({ field_names: ["没有"] })).json.code).toBe(1254024);
    expect((await bench.search({ view_id: "vewnone" })).json.code).toBe(1254042);
    expect((await bench.call("GET", `${bench.path}/views/vewnone`)).status).toBe(200);
    expect((await bench.call("PATCH", `${bench.path}/views/vewnone`, { view_name: "x" })).status).toBe(404);
  });
});

describe("the legacy list", () => {
  const list = async (query: Record<string, string>) => {
    const { json } = await bench.call("GET", `${bench.path}/records`, undefined, query);
    return json.code === 0
      ? (json.data["items"] as { fields: Record<string, string> }[]).map((item) => item.fields["名称"])
      : json.code;
  };
  const cases: [string, unknown][] = [
    ['CurrentValue.[名称]="甲"', ["甲"]],
    ['AND(CurrentValue.[数量]>1, CurrentValue.[状态]="已确认")', ["乙"]],
    ['OR(CurrentValue.[名称]="甲",CurrentValue.[数量]>=10)', ["甲", "丙丁"]],
    ['NOT(CurrentValue.[名称].contains("丁"))', ["甲", "乙"]],
    ["CurrentValue.[日期]<TODAY()", ["甲"]],
    ['CurrentValue.[数量]=""', ["丁"]],
    ["CurrentValue.[数量]!=1 && CurrentValue.[数量]<=2.5", ["乙"]],
    ["CurrentValue.[锁定]=TRUE()", ["乙"]],
    ['CurrentValue.[没有]="甲"', 1254045],
    ["SUM(CurrentValue.[数量])", 1254018],
    ['CurrentValue.[名称]="甲', 1254018],
  ];
  it.each(cases)("%s → %j", async (filter, expected) => {
    expect(await list({ filter })).toEqual(expected);
  });

  it("sort and field_names are JSON in a string", async () => {
    expect(await list({ sort: '["数量 DESC"]' })).toEqual(["丙丁", "乙", "甲", "丁"]);
    expect(await list({ sort: "数量 DESC" })).toBe(1254016);
    const { json } = await bench.call("GET", `${bench.path}/records`, undefined, {
      field_names: '["数量"]',
      page_size: "1",
    });
    expect((json.data["items"] as { fields: unknown }[])[0]?.fields).toEqual({ 数量: "1" });
  });
});
