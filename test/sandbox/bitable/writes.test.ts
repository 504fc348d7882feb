import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BaseBench, startBench } from "./support.ts";

let bench: BaseBench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.box.close());

const count = async () => (await bench.search({}, { page_size: "1" })).json.data["total"] as number;
const rows = (n: number, name = "批") =>
  Array.from({ length: n }, (_, index) => ({ fields: { 名称: `${name}${index}` } }));

describe("§14.11 batches", () => {
  it("are all or nothing", async () => {
    const before = await count();
    const bad = [...rows(3), { fields: { 数量: "二" } }];
    const { status, json } = await bench.call("POST", `${bench.path}/records/batch_create`, { records: bad });
    expect([status, json.code]).toEqual([200, 1254061]);
    expect(await count()).toBe(before);
    const id = await bench.record({ 名称: "未改", 数量: 1 });
    const update = await bench.call("POST", `${bench.path}/records/batch_update`, {
      records: [
        { record_id: id, fields: { 数量: 2, 状态: "新选项" } },
        { record_id: "recnone", fields: { 数量: 2 } },
      ],
    });
    expect(update.json.code).toBe(1254043);
    const { json: got } = await bench.call("POST", `${bench.path}/records/batch_get`, { record_ids: [id] });
    expect((got.data["records"] as { fields: Record<string, unknown> }[])[0]?.fields["数量"]).toBe(1);
    const fields = await bench.call("GET", `${bench.path}/fields`, undefined, { page_size: "100" });
    expect(JSON.stringify(fields.json.data)).not.toContain("新选项");
    const gone = await bench.call("POST", `${bench.path}/records/batch_delete`, { records: [id, "recnone"] });
    expect(gone.json.code).toBe(1254043);
    expect(await count()).toBe(before + 1);
  });

  it("hold 1000 creates, 1000 updates, 500 deletes, and no more", async () => {
    const { json } = await bench.call("POST", `${bench.path}/records/batch_create`, { records: rows(1000) });
    expect(json.code).toBe(0);
    const ids = (json.data["records"] as { record_id: string }[]).map((record) => record.record_id);
    expect(
      (await bench.call("POST", `${bench.path}/records/batch_create`, { records: rows(1001) })).json.code,
    ).toBe(1254104);
    const update = (n: number) => ({
      records: Array.from({ length: n }, (_, index) => ({
        record_id: ids[index % 1000],
        fields: { 数量: index },
      })),
    });
    expect((await bench.call("POST", `${bench.path}/records/batch_update`, update(1000))).json.code).toBe(0);
    expect((await bench.call("POST", `${bench.path}/records/batch_update`, update(1001))).json.code).toBe(
      1254104,
    );
    expect(
      (await bench.call("POST", `${bench.path}/records/batch_delete`, { records: ids.slice(0, 501) })).json
        .code,
    ).toBe(1254104);
    const deleted = await bench.call("POST", `${bench.path}/records/batch_delete`, {
      records: ids.slice(0, 500),
    });
    expect((deleted.json.data["records"] as unknown[])[0]).toEqual({ deleted: true, record_id: ids[0] });
    expect(
      (await bench.call("POST", `${bench.path}/records/batch_get`, { record_ids: ids.slice(0, 101) })).json
        .code,
    ).toBe(1254104);
  });

  it("overlapping writes to one Base give 1254291 at HTTP 200, serial ones none", async () => {
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        bench.call("POST", `${bench.path}/records`, { fields: { 名称: `同时 ${index}` } }),
      ),
    );
    const codes = replies.map((reply) => reply.json.code);
    expect(codes).toContain(0);
    expect(codes).toContain(1254291);
    expect(replies.every((reply) => reply.status === 200)).toBe(true);
    for (let n = 0; n < 4; n += 1) await bench.record({ 名称: "依次" });
  });

  it("above the rate of one Base: 1254290; of one call: 99991400 with the reset", async () => {
    const own = await startBench();
    try {
      own.box.kernel.switches.rates = true;
      const id = await own.record({ 名称: "x" });
      const codes = new Map<number, number>();
      for (let n = 0; n < 60; n += 1) {
        const update = n % 2 === 0;
        const reply = update
          ? await own.call("PUT", `${own.path}/records/${id}`, { fields: { 数量: n } })
          : await own.call("POST", `${own.path}/records`, { fields: { 数量: n } });
        codes.set(reply.json.code, reply.status);
      }
      expect([...codes]).toEqual([
        [0, 200],
        [1254290, 200],
      ]);
      const tables = await Promise.all(
        Array.from({ length: 21 }, () => own.call("GET", `/bitable/v1/apps/${own.app}/tables`)),
      );
      const limited = tables.find((reply) => reply.status === 429);
      expect(limited?.json.code).toBe(99991400);
      expect(Number(limited?.headers.get("x-ogw-ratelimit-reset"))).toBeGreaterThan(0);
    } finally {
      await own.box.close();
    }
  });
});

