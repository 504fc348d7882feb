import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adler32 } from "#sandbox/api/drive/media-core.ts";
import { type BaseBench, LIN, XU, startBench } from "../bitable/support.ts";

let bench: BaseBench;
let token: string;
beforeAll(async () => {
  bench = await startBench();
  token = await bench.box.tenantToken();
});
afterAll(() => bench.box.close());

const BYTES = Buffer.from("讲义\r\n--boundary?\u0000\u00ff", "latin1");

/** A multipart body written by hand: the `file` part has no filename (facts.md §2.1). */
async function upload(parts: Record<string, string>, bytes: Buffer = BYTES, path = "upload_all") {
  const mark = "----lectern";
  const text = Object.entries({ size: String(bytes.length), ...parts }).map(
    ([name, value]) => `--${mark}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${mark}\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(text.join("") + head), bytes, Buffer.from(`\r\n--${mark}--\r\n`)]);
  const reply = await fetch(`${bench.box.url}/open-apis/drive/v1/medias/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": `multipart/form-data; boundary=${mark}` },
    body: new Uint8Array(body),
  });
  return {
    status: reply.status,
    json: (await reply.json()) as { code: number; data: { file_token: string } },
  };
}
const into = (more: Record<string, string> = {}) => ({
  file_name: "a.pdf",
  parent_type: "bitable_file",
  parent_node: bench.app,
  ...more,
});

