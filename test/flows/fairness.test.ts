import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSheet } from "#server/services/lecturers/import.ts";
import { apiOf } from "#test/support/api.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

const HOUR = 3_600_000;
let company: Company;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lectern-fairness-"));
  company = await startCompany({ lecturers: 4, learners: 1 });
  await company.add("讲师档案", [{ 讲师: "赵敏", "讲师记录 ID": company.lecturers[3], 权重: 0.5 }]);
  await sql("update workspace set live = $1", [JSON.stringify([company.group])]);
  const [a, b, c] = company.lecturers;
  const held = (who: string, n: number, at: string) => session(who, n, at, "已分享");
  await company.add("分享", [
    held(a!, 1, "2026-11-04T15:00:00+08:00"),
    held(b!, 2, "2026-11-11T15:00:00+08:00"),
    session(a!, 1, "2026-12-02T15:00:00+08:00", "已安排"),
    session(b!, 2, "2026-12-09T15:00:00+08:00", "已安排"),
    { 状态: "待安排", 开始: Date.parse("2026-12-11T15:00:00+08:00"), 讲师群: [company.group] },
    session(c!, 3, "2026-12-23T15:00:00+08:00", "已安排"),
  ]);
  await company.advanceTo("2026-11-30T09:30:00+08:00");
}, 180_000);
afterAll(async () => {
  await company?.close();
  await rm(folder, { recursive: true, force: true });
});

async function sql(query: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  await client.query(query, values);
  await client.end();
}
const session = (record: string, n: number, at: string, state: string) => ({
  状态: state,
  开始: Date.parse(at),
  "时长（分钟）": 45,
  讲师群: [company.group],
  讲师: [record],
  讲师账号: [{ id: lecturer(n) }],
});
const span = { from: "2026-11-01", to: "2026-12-31" };
async function accounts() {
  const api = await apiOf(company, ADMIN);
  const reply = await api.fairness.$get({ query: span });
  expect(reply.status).toBe(200);
  const report = await reply.json();
  return Object.fromEntries(report.people.map((one) => [one.name, one]));
}
const sessionsOn = async (day: string) =>
  (await company.rows("分享")).filter(
    ({ fields }) => new Date((fields["开始"] as number) + 8 * HOUR).toISOString().slice(0, 10) === day,
  );

function lectern(...args: string[]): Promise<{ status: number | null; out: string; err: string }> {
  const { config } = company;
  const child = spawn(process.execPath, ["--import", "tsx", "cli/main.ts", ...args], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: {
      PATH: process.env["PATH"] ?? "",
      FEISHU_APP_ID: config.feishu.appId,
      FEISHU_APP_SECRET: company.sandbox.app.appSecret,
      FEISHU_ENCRYPT_KEY: company.sandbox.app.encryptKey,
      FEISHU_VERIFICATION_TOKEN: company.sandbox.app.verificationToken,
      FEISHU_HOST: company.sandbox.url,
      DATABASE_URL: config.databaseUrl!,
      LECTERN_SEAL_KEY: "5e".repeat(32),
      LECTERN_CLOCK_URL: `${company.sandbox.url}/sandbox/clock`,
      LOG_LEVEL: "silent",
    },
  });
  const ran = { status: null as number | null, out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (ran.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString()));
  return new Promise((resolve) => child.on("close", (status) => resolve({ ...ran, status })));
}

test("accepted and then cancelled by the company: it counts, and its share is everybody's by weight", async () => {
  expect(await company.press(lecturer(1), "可以,我来讲")).toMatchObject({ ok: true });
  const [cancelled] = await sessionsOn("2026-12-02");
  await company.write("分享", cancelled!.id, { 状态: "已取消" });
  const { 张三, 赵敏 } = await accounts();
  expect(张三!.total).toMatchObject({ had: 1, lost: 1 });
  // Five turns so far (one of 李静's to come), weights 1 : 1 : 1 : 0.5.
  expect(张三!.total.due).toBeCloseTo(5 / 3.5, 6);
  expect(赵敏!.total.due).toBeCloseTo(2.5 / 3.5, 6);
  expect(赵敏!.weight).toBe(0.5);
});

