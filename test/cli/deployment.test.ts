import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { company, type Company } from "#sandbox/case/generate.ts";
import { postRows, setUp } from "#sandbox/case/load.ts";
import { Wire } from "#sandbox/people/wire.ts";
import { testDatabase } from "#test/support/database.ts";
import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let sandbox: TestSandbox;
let database: Awaited<ReturnType<typeof testDatabase>>;
let of: Company;
let wire: Wire;
let bases: { shared: string; admin: string };

beforeAll(async () => {
  of = company(1);
  database = await testDatabase();
  sandbox = await startSandbox({ realtime: true });
  wire = new Wire(sandbox.url);
  bases = await setUp(wire, of, () => undefined);
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
});

interface Ran {
  status: number | null;
  out: string;
  err: string;
}

function lectern(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, ["--import", "tsx", "cli/main.ts", ...args], {
    cwd: root,
    env: {
      PATH: process.env["PATH"] ?? "",
      FEISHU_APP_ID: of.app.app_id,
      FEISHU_APP_SECRET: of.app.app_secret,
      FEISHU_ENCRYPT_KEY: of.app.encrypt_key,
      FEISHU_VERIFICATION_TOKEN: of.app.verification_token,
      FEISHU_HOST: sandbox.url,
      DATABASE_URL: database.url,
      LECTERN_SEAL_KEY: "5e".repeat(32),
      LOG_LEVEL: "silent",
      ...env,
    },
  });
  const ran: Ran = { status: null, out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (ran.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString()));
  return new Promise((resolve) => child.on("close", (status) => resolve({ ...ran, status })));
}

describe("lectern provision, doctor, import", { timeout: 240_000 }, () => {
  it("say what is missing before anything is set up", async () => {
    const ran = await lectern(["doctor"]);
    expect(ran).toMatchObject({ status: 2, out: "" });
    expect(ran.err).toContain("run lectern provision");
    expect((await lectern(["provision", "--base", "x"])).err).toContain(
      "--base and --admin-base: expected both",
    );
    expect((await lectern(["provision", "--nonsense"])).status).toBe(2);
    expect((await lectern(["import", "--help"])).out).toContain("lectern import lecturers FILE");
    const unset = await lectern(["doctor"], { FEISHU_APP_SECRET: "" });
    expect(unset).toMatchObject({
      status: 2,
      err: expect.stringContaining("FEISHU_APP_SECRET: missing") as string,
    });
  });

  it("provision from links, twice; then doctor finds what an admin still has to do", async () => {
    const link = (token: string) => `https://example.feishu.cn/base/${token}?table=tbl1`;
    const args = ["provision", "--base", link(bases.shared), "--admin-base", link(bases.admin)];
    const admins = of.org.people
      .filter(({ role }) => role === "admin")
      .flatMap(({ open_id }) => ["--admin", open_id]);
    const first = await lectern([...args, ...admins]);
    expect(first).toMatchObject({ status: 0, err: "" });
    expect(first.out).toContain("+ table 讲师");
    expect(first.out).toContain("! 日历");
    const second = await lectern(["provision"]);
    expect(second).toMatchObject({ status: 0, out: "= nothing to do (17 tables)\n" });
    const only = { ...of, shared: of.shared.filter(({ table }) => table === "讲师群" || table === "主题") };
    await postRows(wire, only, bases, () => undefined, false);
    const third = await lectern(["provision", "--json"]);
    expect(JSON.parse(third.out)).toMatchObject({ created: [], problems: [] });
    const doctor = await lectern(["doctor", "--json"]);
    expect(doctor.status).toBe(3);
    const failed = (JSON.parse(doctor.out) as { check: string; ok: boolean; next: string }[]).filter(
      ({ ok }) => !ok,
    );
    expect(failed).toEqual([
      expect.objectContaining({ check: "events", next: expect.stringContaining("Encrypt Key") as string }),
    ]);
  });

  it("import with a preview, list and undo", async () => {
    const file = "sandbox/case/lecturers.csv";
    const preview = await lectern(["import", "lecturers", file, "--preview"]);
    expect(preview.out).toContain("would make: 30 lecturers");
    const made = await lectern(["import", "lecturers", file]);
    expect(made).toMatchObject({ status: 0, err: "" });
    const batch = /batch (\S+) \(/u.exec(made.out)?.[1] ?? "";
    expect(JSON.parse((await lectern(["import", "list"])).out)).toMatchObject([
      { batch, kind: "lecturers", made: { lecturers: 30 } },
    ]);
    expect(JSON.parse((await lectern(["import", "undo", batch])).out)).toEqual({
      batch,
      removed: { lecturers: 30 },
      gone: 0,
    });
    const again = await lectern(["import", "undo", batch]);
    expect(again).toMatchObject({ status: 1, err: expect.stringContaining("was undone already") as string });
    const missing = await lectern(["import", "lecturers", "no-such-file.csv"]);
    expect(missing).toMatchObject({ status: 2, err: expect.stringContaining("no-such-file.csv") as string });
  });
});
