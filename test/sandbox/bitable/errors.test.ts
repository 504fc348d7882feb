import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BaseBench, startBench } from "./support.ts";

let bench: BaseBench;
let record: string;
beforeAll(async () => {
  bench = await startBench();
  record = await bench.record({ 名称: "x" });
});
afterAll(() => bench.box.close());

type Case = [name: string, method: string, path: string, body: unknown, status: number, code: number];
const create = (fields: unknown, name: string, code: number, status = 200): Case => [
  name,
  "POST",
  "T/records",
  { fields },
  status,
  code,
];
const app = "/bitable/v1/apps/A";

/** `A` = the Base, `T` = the table's path, `R` = a record. The status is that of the page (facts.md §4.12). */
const CASES: Case[] = [
  create({ 没有: 1 }, "unknown field name", 1254045),
  create({ 名称: 1 }, "text from a number", 1254060),
  create({ 名称: "长".repeat(100_001) }, "text too long", 1254130),
  create({ 数量: "1" }, "number from a text", 1254061),
  create({ 评级: 6 }, "rating above its maximum", 1254061),
  create({ 状态: ["待确认"] }, "single select from a list", 1254062),
  create({ 领域: "销售" }, "multi select from a text", 1254063),
  create({ 日期: "2026-01-01" }, "date from a text", 1254064),
  create({ 锁定: "true" }, "checkbox from a text", 1254065),
  create({ 账号: ["ou_x"] }, "people from plain ids", 1254066),
  create({ 账号: [{ id: "ou_nobody" }] }, "an unknown person", 1254066),
  create({ 账号: Array.from({ length: 1001 }, () => ({ id: "ou_x" })) }, "1001 people", 1254130),
  create({ 关联: ["recnone"] }, "link to a record that is not there", 1254067),
  create({ 关联: Array.from({ length: 501 }, () => "recx") }, "501 links", 1254130),
  create({ 链接: "https://example.com" }, "url from a text", 1254068),
  create({ 附件: "boxx" }, "attachment from a text", 1254069),
  create({ 附件: [{ file_token: "boxx" }] }, "a file not uploaded here", 1254303),
  create({ 附件: Array.from({ length: 101 }, () => ({ file_token: "boxx" })) }, "101 files", 1254106),
  create({ 电话: "+86 138" }, "phone with a space", 1254072),
  create({ 群: [{ id: 1 }] }, "group of the wrong kind", 1254015, 400),
  create({ 更新时间: 1 }, "a field that cannot be written", 1254015, 400),
  create({ 编号: "7" }, "an auto number", 1254015, 400),
  [
    "attachment on the page of batch_update",
    "POST",
    "T/records/batch_update",
    { records: [{ record_id: "R", fields: { 附件: [{ file_token: "boxx" }] } }] },
    403,
    1254303,
  ],
  ["unknown record on update", "PUT", "T/records/recnone", { fields: {} }, 200, 1254043],
  ["unknown record on delete", "DELETE", "T/records/recnone", undefined, 200, 1254043],
  ["unknown record on get", "GET", "T/records/recnone", undefined, 200, 1254043],
  ["unknown table on create", "POST", `${app}/tables/tblnone/records`, { fields: {} }, 200, 1254041],
  [
    "unknown table on batch_get",
    "POST",
    `${app}/tables/tblnone/records/batch_get`,
    { record_ids: ["recx"] },
    404,
    1254041,
  ],
  ["unknown Base on search", "POST", "/bitable/v1/apps/basnone/tables/tblx/records/search", {}, 200, 1254040],
  [
    "unknown Base on batch_get",
    "POST",
    "/bitable/v1/apps/basnone/tables/tblx/records/batch_get",
    { record_ids: ["recx"] },
    404,
    1254040,
  ],
  ["unknown Base on copy", "POST", "/bitable/v1/apps/basnone/copy", {}, 404, 1254040],
  ["empty batch", "POST", "T/records/batch_create", { records: [] }, 200, 1254007],
  ["unknown view on patch", "PATCH", "T/views/vewnone", { view_name: "x" }, 404, 1254042],
  ["unknown view on delete", "DELETE", "T/views/vewnone", undefined, 200, 1254042],
  ["unknown field on update", "PUT", "T/fields/fldnone", { field_name: "x", type: 1 }, 200, 1254044],
  ["duplicate field name", "POST", "T/fields", { field_name: "名称", type: 1 }, 200, 1254014],
  ["empty field name", "POST", "T/fields", { field_name: " ", type: 1 }, 400, 1254028],
  ["a lookup", "POST", "T/fields", { field_name: "查找", type: 19 }, 200, 1254012],
  [
    "ui type of another type",
    "POST",
    "T/fields",
    { field_name: "进度", type: 1, ui_type: "Progress" },
    200,
    1254015,
  ],
  [
    "unknown formatter",
    "POST",
    "T/fields",
    { field_name: "数", type: 2, property: { formatter: "0.0.0" } },
    400,
    1254081,
  ],
  [
    "rating of eleven",
    "POST",
    "T/fields",
    { field_name: "星", type: 2, ui_type: "Rating", property: { max: 11 } },
    400,
    1254081,
  ],
  [
    "color 55",
    "POST",
    "T/fields",
    { field_name: "选", type: 3, property: { options: [{ name: "a", color: 55 }] } },
    400,
    1254082,
  ],
  [
    "option without name",
    "POST",
    "T/fields",
    { field_name: "选", type: 4, property: { options: [{ name: "" }] } },
    200,
    1254026,
  ],
  [
    "options that repeat",
    "POST",
    "T/fields",
    { field_name: "选", type: 4, property: { options: [{ name: "a" }, { name: "a" }] } },
    400,
    1254083,
  ],
  [
    "unknown date format",
    "POST",
    "T/fields",
    { field_name: "日", type: 5, property: { date_formatter: "dd.MM.yyyy" } },
    400,
    1254084,
  ],
  [
    "link to no table",
    "POST",
    "T/fields",
    { field_name: "联", type: 18, property: { table_id: "tblnone" } },
    400,
    1254089,
  ],
  [
    "two-way link to no table",
    "POST",
    "T/fields",
    { field_name: "联", type: 21, property: { table_id: "tblnone" } },
    400,
    1254092,
  ],
  [
    "select as primary field",
    "POST",
    `${app}/tables`,
    { table: { name: "新", fields: [{ field_name: "选", type: 3 }] } },
    400,
    1254012,
  ],
  ["table name taken", "POST", `${app}/tables`, { table: { name: "分享" } }, 200, 1254013],
  ["table name with a slash", "POST", `${app}/tables`, { table: { name: "a/b" } }, 200, 1254001],
  [
    "field twice in a new table",
    "POST",
    `${app}/tables`,
    {
      table: {
        name: "新",
        fields: [
          { field_name: "a", type: 1 },
          { field_name: "a", type: 1 },
        ],
      },
    },
    400,
    1254014,
  ],
  [
    "51 tables to delete",
    "POST",
    `${app}/tables/batch_delete`,
    { table_ids: Array.from({ length: 51 }, () => "tblx") },
    200,
    1254104,
  ],
  ["view name taken", "POST", "T/views", { view_name: "全部" }, 200, 1254020],
  ["view name empty", "POST", "T/views", { view_name: "" }, 200, 1254021],
  ["view name with a bracket", "POST", "T/views", { view_name: "[a]" }, 200, 1254022],
  ["page_size 0 of tables", "GET", `${app}/tables?page_size=0`, undefined, 400, 1254011],
  ["page_size 501", "POST", "T/records/search?page_size=501", {}, 400, 99992402],
  ["roles without advanced permissions", "GET", `${app}/roles`, undefined, 200, 1254301],
  ["a dashboard that is none", "POST", `${app}/dashboards/blkx/copy`, { name: "x" }, 404, 1254050],
  [
    "a time zone that is none",
    "POST",
    "/bitable/v1/apps",
    { name: "x", time_zone: "Mars/Olympus" },
    400,
    1254800,
  ],
  ["a folder that is none", "POST", "/bitable/v1/apps", { name: "x", folder_token: "fldnone" }, 404, 1254702],
  ["a name of 256 characters", "POST", "/bitable/v1/apps", { name: "x".repeat(256) }, 400, 1254031],
  ["a body key nobody knows", "POST", "T/records", { fields: {}, extra: 1 }, 400, 99992402],
];

describe("§14.2 each code with the status of its page", () => {
  it.each(CASES)("%s", async (_name, method, path, body, status, code) => {
    const there = path.replace(/^T/, bench.path).replace("/apps/A", `/apps/${bench.app}`);
    const sent =
      body === undefined
        ? undefined
        : (JSON.parse(JSON.stringify(body).replace('"R"', `"${record}"`)) as unknown);
    const reply = await bench.call(method, there, sent);
    expect([reply.status, reply.json.code]).toEqual([status, code]);
  });
});
