import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type AppServer, startAppServer } from "../core/app-server.ts";
import { APP_ID } from "#test/support/sandbox.ts";
import { type BaseBench, LIN, startBench } from "./support.ts";

let bench: BaseBench;
let server: AppServer;
const TYPES = [
  "drive.file.bitable_record_changed_v1",
  "drive.file.bitable_field_changed_v1",
  "drive.file.edit_v1",
];

interface Value {
  field_id: string;
  field_value: string;
  field_identity_value?: { users: { name: string; user_id: { open_id: string } }[] };
}
interface Action {
  action: string;
  record_id: string;
  before_value: Value[];
  after_value: Value[];
}
interface Body {
  file_token: string;
  file_type: string;
  table_id: string;
  revision: number;
  update_time: number;
  operator_id: { open_id: string };
  action_list: Action[];
}

beforeAll(async () => {
  bench = await startBench({
    apps: [{ appId: APP_ID, encryptKey: "k", events: TYPES, redirectUris: ["http://127.0.0.1/signed-in"] }],
  });
  server = await startAppServer("k");
  await bench.box.lever("POST", "/apps", { appId: APP_ID, eventUrl: server.url });
  await bench.box.lever("POST", `/bases/${bench.app}/members`, {
    member_id: LIN,
    type: "user",
    perm: "edit",
  });
});
afterAll(async () => {
  await bench.box.close();
  await server.close();
});
beforeEach(async () => {
  await bench.box.lever("POST", "/clock/settle");
  server.received.length = 0;
});

const events = async (type: string): Promise<Body[]> => {
  await bench.box.lever("POST", "/clock/settle");
  return server
    .events()
    .filter(({ message }) => (message["header"] as { event_type: string }).event_type === type)
    .map(({ message }) => message["event"] as Body);
};
const [RECORD = "", FIELD = "", EDIT = ""] = TYPES;
const act = (body: Record<string, unknown>) =>
  bench.box.lever("POST", "/act", { as: LIN, app_token: bench.app, table: "分享", ...body });
const idOf = async (name: string) => {
  const { json } = await bench.call("GET", `${bench.path}/fields`, undefined, { page_size: "100" });
  return (json.data["items"] as { field_id: string; field_name: string }[]).find(
    (one) => one.field_name === name,
  )?.field_id;
};

it("§14.14 nothing before the file is subscribed", async () => {
  await act({ do: "record.create", fields: { 名称: "x" } });
  expect(await events(RECORD)).toEqual([]);
  const { json } = await bench.call("POST", `/drive/v1/files/${bench.app}/subscribe`, undefined, {
    file_type: "bitable",
  });
  expect(json.code).toBe(0);
});

it("§14.14 keyed by field_id, string values, no formula, the person who did it", async () => {
  const formula = await bench.call("POST", `${bench.path}/fields`, {
    field_name: "公式",
    type: 20,
    property: { formula_expression: "1" },
  });
  server.received.length = 0;
  const created = await act({
    do: "record.create",
    fields: { 名称: "讲", 数量: 2.5, 领域: ["销售"], 账号: [{ id: LIN }] },
  });
  const record_id = created.json["record_id"];
  await act({ do: "formula.value", record_id, field: "公式", value: [3] });
  const [event] = await events(RECORD);
  expect(event).toMatchObject({
    file_type: "bitable",
    file_token: bench.app,
    table_id: bench.table,
    operator_id: { open_id: LIN },
    update_time: Math.floor(bench.box.kernel.now() / 1000),
  });
  const action = event?.action_list[0];
  expect(action).toMatchObject({ action: "record_added", record_id, before_value: [] });
  const values = new Map(action?.after_value.map((one) => [one.field_id, one]));
  expect([...values.values()].every((one) => typeof one.field_value === "string")).toBe(true);
  expect(values.get((await idOf("数量")) ?? "")?.field_value).toBe("2.5");
  expect(values.get((await idOf("账号")) ?? "")?.field_identity_value?.users[0]).toMatchObject({
    name: "林知远",
    user_id: { open_id: LIN },
  });
  const formulaId = (formula.json.data["field"] as { field_id: string }).field_id;
  expect(values.has(formulaId)).toBe(false);
  await act({ do: "record.delete", record_id });
  const gone = (await events(RECORD)).at(-1)?.action_list[0];
  expect(gone?.action).toBe("record_deleted");
  expect(gone?.before_value.map((one) => one.field_id)).not.toContain(formulaId);
  expect(await events(EDIT)).toHaveLength(2);
});

