import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BaseBench, LIN, startBench, XU } from "../bitable/support.ts";
import { type HostWire, hostWire } from "./wire.ts";

let bench: BaseBench;
let host: HostWire;
let record: string;
let targets: string[];
let file: Record<string, unknown>;
/** Field ids by kind. */
const field: Record<string, string> = {};

interface Meta {
  id: string;
  type: number;
  property: { options: { id: string; name: string }[] } | null;
}
const choices: Record<string, { id: string; text: string }[]> = {};

const NEW = {
  text: { type: 1 },
  number: { type: 2, property: { formatter: "0.00" } },
  select: { type: 3, property: { options: [{ name: "待确认" }, { name: "已确认" }] } },
  multi: { type: 4, property: { options: [{ name: "销售" }, { name: "技术" }, { name: "服务" }] } },
  date: { type: 5, property: { dateFormat: "yyyy-MM-dd HH:mm" } },
  checkbox: { type: 7 },
  user: { type: 11, property: { multiple: true } },
  phone: { type: 13 },
  url: { type: 15 },
  attachment: { type: 17 },
  location: { type: 22 },
  chat: { type: 23, property: { multiple: true } },
  barcode: { type: 99001, property: { onlyMobile: false } },
  progress: { type: 99002 },
  currency: { type: 99003, property: { decimalDigits: 2, currencyCode: "CNY" } },
  rating: { type: 99004, property: { min: 1, max: 5, rating: { icon: "star" } } },
  email: { type: 99005 },
} as const;
type Kind = keyof typeof NEW | "link" | "duplex";

beforeAll(async () => {
  bench = await startBench();
  await bench.box.lever("POST", `/bases/${bench.app}/members`, {
    member_id: LIN,
    type: "user",
    perm: "edit",
  });
  host = hostWire(bench);
  const { tableId } = await host.ok<{ tableId: string }>("WidgetBase_addTable", [], {
    name: "格",
    fields: [],
  });
  const table = [tableId];
  const more = {
    link: { type: 18, property: { tableId: bench.other, multiple: true } },
    duplex: { type: 21, property: { tableId: bench.other, multiple: true } },
  };
  for (const [kind, config] of Object.entries({ ...NEW, ...more })) {
    const id = await host.ok<string>("WidgetTable_addField", table, { ...config, name: `字段 ${kind}` });
    field[kind] = id;
    const meta = await host.ok<Meta>("WidgetTable_getFieldMetaById", table, id);
    // The SDK's own code, not the Open API's: a rating is no number there.
    expect(meta.type).toBe(config.type);
    choices[kind] = meta.property?.options?.map(({ id: option, name }) => ({ id: option, text: name })) ?? [];
  }
  field["table"] = tableId;
  record = await host.ok<string>("WidgetTable_addRecord", table);
  const other = await host.ok<Meta[]>("WidgetTable_getFieldMetaList", [bench.other]);
  const words = (text: string) => ({ fields: { [other[0]?.id ?? ""]: [{ type: "text", text }] } });
  targets = await host.ok<string[]>("WidgetTable_addRecords", [bench.other], ["甲", "乙", "丙"].map(words));
  file = await uploaded("讲义.pdf", "内容");
});
afterAll(() => bench.box.close());

async function uploaded(name: string, text: string): Promise<Record<string, unknown>> {
  const query = new URLSearchParams({ base: bench.app, as: LIN, name });
  const response = await fetch(`${bench.box.url}/sandbox/host/files?${query}`, {
    method: "POST",
    body: text,
  });
  const { token } = (await response.json()) as { token: string };
  return { name, size: Buffer.byteLength(text), type: "text/plain;charset=UTF-8", token };
}

const context = () => [field["table"]];
const write = (kind: string, value: unknown) =>
  host.call("WidgetTable_setCellValue", context(), field[kind], record, value);
const read = (kind: string) => host.ok("WidgetTable_getCellValue", context(), field[kind], record);

const words = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" });
const segments = words.map((text) => [{ type: "text", text }]);
const amount = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n));
const subset = <T>(list: () => T[]) =>
  fc
    .uniqueArray(fc.nat(), { minLength: 1, maxLength: 3, selector: (n) => n % list().length })
    .map((picks) => picks.map((n) => list()[n % list().length]!));
