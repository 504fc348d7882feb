import { afterAll, beforeAll, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const table = "/bitable/v1/apps/bascnNobody/tables/tblNobody";

/** Status and code as the error tables of the pages print them (facts.md §3.1, §3.4, §4.12, §6.7, §7.2). */
test.each([
  ["record search", "POST", `${table}/records/search`, {}, {}, 200, 1254040],
  ["record batch_get", "POST", `${table}/records/batch_get`, { record_ids: ["recNobody"] }, {}, 404, 1254040],
  ["view patch", "PATCH", `${table}/views/vewNobody`, { view_name: "a" }, {}, 404, 1254040],
  ["base copy", "POST", "/bitable/v1/apps/bascnNobody/copy", {}, {}, 404, 1254040],
  [
    "calendar get",
    "GET",
    "/calendar/v4/calendars/feishu.cn_nobody@group.calendar.feishu.cn",
    undefined,
    {},
    404,
    191000,
  ],
  ["calendar id", "GET", "/calendar/v4/calendars/nobody", undefined, {}, 400, 191001],
  [
    "message content",
    "POST",
    "/im/v1/messages",
    { receive_id: "ou_x", msg_type: "text", content: "plain" },
    { receive_id_type: "open_id" },
    400,
    230001,
  ],
  ["unknown path", "GET", "/bitable/v1/nowhere", undefined, {}, 404, 99991201],
] as const)(
  "§14.2 %s answers with the status of its own page",
  async (_name, method, path, body, query, status, code) => {
    const reply = await sandbox.api(method, path, body, query);
    expect([reply.status, reply.json.code]).toEqual([status, code]);
  },
);

test("§14.23 docx create: 3 a second, refused with HTTP 400 and the same body and headers", async () => {
  const token = await sandbox.tenantToken();
  const create = () => sandbox.api("POST", "/docx/v1/documents", { title: "讲义" }, {}, token);
  for (let n = 0; n < 3; n += 1) expect((await create()).status).toBe(200);
  const { status, json, headers } = await create();
  expect([status, json.code, headers.get("x-ogw-ratelimit-reset")]).toEqual([400, 99991400, "1"]);
  await sandbox.lever("POST", "/clock/advance", { ms: 1000 });
  expect((await create()).status).toBe(200);
});