describe("§14.4 uploads", () => {
  it("take a file part without filename and size as text; the bytes come back unharmed, also by Range", async () => {
    const { json } = await upload(into({ checksum: String(adler32(BYTES)) }));
    expect(json.code).toBe(0);
    const get = (headers: Record<string, string> = {}) =>
      fetch(`${bench.box.url}/open-apis/drive/v1/medias/${json.data.file_token}/download`, {
        headers: { authorization: `Bearer ${token}`, ...headers },
      });
    expect(Buffer.from(await (await get()).arrayBuffer())).toEqual(BYTES);
    const part = await get({ range: "bytes=2-5" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 2-5/${BYTES.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(BYTES.subarray(2, 6));
    expect((await get({ range: "bytes=99999-" })).status).toBe(416);
  });

  const wrong: [string, Record<string, string>, number, number][] = [
    ["a size that is not the file's", { size: "5" }, 400, 1062009],
    ["a size that is no number", { size: "很多" }, 400, 1061002],
    ["more than 20 MB", { size: "20971521" }, 400, 1061043],
    ["a wrong checksum", { checksum: "1" }, 400, 1062008],
    ["a parent that is none", { parent_node: "basnone" }, 400, 1061044],
    ["an unknown parent type", { parent_type: "explorer" }, 400, 1061002],
    ["a name of 251 characters", { file_name: "a".repeat(251) }, 400, 1061008],
  ];
  it.each(wrong)("%s is refused", async (_name, parts, status, code) => {
    const reply = await upload(into(parts));
    expect([reply.status, reply.json.code]).toEqual([status, code]);
  });

  it("a Base of somebody else takes no file: 1061004 with HTTP 403", async () => {
    const made = await bench.box.lever("POST", "/bases", { name: "别人的", owner: LIN });
    const reply = await upload(into({ parent_node: made.json["app_token"] as string }));
    expect([reply.status, reply.json.code]).toEqual([403, 1061004]);
  });

  it("above 5 a second: 1061045 at HTTP 200", async () => {
    bench.box.kernel.switches.rates = true;
    await bench.box.lever("POST", "/clock/advance", { ms: 1000 });
    const replies = [];
    for (let n = 0; n < 6; n += 1) replies.push(await upload(into()));
    bench.box.kernel.switches.rates = false;
    expect(replies.map((reply) => reply.json.code)).toEqual([0, 0, 0, 0, 0, 1061045]);
    expect(replies[5]?.status).toBe(200);
  });

  it("in blocks of 4 MB, finished only when all are there", async () => {
    const size = 4_194_304 + 10;
    const prepared = await bench.call("POST", "/drive/v1/medias/upload_prepare", { ...into(), size });
    const { upload_id, block_num, block_size } = prepared.json.data as {
      upload_id: string;
      block_num: number;
      block_size: number;
    };
    expect([block_num, block_size]).toEqual([2, 4_194_304]);
    const bytes = Buffer.alloc(size, 7);
    const part = (seq: number) =>
      upload(
        { upload_id, seq: String(seq) },
        bytes.subarray(seq * block_size, (seq + 1) * block_size),
        "upload_part",
      );
    expect((await part(0)).json.code).toBe(0);
    const early = await bench.call("POST", "/drive/v1/medias/upload_finish", { upload_id, block_num });
    expect([early.status, early.json.code]).toEqual([400, 1061002]);
    expect((await upload({ upload_id, seq: "1" }, Buffer.alloc(3), "upload_part")).json.code).toBe(1062009);
    await part(1);
    const done = await bench.call("POST", "/drive/v1/medias/upload_finish", { upload_id, block_num });
    expect(done.json.data["file_token"]).toEqual(expect.any(String));
  });
});

describe("reading files", () => {
  it("a temporary address opens for anyone for 24 h; at most 5 tokens a call", async () => {
    const { json } = await upload(into());
    const file_tokens = json.data.file_token;
    const reply = await bench.call("GET", "/drive/v1/medias/batch_get_tmp_download_url", undefined, {
      file_tokens,
    });
    const [first] = reply.json.data["tmp_download_urls"] as {
      tmp_download_url: string;
    }[];
    const address = first?.tmp_download_url ?? "";
    expect((await fetch(address)).status).toBe(200);
    await bench.box.lever("POST", "/clock/advance", { ms: 86_400_000 });
    expect((await fetch(address)).status).toBe(403);
    token = await bench.box.tenantToken();
    const six = await bench.box.api(
      "GET",
      "/drive/v1/medias/batch_get_tmp_download_url",
      undefined,
      { file_tokens: Array.from({ length: 6 }, () => file_tokens) },
      token,
    );
    expect([six.status, six.json.code]).toEqual([400, 1061002]);
    const gone = await bench.box.api("GET", "/drive/v1/medias/boxnone/download", undefined, {}, token);
    expect([gone.status, gone.json.code]).toEqual([404, 1061003]);
  });

  it("a Base with advanced permissions wants the cell in extra", async () => {
    const made = await bench.box.lever("POST", "/bases", { name: "高级", owner: LIN });
    const base = made.json["app_token"] as string;
    const table = made.json["default_table_id"] as string;
    const lin = await bench.box.userToken(LIN);
    const sent = await bench.box.lever("POST", "/act/upload", {
      as: LIN,
      base,
      name: "a.txt",
      text: "hello",
    });
    const file_token = sent.json["file_token"] as string;
    const row = await bench.box.lever("POST", "/act", {
      as: LIN,
      base,
      table,
      create: [{ fields: { 附件: [{ file_token }] } }],
    });
    await bench.box.api("PUT", `/bitable/v1/apps/${base}`, { is_advanced: true }, {}, lin);
    const fields = await bench.box.api(
      "GET",
      `/bitable/v1/apps/${base}/tables/${table}/fields`,
      undefined,
      {},
      lin,
    );
    const field = (fields.json.data["items"] as { field_id: string; field_name: string }[]).find(
      (one) => one.field_name === "附件",
    );
    const get = (query: Record<string, string>) =>
      bench.box.api(
        "GET",
        "/drive/v1/medias/batch_get_tmp_download_url",
        undefined,
        { file_tokens: file_token, ...query },
        lin,
      );
    expect([(await get({})).status, (await get({})).json.code]).toEqual([403, 1061004]);
    const [record = ""] = row.json["record_ids"] as string[];
    const extra = JSON.stringify({
      bitablePerm: { tableId: table, attachments: { [field?.field_id ?? ""]: { [record]: [file_token] } } },
    });
    expect((await get({ extra })).json.code).toBe(0);
  });

  it("a person without permission sees 'request access'; a removed file is gone for all", async () => {
    const made = await bench.box.lever("POST", "/bases", { name: "林", owner: LIN });
    const base = made.json["app_token"] as string;
    const sent = await bench.box.lever("POST", "/act/upload", {
      as: LIN,
      app_token: base,
      name: "a.txt",
      base64: "aGk=",
    });
    const file = sent.json["file_token"] as string;
    const open = (as: string) => bench.box.lever("GET", `/files/${file}/open?as=${as}`);
    expect((await open(LIN)).status).toBe(200);
    expect([(await open(XU)).status, (await open(XU)).json["error"]]).toEqual([403, "request access"]);
    const refused = await bench.box.lever("POST", "/act/upload", {
      as: XU,
      app_token: base,
      name: "b.txt",
      text: "x",
    });
    expect([refused.status, refused.json.code]).toEqual([403, 1061004]);
    await bench.box.lever("DELETE", `/files/${file}`);
    expect((await open(LIN)).status).toBe(404);
  });
});
