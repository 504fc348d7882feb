import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestSandbox } from "#test/support/sandbox.ts";
import { LIN, pass, startCompany, SU } from "../im/company.ts";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startCompany();
});
afterAll(() => sandbox.close());

const call = (method: string, path: string, body?: unknown, query?: Record<string, string>, token?: string) =>
  sandbox.api(method, `/docx/v1${path}`, body, query, token);
const code = async (reply: ReturnType<typeof call>) => {
  const { json, status } = await reply;
  return `${json.code} ${status}`;
};
const create = async (title = "讲义") => {
  await pass(sandbox, 1000);
  return ((await call("POST", "/documents", { title })).json.data.document as { document_id: string })
    .document_id;
};
const paragraph = (content: string, block_type = 2, kind = "text") => ({
  block_type,
  [kind]: { elements: [{ text_run: { content } }] },
});
const append = (id: string, children: object[], more: object = {}, query: Record<string, string> = {}) =>
  call(
    "POST",
    `/documents/${id}/blocks/${id}/children`,
    { children, ...more },
    { document_revision_id: "-1", ...query },
  );

test("§14.23 creation: the fourth in a second is refused at 400, not 429", async () => {
  await pass(sandbox, 1000);
  for (let n = 0; n < 3; n += 1)
    expect(await code(call("POST", "/documents", { title: `${n}` }))).toBe("0 200");
  const over = await call("POST", "/documents", { title: "4" });
  expect([over.status, over.json.code, over.headers.get("x-ogw-ratelimit-reset")]).toEqual([
    400,
    99991400,
    "1",
  ]);
});

test("§14.23 edits: three a second for one document, the fourth at 429", async () => {
  const [id, other] = [await create(), await create()];
  for (let n = 0; n < 3; n += 1) expect(await code(append(id, [paragraph(`${n}`)]))).toBe("0 200");
  expect(await code(append(id, [paragraph("4")]))).toBe("99991400 429");
  expect(await code(append(other, [paragraph("4")]))).toBe("0 200");
  await pass(sandbox, 1000);
  expect(await code(append(id, [paragraph("4")]))).toBe("0 200");
});

test("titles of 800 characters, 50 children a call; blocks come back in order", async () => {
  await pass(sandbox, 1000);
  expect(await code(call("POST", "/documents", { title: "长".repeat(800) }))).toBe("0 200");
  expect(await code(call("POST", "/documents", { title: "长".repeat(801) }))).toBe("1770001 400");
  const id = await create("异议处理五步法");
  const many = (count: number) => Array.from({ length: count }, (_, n) => paragraph(`第${n}段`));
  expect(await code(append(id, many(51)))).toBe("1770001 400");
  expect(await code(append(id, many(50)))).toBe("0 200");
  await pass(sandbox, 1000);
  expect((await append(id, [paragraph("开头", 3, "heading1")], { index: 0 })).json.data).toMatchObject({
    children: [{ block_type: 3, parent_id: id }],
    document_revision_id: 3,
  });
  expect(await code(append(id, [paragraph("a")], { index: 99 }))).toBe("1770001 400");
  expect(await code(append(id, [{ block_type: 999 }]))).toBe("1770001 400");
  const raw = await call("GET", `/documents/${id}/raw_content`);
  expect((raw.json.data.content as string).split("\n").slice(0, 3)).toEqual([
    "异议处理五步法",
    "开头",
    "第0段",
  ]);
  const blocks = await call("GET", `/documents/${id}/blocks`, undefined, { page_size: "10" });
  expect([(blocks.json.data.items as object[]).length, blocks.json.data.has_more]).toEqual([10, true]);
  expect((await call("GET", `/documents/${id}`)).json.data.document).toEqual({
    document_id: id,
    revision_id: 3,
    title: "异议处理五步法",
  });
});

