import { afterAll, beforeAll, expect, test } from "vitest";
import { InvalidInputError, PermissionError } from "#server/errors.ts";
import type { TableRef } from "#server/feishu/gateway.ts";
import { colleague, onSandbox, tableWith } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

let on: OnSandbox;
let table: TableRef;
beforeAll(async () => {
  on = await onSandbox();
  table = await tableWith(on.gateway, "材料");
});
afterAll(() => on.sandbox.close());

const bytes = Buffer.from("讲台:客户维护技巧".repeat(1000));
const media = (fileName: string, content: Uint8Array) => ({
  fileName,
  parentType: "bitable_file" as const,
  parentNode: table.appToken,
  bytes: content,
});

test("an attachment is uploaded, hung on a record, and downloaded byte for byte", async () => {
  const { drive, records } = on.gateway;
  const fileToken = await drive.uploadMedia(media("客户维护技巧.pptx", bytes));
  await records.create(table, { 主题: "客户", 材料: [{ file_token: fileToken }] }, { key: "with file" });
  const download = await drive.download(fileToken);
  expect(Buffer.from(await new Response(download.body).arrayBuffer()).equals(bytes)).toBe(true);
  expect(download.fileName).toBe("客户维护技巧.pptx");
});

test("uploads go one at a time", async () => {
  const names = ["一.pdf", "二.pdf", "三.pdf"];
  const tokens = await Promise.all(names.map((name) => on.gateway.drive.uploadMedia(media(name, bytes))));
  expect(new Set(tokens).size).toBe(3);
  expect((await on.traffic("/upload_all")).map((entry) => entry.code)).not.toContain(1061045);
});

test("what is too large or empty is refused before it is sent", async () => {
  await on.mark();
  for (const size of [0, 20_971_521])
    await expect(on.gateway.drive.uploadMedia(media("x.bin", Buffer.alloc(size)))).rejects.toBeInstanceOf(
      InvalidInputError,
    );
  expect(await on.traffic()).toEqual([]);
});

test("a Base is subscribed to", async () => {
  const { drive } = on.gateway;
  expect(await drive.isSubscribed(table.appToken, "bitable")).toBe(false);
  await drive.subscribe(table.appToken, "bitable");
  expect(await drive.isSubscribed(table.appToken, "bitable")).toBe(true);
});

test("a document is written and handed to its lecturer", async () => {
  const { docs, drive } = on.gateway;
  const lecturer = colleague(on.sandbox, "ou_lecturer", "张伟");
  const made = await docs.createDocument({ title: "客户维护技巧" });
  await on.fault("drop-after", "POST /open-apis/docx/v1/documents/:document_id/blocks/:block_id/children");
  const outline = ["# 提纲", ...Array.from({ length: 60 }, (_, n) => `- 要点 ${n}`)].join("\n");
  await docs.appendBlocks(made.documentId, outline, { key: "outline" });
  const content = await docs.rawContent(made.documentId);
  expect(content.match(/要点/g)).toHaveLength(60);

  await drive.transferOwner(made.documentId, "docx", lecturer);
  const members = await drive.listMembers(made.documentId, "docx");
  expect(members).toEqual(
    expect.arrayContaining([expect.objectContaining({ memberId: lecturer, perm: "full_access" })]),
  );
});

test("without a scope the error names it", async () => {
  const scopes = on.sandbox.app.tenantScopes;
  on.sandbox.app.tenantScopes = scopes.filter((scope) => scope !== "docx:document");
  const error = await on.gateway.docs.createDocument({ title: "x" }).catch((thrown: unknown) => thrown);
  on.sandbox.app.tenantScopes = scopes;
  expect(error).toBeInstanceOf(PermissionError);
  expect((error as PermissionError).missingScopes).toContain("docx:document");
});
