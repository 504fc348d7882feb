import { afterAll, beforeAll, expect, test } from "vitest";
import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import { probe } from "./probe.ts";

let sandbox: TestSandbox;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox({ modules: [probe] });
  token = await sandbox.tenantToken();
});
afterAll(() => sandbox.close());

const send = (
  method: string,
  path: string,
  init: { body?: BodyInit; headers?: Record<string, string> } = {},
) =>
  fetch(`${sandbox.url}/open-apis${path}`, {
    method,
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });

test("success is {code, msg, data} with a log id in the header", async () => {
  const { status, json, headers } = await sandbox.api("POST", "/probe/v1/things", { name: "a" });
  expect(status).toBe(200);
  expect(json).toMatchObject({ code: 0, msg: "success", data: { name: "a" } });
  expect(headers.get("x-tt-logid")).toMatch(/^\w{20,}$/);
});

test("an unknown path is 404 with 99991201 and the log id inside", async () => {
  const { status, json, headers } = await sandbox.api("GET", "/probe/v1/nowhere");
  expect(status).toBe(404);
  expect(json.code).toBe(99991201);
  expect(json.error["log_id"]).toBe(headers.get("x-tt-logid"));
});

test("a known path with another method is unknown too", async () => {
  expect((await sandbox.api("PUT", "/probe/v1/things", { name: "a" })).json.code).toBe(99991201);
});

test("§14.1 a `{}` body on DELETE is ignored, `application/json` needs no charset", async () => {
  const response = await send("DELETE", "/probe/v1/things/x", {
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  expect(await response.json()).toMatchObject({ code: 0 });
  const posted = await send("POST", "/probe/v1/things", {
    body: JSON.stringify({ name: "讲台" }),
    headers: { "content-type": "application/json; charset=utf-8" },
  });
  expect(await posted.json()).toMatchObject({ code: 0, data: { name: "讲台" } });
});

test("§14.1 a `{}` body on GET is ignored", async () => {
  // fetch refuses a body on GET, official SDKs do not.
  const { request } = await import("node:http");
  const text = await new Promise<string>((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": "2",
    };
    const sent = request(
      `${sandbox.url}/open-apis/probe/v1/echo/7?size=2`,
      { method: "GET", headers },
      (reply) => {
        let body = "";
        reply.on("data", (chunk: Buffer) => (body += chunk.toString()));
        reply.on("end", () => resolve(body));
      },
    );
    sent.on("error", reject);
    sent.end("{}");
  });
  expect(JSON.parse(text)).toMatchObject({
    code: 0,
    data: { path: { id: "7" }, query: { size: 2 }, body: {} },
  });
});

test("§14.2 the status of a failure is its page's: 200, 400 and 404 side by side", async () => {
  const business = await sandbox.api("POST", "/probe/v1/own_codes", { content: "x" });
  expect([business.status, business.json.code]).toEqual([200, 1254043]);
  const parameter = await sandbox.api("POST", "/probe/v1/own_codes", {});
  expect([parameter.status, parameter.json.code]).toEqual([400, 230001]);
  const generic = await sandbox.api("POST", "/probe/v1/things", {});
  expect([generic.status, generic.json.code]).toEqual([400, 99992402]);
});

test("§14.3 arrays are read from repeated keys and from key[]", async () => {
  for (const search of ["ids=a&ids=b", "ids[]=a&ids[]=b", "ids%5B%5D=a&ids%5B%5D=b"]) {
    const response = await send("GET", `/probe/v1/echo/1?${search}`);
    expect(await response.json()).toMatchObject({ data: { query: { ids: ["a", "b"] } } });
  }
  const single = await send("GET", "/probe/v1/echo/1?ids=a");
  expect(await single.json()).toMatchObject({ data: { query: { ids: ["a"] } } });
});

test("§14.4 a file part without filename keeps its bytes, and size may be text", async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 128, 45, 45, 7]);
  const part = (head: string, body: Buffer | string) =>
    Buffer.concat([
      Buffer.from(`--mark\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body as string),
      Buffer.from("\r\n"),
    ]);
  const body = Buffer.concat([
    part('name="file_name"', "讲义.pptx"),
    part('name="size"', "8"),
    part('name="file"\r\nContent-Type: application/octet-stream', bytes),
    Buffer.from("--mark--\r\n"),
  ]);
  const response = await send("POST", "/probe/v1/upload", {
    body,
    headers: { "content-type": "multipart/form-data; boundary=mark" },
  });
  expect(await response.json()).toMatchObject({
    code: 0,
    data: { size: 8, file_name: "讲义.pptx", hex: bytes.toString("hex") },
  });
});

test("§14.4 a file part with a filename works as well, and a missing part is refused", async () => {
  const form = new FormData();
  form.append("file_name", "a.txt");
  form.append("size", "2");
  form.append("file", new File(["hi"], "a.txt"));
  const response = await send("POST", "/probe/v1/upload", { body: form });
  expect(await response.json()).toMatchObject({ data: { hex: "6869" } });
  const less = new FormData();
  less.append("size", "2");
  const refused = await send("POST", "/probe/v1/upload", { body: less });
  expect(refused.status).toBe(400);
});

test("a raw reply passes through with the log id", async () => {
  const response = await send("GET", "/probe/v1/file");
  expect([await response.text(), response.headers.get("content-type")]).toEqual(["bytes", "text/plain"]);
  expect(response.headers.get("x-tt-logid")).not.toBeNull();
});

test("overlapping writes on one key meet: one wins, the other gets the conflict; different keys do not", async () => {
  const codes = async (keys: string[]) =>
    (
      await Promise.all(
        keys.map((key) =>
          send("POST", `/probe/v1/exclusive/${key}`).then((r) => r.json() as Promise<{ code: number }>),
        ),
      )
    ).map(({ code }) => code);
  // A take lasts 0 to 2 ms in turn, so that of a few rounds at least one overlaps.
  const same = [
    await codes(["a", "a", "a"]),
    await codes(["a", "a", "a"]),
    await codes(["a", "a", "a"]),
  ].flat();
  expect(same).toContain(1254291);
  expect(same).toContain(0);
  expect(await codes(["b", "c", "d"])).toEqual([0, 0, 0]);
});