it("§14.14 an edit names only what changed, a deletion the old values, a restored row is added again", async () => {
  const created = await act({ do: "record.create", fields: { 名称: "讲", 数量: 1 } });
  const record_id = created.json["record_id"];
  await act({ do: "record.update", record_id, fields: { 名称: "讲", 数量: 2 } });
  await act({ do: "record.update", record_id, fields: { 数量: 2 } });
  await act({ do: "record.delete", record_id });
  await act({ do: "record.restore", record_id });
  const actions = (await events(RECORD)).map((event) => event.action_list[0]);
  expect(actions.map((action) => action?.action)).toEqual([
    "record_added",
    "record_edited",
    "record_deleted",
    "record_added",
  ]);
  const amount = await idOf("数量");
  expect(actions[1]).toMatchObject({
    before_value: [{ field_id: amount, field_value: "1" }],
    after_value: [{ field_id: amount, field_value: "2" }],
  });
  expect(actions[2]?.before_value.length).toBeGreaterThan(0);
  expect(actions[2]?.after_value).toEqual([]);
});

it("own writes echo by the switch: on, off, late", async () => {
  const set = (echo: string) => bench.box.lever("PATCH", "/switches", { echo });
  await bench.record({ 名称: "自己" });
  expect(await events(RECORD)).toHaveLength(1);
  await set("off");
  await bench.record({ 名称: "无声" });
  expect(await events(RECORD)).toHaveLength(1);
  await act({ do: "record.create", fields: {} });
  expect(await events(RECORD)).toHaveLength(2);
  await set("late");
  await bench.record({ 名称: "稍后" });
  expect(await events(RECORD)).toHaveLength(2);
  await bench.box.lever("POST", "/clock/advance", { ms: 10_000 });
  expect(await events(RECORD)).toHaveLength(3);
  await set("on");
});

it("a renamed field is told, or held back by staleFieldNames until it is off", async () => {
  await act({ do: "field.rename", field: "电话", name: "手机" });
  const [event] = await events(FIELD);
  expect(event?.action_list[0]).toMatchObject({
    action: "field_edited",
    field_id: await idOf("手机"),
    before_value: { name: "电话" },
    after_value: { name: "手机" },
  });
  await bench.box.lever("PATCH", "/switches", { staleFieldNames: true });
  await act({ do: "field.rename", field: "手机", name: "电话" });
  expect(await events(FIELD)).toHaveLength(1);
  await bench.box.lever("PATCH", "/switches", { staleFieldNames: false });
  await act({ do: "record.create", fields: {} });
  expect(await events(FIELD)).toHaveLength(2);
});

it("a two-way link tells of both tables in their own events", async () => {
  await bench.call("POST", `${bench.path}/fields`, {
    field_name: "讲题",
    type: 21,
    property: { table_id: bench.other, back_field_name: "分享记录" },
  });
  const topic = await act({ do: "record.create", table: "主题", fields: { 主题: "谈判" } });
  await bench.box.lever("POST", "/clock/settle");
  server.received.length = 0;
  await act({ do: "record.create", fields: { 讲题: [topic.json["record_id"]] } });
  expect((await events(RECORD)).map((event) => [event.table_id, event.action_list[0]?.action])).toEqual(
    expect.arrayContaining([
      [bench.table, "record_added"],
      [bench.other, "record_edited"],
    ]),
  );
});

it("after delete_subscribe nothing comes", async () => {
  await bench.call("DELETE", `/drive/v1/files/${bench.app}/delete_subscribe`, undefined, {
    file_type: "bitable",
  });
  await act({ do: "record.create", fields: {} });
  expect(await events(RECORD)).toEqual([]);
});