const linked = subset(() => targets).map((recordIds) => ({
  text: recordIds.map((id) => "甲乙丙"[targets.indexOf(id)]).join(","),
  type: "text",
  recordIds,
  tableId: bench.other,
}));

/** Values that come back as they were written. */
const WRITTEN: Record<Kind, fc.Arbitrary<unknown>> = {
  text: segments,
  barcode: segments,
  number: amount,
  progress: amount,
  currency: amount,
  rating: fc.integer({ min: 1, max: 5 }),
  select: fc.nat().map((n) => choices["select"]?.[n % 2]),
  multi: subset(() => choices["multi"]!),
  date: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  checkbox: fc.constant(true),
  user: subset(() => [LIN, XU]).map((ids) => ids.map((id) => ({ id }))),
  phone: fc.stringMatching(/^\+?\d{1,20}$/),
  url: fc.record({ text: words, link: fc.webUrl() }).map((one) => [{ type: "url", ...one }]),
  email: fc.emailAddress(),
  attachment: fc.constant(null).map(() => [{ ...file, timeStamp: 0 }]),
  location: fc
    .tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -90, max: 90 }))
    .map(([lng, lat]) => ({ ...PLACE, location: `${lng},${lat}` })),
  chat: fc.constant([{ id: "oc_11111111111111111111111111111111", name: "", avatarUrl: "" }]),
  link: linked,
  duplex: linked,
};
const PLACE = { address: "", adname: "", cityname: "", name: "", pname: "", fullAddress: "" };

/** What the Base adds when it is read: names of people, deprecated keys, times of files. */
function essence(kind: string, value: unknown): unknown {
  if (value === null) return null;
  if (kind === "user") return (value as { id: string }[]).map(({ id }) => ({ id }));
  if (kind === "chat") return (value as { id: string }[]).map(({ id }) => id);
  if (kind === "attachment")
    return (value as Record<string, unknown>[]).map(({ timeStamp: _when, ...rest }) => rest);
  if (kind === "location") return (value as { location: string }).location;
  if (kind !== "link" && kind !== "duplex") return value;
  const { record_ids: _ids, table_id: _table, ...rest } = value as Record<string, unknown>;
  return rest;
}

const KINDS = [...Object.keys(NEW), "link", "duplex"] as Kind[];

test.each(KINDS)("a cell of %s holds what the SDK writes, and null empties it", async (kind) => {
  await fc.assert(
    fc.asyncProperty(WRITTEN[kind], async (value) => {
      expect(await write(kind, value)).toEqual({ value: true });
      expect(essence(kind, await read(kind))).toEqual(essence(kind, value));
    }),
    { numRuns: 12 },
  );
  expect(await write(kind, null)).toEqual({ value: true });
  expect(await read(kind)).toBeNull();
});

const NUMBERS = ["number", "progress", "currency", "rating", "date"];
/** A kind, and those whose cells have a shape that it takes. */
const ALIKE: string[][] = [
  // A text may hold links; a barcode may not.
  ["text", "barcode", "url"],
  ["barcode", "text"],
  ...NUMBERS.map((one) => [one, ...NUMBERS]),
  ["phone", "email"],
  ["email", "phone"],
  ["link", "duplex"],
  ["duplex", "link"],
];

test.each(KINDS)("a cell of %s refuses the shapes of other fields, and keeps what it held", async (kind) => {
  const alike = ALIKE.find(([first]) => first === kind) ?? [kind];
  const foreign = KINDS.filter((other) => !alike.includes(other)).map((other) => WRITTEN[other]);
  const loose = fc.constantFrom<unknown>("待确认", 7.5, true, {}, [""], [null], [{}], { text: "a" });
  const [before] = fc.sample(WRITTEN[kind], 1);
  await write(kind, before);
  const held = await read(kind);
  await fc.assert(
    fc.asyncProperty(fc.oneof(...foreign, loose), async (value) => {
      fc.pre(!fits(kind, value));
      const { error } = await write(kind, value);
      expect(error?.code).toBe(10216999);
      expect(await read(kind)).toEqual(held);
    }),
    { numRuns: 20 },
  );
});

/** Loose values that happen to be of the right shape. */
function fits(kind: string, value: unknown): boolean {
  if (typeof value === "number") return ["number", "progress", "currency"].includes(kind);
  if (typeof value === "boolean") return kind === "checkbox";
  return typeof value === "string" && kind === "email";
}

