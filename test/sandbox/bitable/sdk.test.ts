import * as lark from "@larksuiteoapi/node-sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { APP_ID } from "#test/support/sandbox.ts";
import { type BaseBench, startBench } from "./support.ts";

const quiet = () => undefined;
const logger = { fatal: quiet, error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };

let bench: BaseBench;
let client: lark.Client;
beforeAll(async () => {
  bench = await startBench();
  client = new lark.Client({
    appId: APP_ID,
    appSecret: bench.box.app.appSecret,
    domain: bench.box.url,
    logger,
    loggerLevel: lark.LoggerLevel.fatal,
  });
});
afterAll(() => bench.box.close());

it("the unmodified official client creates, pages with searchWithIterator, and deletes", async () => {
  const path = { app_token: bench.app, table_id: bench.table };
  const records = Array.from({ length: 45 }, (_, index) => ({
    fields: { 名称: `第${index}场`, 数量: index },
  }));
  const made = await client.bitable.appTableRecord.batchCreate({ path, data: { records } });
  expect(made.data?.records).toHaveLength(45);
  const seen: unknown[] = [];
  const pages = await client.bitable.appTableRecord.searchWithIterator({
    path,
    params: { page_size: 20 },
    data: {
      filter: {
        conjunction: "and",
        conditions: [{ field_name: "数量", operator: "isGreater", value: ["2"] }],
      },
    },
  });
  for await (const page of pages) seen.push(...(page?.items ?? []));
  expect(seen).toHaveLength(42);
  const gone = await client.bitable.appTableRecord.delete({
    path: { ...path, record_id: made.data?.records?.[0]?.record_id ?? "" },
  });
  expect(gone).toMatchObject({ code: 0, data: { deleted: true } });
});

it("media.uploadAll takes a Buffer without a filename; a refusal at HTTP 200 becomes null, at 400 a rejection", async () => {
  const file = Buffer.from([0, 255, 13, 10, 45, 45, 128, 7]);
  const data = {
    file_name: "讲义.pdf",
    parent_type: "bitable_file" as const,
    parent_node: bench.app,
    size: file.length,
    file,
  };
  const uploaded = await client.drive.media.uploadAll({ data });
  const token = uploaded?.file_token ?? "";
  const id = await bench.record({ 附件: [{ file_token: token }] });
  const { json } = await bench.call("POST", `${bench.path}/records/batch_get`, { record_ids: [id] });
  const [record] = json.data["records"] as { fields: Record<string, unknown> }[];
  expect(record?.fields["附件"]).toEqual([
    expect.objectContaining({ file_token: token, name: "讲义.pdf", size: 8, type: "application/pdf" }),
  ]);
  const urls = await client.drive.media.batchGetTmpDownloadUrl({ params: { file_tokens: [token] } });
  const bytes = await fetch(urls.data?.tmp_download_urls?.[0]?.tmp_download_url ?? "").then((reply) =>
    reply.arrayBuffer(),
  );
  expect(Buffer.from(bytes)).toEqual(file);
  await expect(client.drive.media.uploadAll({ data: { ...data, size: 9 } })).rejects.toMatchObject({
    response: { status: 400, data: { code: 1062009 } },
  });
  const several = await Promise.all(Array.from({ length: 4 }, () => client.drive.media.uploadAll({ data })));
  expect(several).toContain(null);
});
