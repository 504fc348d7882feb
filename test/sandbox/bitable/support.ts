import { randomUUID } from "node:crypto";
import { type TestSandbox, startSandbox } from "#test/support/sandbox.ts";
import { savePerson } from "#sandbox/api/directory.ts";
import type { SandboxOptions } from "#sandbox/server.ts";

export type Reply = Awaited<ReturnType<TestSandbox["api"]>>;

export const LIN = "ou_11111111111111111111111111111111";
export const XU = "ou_22222222222222222222222222222222";

export interface BaseBench {
  box: TestSandbox;
  /** A Base of the app with one table of every writable kind of field. */
  app: string;
  table: string;
  /** A second table, to be linked to. */
  other: string;
  /** `/bitable/v1/apps/…/tables/…` of the first table. */
  path: string;
  call(method: string, path: string, body?: unknown, query?: Record<string, string>): Promise<Reply>;
  /** A record of the first table; its id. */
  record(fields: Record<string, unknown>): Promise<string>;
  search(body?: Record<string, unknown>, query?: Record<string, string>): Promise<Reply>;
  /** Texts of the field 名称 of what a filter finds. */
  found(filter: Record<string, unknown>): Promise<string[]>;
}

export const FIELDS = [
  { field_name: "名称", type: 1 },
  { field_name: "数量", type: 2, property: { formatter: "0.00" } },
  { field_name: "状态", type: 3, property: { options: [{ name: "待确认" }, { name: "已确认" }] } },
  { field_name: "领域", type: 4, property: { options: [{ name: "销售" }, { name: "技术" }] } },
  { field_name: "日期", type: 5, property: { date_formatter: "yyyy-MM-dd HH:mm" } },
  { field_name: "锁定", type: 7 },
  { field_name: "账号", type: 11, property: { multiple: true } },
  { field_name: "电话", type: 13 },
  { field_name: "链接", type: 15 },
  { field_name: "附件", type: 17 },
  { field_name: "位置", type: 22, property: { location: { input_type: "not_limit" } } },
  { field_name: "群", type: 23 },
  { field_name: "创建时间", type: 1001 },
  { field_name: "更新时间", type: 1002 },
  { field_name: "创建人", type: 1003 },
  { field_name: "编号", type: 1005 },
  {
    field_name: "评级",
    type: 2,
    ui_type: "Rating",
    property: { formatter: "0", min: 1, max: 5, rating: { symbol: "star" } },
  },
];

export function addPeople(box: TestSandbox): void {
  for (const [open_id, name, en_name] of [
    [LIN, "林知远", "Lin Zhiyuan"],
    [XU, "许清和", "Xu Qinghe"],
  ] as const) {
    savePerson(box.kernel.state, {
      open_id,
      union_id: open_id.replace("ou_", "on_"),
      user_id: open_id.slice(3, 11),
      employee_no: open_id.slice(3, 7),
      name,
      en_name,
      email: `${en_name.toLowerCase().replace(" ", ".")}@example.com`,
      mobile: "",
      gender: 0,
      job_title: "",
      city: "",
      department_ids: ["0"],
      leader: null,
      join_time: 0,
      is_tenant_manager: false,
      resigned: false,
      bot_stopped: false,
    });
    // The core's own directory serves as long as the contact module is not part of the sandbox.
    box.person(open_id, { name, en_name, email: `${en_name.toLowerCase().replace(" ", ".")}@example.com` });
  }
}

/** A sandbox with one Base; rates are off, since the clock of a test stands still. */
export async function startBench(options: SandboxOptions = {}): Promise<BaseBench> {
  const box = await startSandbox(options);
  box.kernel.switches.rates = false;
  addPeople(box);
  const token = await box.tenantToken();
  const call: BaseBench["call"] = (method, path, body, query) => box.api(method, path, body, query, token);
  const made = await call("POST", "/bitable/v1/apps", { name: "讲台" });
  const app = (made.json.data["app"] as { app_token: string }).app_token;
  const other = await call("POST", `/bitable/v1/apps/${app}/tables`, {
    table: { name: "主题", fields: [{ field_name: "主题", type: 1 }] },
  });
  const table = await call("POST", `/bitable/v1/apps/${app}/tables`, {
    table: { name: "分享", default_view_name: "全部", fields: FIELDS },
  });
  const id = table.json.data["table_id"] as string;
  const path = `/bitable/v1/apps/${app}/tables/${id}`;
  await call("POST", `${path}/fields`, {
    field_name: "关联",
    type: 18,
    property: { table_id: other.json.data["table_id"], multiple: true },
  });
  const search: BaseBench["search"] = (body = {}, query = {}) =>
    call("POST", `${path}/records/search`, body, query);
  return {
    box,
    app,
    table: id,
    other: other.json.data["table_id"] as string,
    path,
    call,
    search,
    async record(fields) {
      const { json } = await call("POST", `${path}/records`, { fields }, { client_token: randomUUID() });
      if (json.code !== 0) throw new Error(`${json.code} ${json.msg}`);
      return (json.data["record"] as { record_id: string }).record_id;
    },
    async found(filter) {
      const { json } = await search({ filter });
      if (json.code !== 0) throw new Error(`${json.code} ${json.msg} ${JSON.stringify(json.error)}`);
      const items = json.data["items"] as { fields: Record<string, { text: string }[]> }[];
      return items.map((item) => item.fields["名称"]?.[0]?.text ?? "");
    },
  };
}