test("what cannot be edited is refused by its own code", async () => {
  const { box, path } = bench;
  await box.api("POST", `${path}/fields`, { field_name: "算", type: 20 });
  const metas = await host.ok<(Meta & { name: string })[]>("WidgetTable_getFieldMetaList", [bench.table]);
  const row = await host.ok<string>("WidgetTable_addRecord", [bench.table]);
  for (const name of ["创建时间", "更新时间", "创建人", "编号", "算"]) {
    const id = metas.find((one) => one.name === name)?.id;
    for (const value of [1, null]) {
      const { error } = await host.call("WidgetTable_setCellValue", [bench.table], id, row, value);
      expect(error, name).toEqual({ code: 10216997, message: expect.stringContaining(name) as string });
    }
  }
});

test("the text of each kind of cell, and its shape when the Base makes it", async () => {
  const { box, app, table, other, path } = bench;
  await box.api("POST", `${path}/fields`, { field_name: "公式", type: 20 });
  const metas = await host.ok<(Meta & { name: string })[]>("WidgetTable_getFieldMetaList", [table]);
  const idOf = (name: string) => metas.find((one) => one.name === name)?.id ?? "";
  const id = await bench.record({
    名称: "数据安全",
    数量: 3.14159,
    状态: "已确认",
    领域: ["销售", "技术"],
    日期: Date.parse("2026-03-04T15:30:00+08:00"),
    锁定: true,
    账号: [{ id: LIN }, { id: XU }],
    电话: "13800000000",
    链接: { text: "讲台", link: "https://example.com/" },
    附件: [{ file_token: file["token"] }],
    位置: "121.47,31.23",
    关联: targets.slice(0, 2),
    评级: 4,
  });
  await box.lever("POST", "/act", {
    as: LIN,
    app_token: app,
    table,
    do: "formula.value",
    field: "公式",
    record_id: id,
    value: "好",
  });
  const shown: Record<string, string> = {};
  for (const { name } of metas)
    shown[name] = await host.ok<string>("WidgetTable_getCellString", [table], idOf(name), id);
  expect(shown).toMatchObject({
    名称: "数据安全",
    数量: "3.14",
    状态: "已确认",
    领域: "销售,技术",
    日期: "2026-03-04 15:30",
    锁定: "true",
    账号: "林知远,许清和",
    电话: "13800000000",
    链接: "讲台",
    附件: "讲义.pdf",
    位置: "121.47,31.23",
    群: "",
    关联: "甲,乙",
    评级: "4",
    编号: "2",
    公式: "好",
  });
  expect(shown["创建时间"]).toMatch(/^\d{4}\/\d\d\/\d\d$/);
  const { fields } = await host.ok<{ fields: Record<string, unknown> }>(
    "WidgetTable_getRecordById",
    [table],
    id,
  );
  expect(fields[idOf("编号")]).toEqual({ value: "2", status: "completed" });
  expect(fields[idOf("公式")]).toEqual([{ type: "text", text: "好" }]);
  expect(fields[idOf("群")]).toBeNull();
  expect(fields[idOf("关联")]).toMatchObject({ text: "甲,乙", type: "text", tableId: other });
  expect(fields[idOf("创建时间")]).toEqual(expect.any(Number));
});

test("field descriptions survive a round trip, and what is not named stays", async () => {
  const rating = await host.ok<Meta>("WidgetTable_getFieldMetaById", context(), field["rating"]);
  expect(rating.property).toEqual({ min: 1, max: 5, rating: { icon: "star" } });
  for (const kind of KINDS) {
    const before = await host.ok<Meta>("WidgetTable_getFieldMetaById", context(), field[kind]);
    expect(await host.ok("WidgetTable_setField", context(), field[kind], before)).toBe(field[kind]);
    expect(await host.ok("WidgetTable_getFieldMetaById", context(), field[kind])).toEqual(before);
  }
  await host.ok("WidgetTable_setField", context(), field["currency"], { name: "预算" });
  const renamed = await host.ok("WidgetTable_getFieldMetaById", context(), field["currency"]);
  expect(renamed).toMatchObject({
    name: "预算",
    type: 99003,
    property: { decimalDigits: 2, currencyCode: "CNY" },
  });
});
