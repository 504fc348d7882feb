import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN, lecturer, learner, START, startCompany, type Company } from "#test/support/company.ts";

const DAY = 86_400_000;
let company: Company;
let client: pg.Client;
beforeAll(async () => {
  company = await startCompany({ lecturers: 2, learners: 4 });
  client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
}, 120_000);
afterAll(async () => {
  await client?.end();
  await company?.close();
});

const list = async (statement: string) =>
  (await client.query<{ name: string }>(`${statement} order by 1`)).rows.map(({ name }) => name);

test("names and words go when their time is over, counts and what is younger stay", async () => {
  const monthsAgo = (n: number) => START - n * 31 * DAY;
  const [old, young] = await company.add("分享", [
    { 标题: "从前", 状态: "已完成", 开始: monthsAgo(26), 参加者: [{ id: learner(1) }], 参加人数: 12 },
    { 标题: "最近", 状态: "已完成", 开始: monthsAgo(3), 参加者: [{ id: learner(2) }], 参加人数: 9 },
  ]);
  await company.add("学员需求", [
    { 内容: "两年多以前想听的", 日期: monthsAgo(26) },
    { 内容: "今年想听的", 日期: monthsAgo(3) },
  ]);
  await company.advance(60_000);
  const space = company.shared;
  for (const [session, months] of [
    [old, 26],
    [young, 3],
  ] as const) {
    const at = monthsAgo(months);
    await client.query(`insert into attendance values ($1, $2, $3, $4, 'card')`, [
      space,
      session,
      learner(3),
      at,
    ]);
    await client.query(
      `insert into opened (workspace, material, person, session, at) values ($1, $2, $3, $4, $5)`,
      [space, `material of ${session}`, learner(3), session, at],
    );
    await client.query(
      `insert into care_note (workspace, key, lecturer, recipient, reasons, sentence, state, raised_at, closed_at, expires_at)
       values ($1, $2, $3, $4, '{"zh":"","en":""}', '', 'helped', $5, $5, $5)`,
      [space, `note of ${session}`, lecturer(1), ADMIN, at],
    );
  }

  await company.advanceTo("2026-12-01T04:00:00+08:00");
  expect(await list("select session as name from attendance")).toEqual([young]);
  expect(await list("select session as name from opened")).toEqual([]);
  expect(await list("select key as name from care_note")).toEqual([`note of ${young}`]);
  const demands = await company.rows("学员需求");
  expect(JSON.stringify(demands)).toContain("今年想听的");
  expect(JSON.stringify(demands)).not.toContain("两年多以前想听的");
  const sessions = new Map((await company.rows("分享")).map(({ id, fields }) => [id, fields]));
  expect(sessions.get(old!)).toMatchObject({ 参加人数: 12 });
  expect(sessions.get(old!)?.["参加者"]).toBeUndefined();
  expect(sessions.get(young!)?.["参加者"]).toMatchObject([{ id: learner(2) }]);
});
