import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEnvelope } from "#server/feishu/verify.ts";
import type { Envelope } from "#server/feishu/verify.ts";
import type { TableRef } from "#server/feishu/gateway.ts";
import { onSandbox, tableWith } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

let on: OnSandbox;
let table: TableRef;
const opened: Envelope[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const headers = new Headers(request.headers as Record<string, string>);
    const { encryptKey, verificationToken } = on.sandbox.app;
    const options = { encryptKey, verificationToken, now: on.clock.now() };
    const envelope = openEnvelope(Buffer.concat(chunks), headers, options);
    opened.push(envelope);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(envelope.kind === "challenge" ? { challenge: envelope.challenge } : {}));
  });
});

beforeAll(async () => {
  on = await onSandbox();
  table = await tableWith(on.gateway, "事件");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  on.sandbox.app.eventUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feishu/events`;
  await on.gateway.drive.subscribe(table.appToken, "bitable");
});
afterAll(async () => {
  await on.sandbox.close();
  server.close();
});

test("a record event of the local Feishu is opened", async () => {
  const record = await on.gateway.records.create(table, { 主题: "谈判" }, { key: "event" });
  await on.pass(60_000);
  const events = opened.filter((envelope) => envelope.kind !== "challenge");
  expect(events).toMatchObject([
    {
      kind: "event",
      type: "drive.file.bitable_record_changed_v1",
      event: {
        file_token: table.appToken,
        table_id: table.tableId,
        action_list: [{ record_id: record.recordId, action: "record_added" }],
      },
    },
  ]);
  expect(Math.abs((events[0]?.createTimeMs ?? 0) - on.clock.now())).toBeLessThan(120_000);
});