test("declined: nothing is added and nothing taken; who steps in has had a turn; an extra changes nobody's", async () => {
  await company.press(lecturer(2), "这次不行");
  await company.press(lecturer(2), "最近太忙");
  const open = await accounts();
  expect(open["王芳"]!.total).toMatchObject({ had: 1, declined: 1 });
  await company.advance(HOUR / 2);
  const asked = [1, 3, 4];
  const inboxes = await Promise.all(asked.map((n) => company.inboxOf(lecturer(n))));
  const stepping = asked.find((_, at) =>
    inboxes[at]!.some(({ buttons }) => buttons.some(({ text }) => text === "我来讲")),
  )!;
  expect(stepping).toBeDefined();
  await company.press(lecturer(stepping), "我来讲");
  await company.advance(60_000);
  const before = await accounts();
  const name = ["张三", "王芳", "李静", "赵敏"][stepping - 1]!;
  expect(before[name]!.total.had).toBe((open[name]?.total.had ?? 0) + 1);
  expect(before["王芳"]!.total).toMatchObject({ had: 1, declined: 1 });
  expect(before["王芳"]!.words).toContain("有 1 次没能来，不加不减");

  // As volunteering leaves it: the open session is theirs, remembered as one beyond the plan.
  const [extra] = await sessionsOn("2026-12-11");
  await sql(
    `insert into turn (workspace, session, lecturer, offered_at, answer, answered_at, extra)
       select id, $1, $2, $3, 'accepted', $3, true from workspace`,
    [extra!.id, company.lecturers[0], await company.now()],
  );
  await company.write("分享", extra!.id, { 讲师: [company.lecturers[0]], 状态: "已确认" });
  await company.advance(60_000);
  const after = await accounts();
  expect(after["张三"]!.total.extra).toBe(1);
  for (const [who, { total }] of Object.entries(after))
    expect(total.balance).toBeCloseTo(before[who]!.total.balance, 9);
});

test("a correction and a new season stand with reason and name, once each; only admins may", async () => {
  const api = await apiOf(company, ADMIN);
  const correction = { lecturer: company.lecturers[2]!, turns: 1, reason: "客户现场讲过一场" };
  expect(await (await api.fairness.corrections.$post({ json: correction })).json()).toMatchObject({
    stored: true,
  });
  expect(await (await api.fairness.corrections.$post({ json: correction })).json()).toMatchObject({
    stored: false,
  });
  const 李静 = (await accounts())["李静"]!;
  expect(李静.total.corrected).toBe(1);
  expect(李静.corrections).toEqual([{ day: "2026-11-30", turns: 1, reason: "客户现场讲过一场", by: "小陈" }]);
  const wordless = await api.fairness.corrections.$post({ json: { ...correction, reason: " " } });
  expect(wordless.status).toBe(400);
  const peer = await apiOf(company, lecturer(3));
  expect((await peer.fairness.corrections.$post({ json: correction })).status).toBe(403);
  const season = await peer.fairness.season.$post({ json: { day: "2026-11-30", reason: "新一年" } });
  expect(season.status).toBe(403);
  expect((await peer.fairness.$get({ query: span })).status).toBe(403);
  expect((await peer.fairness.file.$get({ query: { ...span, format: "csv" } })).status).toBe(403);
  const mine = await (await peer.fairness.mine.$get({ query: span })).json();
  expect(mine).toMatchObject({ name: "李静", corrections: [{ by: "小陈" }] });
  expect((await fetch(`${company.server.url}/api/fairness`)).status).toBe(401);
});

test(
  "lectern fairness: words on the screen, CSV and XLSX that spreadsheets read, corrections signed",
  { timeout: 240_000 },
  async () => {
    const [csv, xlsx] = [join(folder, "turns.csv"), join(folder, "turns.xlsx")];
    const args = ["--from", span.from, "--to", span.to, "--by", "quarter"];
    const ran = await lectern("fairness", ...args, "--csv", csv, "--xlsx", xlsx);
    expect(ran).toMatchObject({ status: 0, err: "" });
    expect(ran.out).toContain("位讲师");
    expect(ran.out).toContain("王芳: ");
    expect(ran.out).toContain("小陈: 客户现场讲过一场");
    const [one, other] = await Promise.all([csv, xlsx].map(async (file) => readSheet(await readFile(file))));
    expect(one!.header.slice(0, 6)).toEqual(["讲师", "讲师群", "份额", "时间段", "按份额", "讲了"]);
    expect(one!.rows.map(({ cells }) => cells)).toEqual(other!.rows.map(({ cells }) => cells));
    const total = one!.rows
      .map(({ cells }) => cells)
      .find(([who, , , period]) => who === "赵敏" && period === "合计");
    expect(total?.[2]).toBe("0.5");
    const unsigned = await lectern("fairness", "correct", "张三", "-1");
    expect(unsigned).toMatchObject({
      status: 2,
      err: expect.stringContaining("--reason and --as") as string,
    });
    const signed = await lectern("fairness", "correct", "张三", "-1", "--reason", "那天没来", "--as", ADMIN);
    expect(signed).toMatchObject({ status: 0, err: "" });
    expect((await accounts())["张三"]!.total.corrected).toBe(-1);
    expect(
      await lectern("fairness", "season", "2026-11-30", "--reason", "新一年", "--as", ADMIN),
    ).toMatchObject({ status: 0 });
    const fresh = await lectern("fairness", "--to", span.to, "--json");
    const report = JSON.parse(fresh.out) as {
      from: string;
      people: { name: string; total: { had: number } }[];
    };
    expect(report.from).toBe("2026-11-30");
    expect(report.people.find(({ name }) => name === "王芳")?.total.had).toBe(0);
  },
);