test("a repeated client_token edits once", async () => {
  const id = await create();
  const client_token = "5f1d2c7e-0000-4000-8000-000000000001";
  const first = await append(id, [paragraph("一次")], {}, { client_token });
  const second = await append(id, [paragraph("一次")], {}, { client_token });
  expect(second.json.data).toEqual(first.json.data);
  expect((await call("GET", `/documents/${id}/raw_content`)).json.data.content).toBe("讲义\n一次\n");
});

test("texts are changed in a batch, children removed by range", async () => {
  const id = await create();
  const { json } = await append(id, [paragraph("甲"), paragraph("乙"), paragraph("丙")]);
  const [first] = json.data.children as { block_id: string }[];
  const elements = [{ text_run: { content: "改过的" } }];
  const change = (block_id: string) =>
    call("PATCH", `/documents/${id}/blocks/batch_update`, {
      requests: [{ block_id, update_text_elements: { elements } }],
    });
  expect(await code(change(first?.block_id ?? ""))).toBe("0 200");
  expect(await code(change("none"))).toBe("1770002 404");
  await pass(sandbox, 1000);
  const cut = (start_index: number, end_index: number) =>
    code(call("DELETE", `/documents/${id}/blocks/${id}/children/batch_delete`, { start_index, end_index }));
  expect(await cut(1, 4)).toBe("1770001 400");
  expect(await cut(1, 3)).toBe("0 200");
  expect((await call("GET", `/documents/${id}/raw_content`)).json.data.content).toBe("讲义\n改过的\n");
});

test("the app's document is open to nobody until it is shared", async () => {
  const id = await create();
  const token = await sandbox.userToken(LIN);
  expect(await code(call("GET", `/documents/${id}`, undefined, {}, token))).toBe("1770032 403");
  await sandbox.api(
    "POST",
    `/drive/v1/permissions/${id}/members`,
    { member_type: "openid", member_id: LIN, perm: "view" },
    { type: "docx" },
  );
  expect(await code(call("GET", `/documents/${id}`, undefined, {}, token))).toBe("0 200");
  expect(
    await code(
      call("POST", `/documents/${id}/blocks/${id}/children`, { children: [paragraph("a")] }, {}, token),
    ),
  ).toBe("1770032 403");
  expect(await code(call("GET", `/documents/${id}`, undefined, {}, await sandbox.userToken(SU)))).toBe(
    "1770032 403",
  );
  expect(await code(call("GET", "/documents/none"))).toBe("1770002 404");
});

test("a copied document keeps its blocks under its own name", async () => {
  const id = await create("模板");
  await append(id, [paragraph("正文")]);
  const root = await sandbox.api("GET", "/drive/explorer/v2/root_folder/meta");
  const folder_token = (root.json.data?.token as string | undefined) ?? "";
  const { json } = await sandbox.api("POST", `/drive/v1/files/${id}/copy`, {
    name: "一月讲义",
    type: "docx",
    folder_token,
  });
  const copy = (json.data.file as { token: string }).token;
  expect((await call("GET", `/documents/${copy}/raw_content`)).json.data.content).toBe("一月讲义\n正文\n");
});

test("Markdown becomes blocks", async () => {
  const { json } = await call("POST", "/documents/blocks/convert", {
    content_type: "markdown",
    content: "# 题\n- 点\n1. 步\n文",
  });
  expect((json.data.blocks as { block_type: number }[]).map((block) => block.block_type)).toEqual([
    3, 12, 13, 2,
  ]);
});

test("a wiki link leads to what stands behind it", async () => {
  const id = await create("知识");
  const node = (await sandbox.lever("POST", "/wiki", { obj_token: id })).json["node_token"] as string;
  const get = (token: string, query: Record<string, string> = {}) =>
    sandbox.api("GET", "/wiki/v2/spaces/get_node", undefined, { token, ...query });
  expect((await get(node)).json.data.node).toMatchObject({
    obj_token: id,
    obj_type: "docx",
    title: "知识",
    node_token: node,
  });
  expect((await get(id, { obj_type: "docx" })).json.data.node).toMatchObject({ node_token: node });
  expect(await code(get("none"))).toBe("131005 400");
});
