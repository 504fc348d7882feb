import { expectPlainLink } from "#test/support/card-links.ts";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN, lecturer, LECTURERS_CHAT, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
let sql: pg.Pool;
const at = (text: string) => Date.parse(`${text}:00+08:00`);

beforeAll(async () => {
  company = await startCompany({ logLevel: process.env["LOG_LEVEL"] ?? "silent" });
  sql = new pg.Pool({ connectionString: company.config.databaseUrl ?? "" });
  await sql.query("update workspace set live = $1", [JSON.stringify([company.group])]);
  await company.add("激励规则", [
    {
      名称: "月度最佳",
      状态: "生效",
      触发: "评分排名",
      周期: "月",
      排名方式: "前几名",
      阈值: 1,
      积分: 1,
      最少评分数: 5,
      称号或奖励: "月度之星",
      奖励类型: "荣誉",
    },
  ]);
}, 180_000);
afterAll(async () => {
  await sql?.end();
  await company?.close();
});

async function hold(start: string, who: number, scores: number[]): Promise<string> {
  const [id] = await company.add("分享", [
    {
      开始: at(start),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [company.lecturers[who - 1]],
      标题: `第${who}讲`,
      状态: "已分享",
    },
  ]);
  await sql.query(
    `insert into released (workspace, batch, session, lecturer, month, scores, comments, released_at)
     select id, $1, $2, $3, '2026-11', $4, $5, 0 from workspace`,
    [
      `batch-${who}-${start}`,
      id,
      company.lecturers[who - 1],
      JSON.stringify(scores),
      JSON.stringify(["讲得很实用，用上了"]),
    ],
  );
  return id!;
}

/** What a person reads in a text cell. */
const said = (cell: unknown) =>
  Array.isArray(cell)
    ? cell.map((part: { text?: string }) => part.text ?? "").join("")
    : typeof cell === "string"
      ? cell
      : "";
const points = async () =>
  (await company.rows("积分流水"))
    .map(({ fields }) => `${said(fields["讲师"])} ${String(fields["积分"])} ${String(fields["类型"])}`)
    .sort();

let first: string;

test("the third workday's close enters each share once and lays the award before the admin", async () => {
  first = await hold("2026-11-30T09:00", 1, [5, 5, 5, 5, 4]);
  await hold("2026-11-30T10:00", 2, [3, 3, 3, 4, 3]);
  await company.advanceTo("2026-12-02T11:00:00+08:00");
  expect(await company.rows("积分流水")).toHaveLength(0);
  const preview = await sql.query("select kind, detail from todo where key = 'close-preview:2026-11'");
  expect(preview.rows[0]?.detail).toMatchObject({ points: 2, awards: 1, lecturers: 2 });
  await company.advanceTo("2026-12-03T11:00:00+08:00");
  expect(await points()).toEqual(["张三 0.5 发放", "王芳 0.5 发放"]);
  expect((await company.inboxOf(ADMIN)).map(({ title }) => title)).toContain("请您定:张三 的「月度之星」");
}, 120_000);

test("a human confirms: points, title, congratulation; the chat hears of it by consent only when switched on", async () => {
  await expectPlainLink(company, ADMIN, "批准");
  await company.press(ADMIN, "批准");
  await company.advance(60_000);
  expect(await points()).toContain("张三 1 发放");
  const [row] = await company.rows("荣誉");
  expect(row?.fields["状态"]).toBe("已授予");
  const card = (await company.inboxOf(lecturer(1))).find(({ title }) => title?.includes("恭喜您获得"));
  expect(card?.texts.join()).toContain("讲得很实用");
  await expectPlainLink(company, lecturer(1), "分享到讲师群");
  await company.press(lecturer(1), "分享到讲师群");
  await company.advance(20 * 60_000);
  const chat = (await company.messages()).filter(({ chat_id }) => chat_id === LECTURERS_CHAT);
  expect(chat.filter(({ title }) => title?.includes("祝贺"))).toHaveLength(0);
  expect((await company.rows("荣誉"))[0]?.fields["本人同意公开"]).toBe(true);
  const profile = (await company.rows("讲师档案")).find(({ fields }) =>
    JSON.stringify(fields["讲师"]).includes("张三"),
  );
  expect(profile?.fields["积分"]).toBe(1.5);
}, 120_000);

test("a share that was not held after all is taken back, award and title with it; the total is the sum of the entries", async () => {
  await company.write("分享", first, { 状态: "已取消" });
  await company.advance(2 * 60_000);
  const rows = (
    await sql.query(
      "select lecturer, sum(points)::int as total, count(*)::int as n from ledger group by lecturer",
    )
  ).rows;
  expect(rows.find((row) => row.lecturer === company.lecturers[0])).toEqual({
    lecturer: company.lecturers[0],
    total: 0,
    n: 4,
  });
  expect(
    (await company.rows("荣誉")).find(({ fields }) => JSON.stringify(fields["讲师"]).includes("张三"))
      ?.fields["状态"],
  ).toBe("已撤销");
  const told = (await company.inboxOf(lecturer(1))).filter(({ title }) => title?.includes("更正"));
  expect(told.length).toBeLessThanOrEqual(2);
}, 120_000);

test("another rule holds from the next month; one that cannot be used is said beside it and in a to-do", async () => {
  const rules = await company.rows("激励规则");
  const share = rules.find(({ fields }) => JSON.stringify(fields["名称"]).includes("每次分享"))!;
  await company.write("激励规则", share.id, { 积分: 0.8 });
  await company.advance(60_000);
  const versions = (
    await sql.query(
      "select version, value->'rule'->>'points' as points, value->'rule'->>'from' as from, value->'rule'->>'to' as to from rule_version where rule = $1 order by version",
      [share.id],
    )
  ).rows;
  expect(versions).toEqual([
    { version: 1, points: "0.5", from: null, to: "2026-12-31" },
    { version: 2, points: "0.8", from: "2027-01-01", to: null },
  ]);
  await company.write("激励规则", share.id, { 系数: "天气×难度" });
  await company.advance(60_000);
  const after = (await company.rows("激励规则")).find(({ id }) => id === share.id);
  expect(JSON.stringify(after?.fields["问题"])).toContain("天气×难度");
  const todos = await sql.query("select done_at from todo where key = $1", [`problem:rules:${share.id}`]);
  expect(todos.rows).toEqual([{ done_at: null }]);
  await company.write("激励规则", share.id, { 系数: "" });
  await company.advance(60_000);
  expect(
    (
      await sql.query("select done_at is not null as done from todo where key = $1", [
        `problem:rules:${share.id}`,
      ])
    ).rows,
  ).toEqual([{ done: true }]);
}, 120_000);