describe("§14.12 client_token", () => {
  it("replays create, batch_create and field create with the first result", async () => {
    const client_token = randomUUID();
    const create = () =>
      bench.call("POST", `${bench.path}/records`, { fields: { 名称: "一次" } }, { client_token });
    const [first, second] = [await create(), await create()];
    expect(second.json.data).toEqual(first.json.data);
    const token2 = randomUUID();
    const batch = () =>
      bench.call(
        "POST",
        `${bench.path}/records/batch_create`,
        { records: rows(2, "一次") },
        { client_token: token2 },
      );
    const before = await count();
    expect((await batch()).json.data).toEqual((await batch()).json.data);
    expect(await count()).toBe(before + 2);
    const token3 = randomUUID();
    const field = () =>
      bench.call(
        "POST",
        `${bench.path}/fields`,
        { field_name: "只建一次", type: 1 },
        { client_token: token3 },
      );
    expect((await field()).json.data).toEqual((await field()).json.data);
  });

  it("is a UUID v4 (1254037), belongs to one content (1255006), both at HTTP 400", async () => {
    const bad = await bench.call(
      "POST",
      `${bench.path}/records`,
      { fields: {} },
      { client_token: "no-uuid" },
    );
    expect([bad.status, bad.json.code]).toEqual([400, 1254037]);
    const v1 = await bench.call(
      "POST",
      `${bench.path}/records`,
      { fields: {} },
      { client_token: "fe599b60-450f-16ff-b2ef-9f6675625b97" },
    );
    expect(v1.json.code).toBe(1254037);
    const client_token = randomUUID();
    await bench.call("POST", `${bench.path}/records`, { fields: { 名称: "a" } }, { client_token });
    const other = await bench.call(
      "POST",
      `${bench.path}/records`,
      { fields: { 名称: "b" } },
      { client_token },
    );
    expect([other.status, other.json.code]).toEqual([400, 1255006]);
  });

  it("the same token while the first call is under way gives 1254608 at HTTP 403, and one record", async () => {
    const client_token = randomUUID();
    const before = await count();
    const replies = await Promise.all(
      [1, 2, 3, 4].map(() =>
        bench.call("POST", `${bench.path}/records`, { fields: { 名称: "并发" } }, { client_token }),
      ),
    );
    const refused = replies.filter((reply) => reply.json.code !== 0);
    expect(refused.every((reply) => reply.json.code === 1254608 && reply.status === 403)).toBe(true);
    expect(await count()).toBe(before + 1);
  });

  it("a refused write does not use up its token", async () => {
    const client_token = randomUUID();
    const wrong = await bench.call(
      "POST",
      `${bench.path}/records`,
      { fields: { 数量: "x" } },
      { client_token },
    );
    expect(wrong.json.code).toBe(1254061);
    const right = await bench.call(
      "POST",
      `${bench.path}/records`,
      { fields: { 数量: 1 } },
      { client_token },
    );
    expect(right.json.code).toBe(0);
  });
});

it("a table holds 20,000 records: 1254103 beyond", async () => {
  const full = await bench.call("POST", `/bitable/v1/apps/${bench.app}/tables`, { table: { name: "满" } });
  const path = `/bitable/v1/apps/${bench.app}/tables/${full.json.data["table_id"] as string}/records`;
  const records = Array.from({ length: 1000 }, () => ({ fields: {} }));
  for (let n = 0; n < 20; n += 1) await bench.call("POST", `${path}/batch_create`, { records });
  const more = await bench.call("POST", path, { fields: {} });
  expect([more.status, more.json.code]).toEqual([200, 1254103]);
});

describe("revisions and options", () => {
  it("every write raises the revision of its table and Base, reads do not", async () => {
    const revisions = async () => {
      const { json } = await bench.call("GET", `/bitable/v1/apps/${bench.app}/tables`);
      const tables = json.data["items"] as { table_id: string; revision: number }[];
      const app = await bench.call("GET", `/bitable/v1/apps/${bench.app}`);
      return {
        table: tables.find((table) => table.table_id === bench.table)?.revision ?? 0,
        other: tables.find((table) => table.table_id === bench.other)?.revision ?? 0,
        app: (app.json.data["app"] as { revision: number }).revision,
      };
    };
    const before = await revisions();
    await bench.search({});
    expect(await revisions()).toEqual(before);
    await bench.record({ 名称: "新" });
    const after = await revisions();
    expect(after.table).toBe(before.table + 1);
    expect(after.app).toBeGreaterThan(before.app);
    expect(after.other).toBe(before.other);
  });

  it("an unknown option name makes an option, a renamed one is doubled", async () => {
    const options = async () => {
      const { json } = await bench.call("GET", `${bench.path}/fields`, undefined, { page_size: "100" });
      const fields = json.data["items"] as {
        field_name: string;
        property: { options: { id: string; name: string }[] } | null;
      }[];
      return fields.find((field) => field.field_name === "状态")?.property?.options ?? [];
    };
    const before = await options();
    await bench.record({ 状态: "全新" });
    const after = await options();
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toMatchObject({ name: "全新", id: expect.stringMatching(/^opt/) });
    const owner = "ou_11111111111111111111111111111111";
    await bench.box.lever("POST", `/bases/${bench.app}/members`, {
      member_id: owner,
      type: "user",
      perm: "edit",
    });
    const renamed = await bench.box.lever("POST", "/act", {
      as: owner,
      do: "option.rename",
      app_token: bench.app,
      table: "分享",
      field: "状态",
      option: "全新",
      name: "改名",
    });
    expect(renamed.status).toBe(200);
    await bench.record({ 状态: "全新" });
    expect((await options()).map((option) => option.name)).toEqual(expect.arrayContaining(["全新", "改名"]));
  });
});
