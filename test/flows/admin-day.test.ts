import { expectPlainLink } from "#test/support/card-links.ts";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN, learner, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
let sql: pg.Pool;
const at = (text: string) => Date.parse(`${text}:00+08:00`);

beforeAll(async () => {
  company = await startCompany({ logLevel: process.env["LOG_LEVEL"] ?? "silent" });
  sql = new pg.Pool({ connectionString: company.config.databaseUrl ?? "" });
  await sql.query("update workspace set live = $1", [JSON.stringify([company.group])]);
}, 180_000);
afterAll(async () => {
  await sql?.end();
  await company?.close();
});

const openTodos = async () =>
  (await sql.query("select key, kind, detail from todo where done_at is null order by key")).rows as {
    key: string;
    kind: string;
    detail: { text?: string; field?: string };
  }[];
const titles = async (person: string) => (await company.inboxOf(person)).map(({ title }) => title ?? "");

test("a hand-made mess gives one notice a record, naming record and field, and stops nothing else", async () => {
  const [nobody, good] = await company.add("分享", [
    { 开始: at("2026-12-02T15:00"), "时长（分钟）": 45, 讲师群: [company.group], 标题: "没人讲的" },
    {
      开始: at("2026-12-09T15:00"),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [company.lecturers[0]],
      标题: "好好的",
    },
  ]);
  const [stranger] = await company.add("讲师", [{ 姓名: "外人", 状态: "在任", 所属讲师群: [company.group] }]);
  const [material] = await company.add("素材库", [{ 标题: "空的" }]);
  await company.advance(60_000);
  const todos = await openTodos();
  const field = (id?: string) =>
    todos.filter(({ key }) => key.endsWith(`:${id}`)).map(({ detail }) => detail.field);
  expect(field(nobody)).toEqual(["讲师"]);
  expect(field(stranger)).toEqual(["账号"]);
  expect(field(material)).toEqual(["文件"]);
  expect(field(good)).toEqual([]);
  // Within 48 hours: told at once; nothing of the others before the summary.
  await company.advanceTo("2026-11-30T09:05:00+08:00");
  expect((await titles(ADMIN)).filter((title) => title.includes("要您看一下"))).toHaveLength(0);
  const session = (await company.rows("分享")).find(({ id }) => id === good);
  expect(session?.fields["状态"]).toBe("已安排");
  await company.advanceTo("2026-11-30T09:15:00+08:00");
  const summary = (await company.inboxOf(ADMIN)).find(({ title }) => title?.includes("件事要处理"));
  expect(summary?.texts.join()).toContain("缺少「讲师」");
  await company.write("分享", nobody!, { 讲师: [company.lecturers[1]] });
  await company.write("讲师", stranger!, { 状态: "已退出" });
  await company.advance(60_000);
  const left = (await openTodos()).map(({ key }) => key);
  expect(left).toEqual([`problem:materials:${material}`]);
}, 120_000);

test("a bad setting is said beside it, the default stays; mended, the notice goes", async () => {
  const row = (await company.rows("设置")).find(({ fields }) =>
    JSON.stringify(fields["键"]).includes("minimum"),
  )!;
  await company.write("设置", row.id, { 值: "很多" });
  await company.advance(60_000);
  expect((await openTodos()).filter(({ kind }) => kind === "settings-problem")).toHaveLength(1);
  const said = (await company.rows("设置")).find(({ id }) => id === row.id);
  expect(JSON.stringify(said?.fields["问题"])).toContain("很多");
  await company.write("设置", row.id, { 值: "5" });
  await company.advance(60_000);
  expect((await openTodos()).filter(({ kind }) => kind === "settings-problem")).toHaveLength(0);
}, 120_000);

test("demands get their topic, a hand's choice wins, shares are counted, an unknown wish of many is suggested", async () => {
  const [complaints, pricing] = await company.add("主题", [
    { 主题: "客户投诉处理", 状态: "启用", 关键词: "投诉" },
    { 主题: "报价", 状态: "启用", 关键词: "报价" },
  ]);
  const made = await company.add("学员需求", [
    { 内容: "客户投诉升级怎么办", 来源: "提问", 提出人: [{ id: learner(1) }], 日期: at("2026-11-30T00:00") },
    { 内容: "投诉电话怎么接", 来源: "提问", 日期: at("2026-11-30T00:00"), 主题: [pricing] },
    ...[2, 3, 4, 5, 6, 7].map((n) => ({
      内容: `储能方案第${n}步怎么做`,
      来源: "提问",
      提出人: [{ id: learner(n) }],
      日期: at("2026-11-30T00:00"),
    })),
  ]);
  await company.advance(40 * 60_000);
  const rows = await company.rows("学员需求");
  const of = (id?: string) => rows.find((row) => row.id === id)?.fields;
  expect(of(made[0])).toMatchObject({ 归类方式: "自动", 状态: "待回应" });
  expect(JSON.stringify(of(made[0])?.["主题"])).toContain(complaints);
  expect(of(made[1])).toMatchObject({ 归类方式: "人工" });
  expect(JSON.stringify(of(made[1])?.["主题"])).toContain(pricing);
  const topics = await company.rows("主题");
  expect(topics.find(({ id }) => id === complaints)?.fields["需求数"]).toBe(1);
  const suggested = topics.filter(({ fields }) => fields["状态"] === "待确认");
  expect(suggested).toHaveLength(1);
  expect((await openTodos()).filter(({ kind }) => kind === "topic-suggested")).toHaveLength(1);
}, 120_000);

test("who asked by name is told once when it was answered", async () => {
  const topic = (await company.rows("主题")).find(({ fields }) =>
    JSON.stringify(fields["主题"]).includes("客户投诉处理"),
  )!.id;
  await company.add("分享", [
    {
      开始: at("2026-11-30T09:00"),
      "时长（分钟）": 30,
      讲师群: [company.group],
      讲师: [company.lecturers[2]],
      主题: [topic],
      标题: "投诉三步",
      状态: "已分享",
    },
  ]);
  await company.advanceTo("2026-11-30T14:00:00+08:00");
  expect((await titles(learner(1))).filter((title) => title.includes("讲到了"))).toHaveLength(1);
  const demand = (await company.rows("学员需求")).find(({ fields }) =>
    JSON.stringify(fields["内容"]).includes("升级"),
  );
  expect(demand?.fields["状态"]).toBe("已回应");
}, 120_000);

test("a care note goes to the manager only when switched on; the lecturer hears without reasons and only after the tap", async () => {
  const id = company.lecturers[3];
  // Six rated sessions of before, falling from 4.6 to 3.8, then two turns let pass; put in as an import would.
  const old = await company.add(
    "分享",
    [4.6, 4.6, 4.6, 4.6, 3.8, 3.8].map((score, n) => ({
      开始: at(`2026-0${n + 3}-10T15:00`),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [id],
      状态: "已评价",
      评分: score,
      评分数: 8,
    })),
  );
  await sql.query(
    `insert into import_batch (id, workspace, kind, made, at, by) select 'past', id, 'sessions', $1, 0, 'test' from workspace`,
    [JSON.stringify({ sessions: old })],
  );
  const passed = await company.add("分享", [
    {
      开始: at("2026-10-14T15:00"),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [company.lecturers[0]],
      状态: "已分享",
    },
    {
      开始: at("2026-11-11T15:00"),
      "时长（分钟）": 45,
      讲师群: [company.group],
      讲师: [company.lecturers[0]],
      状态: "已分享",
    },
  ]);
  for (const session of passed)
    await sql.query(
      `insert into turn (workspace, session, lecturer, offered_at, answer) select id, $1, $2, 0, 'declined' from workspace`,
      [session, id],
    );
  await company.advanceTo("2026-12-01T09:45:00+08:00");
  expect((await sql.query("select 1 from care_note")).rows).toHaveLength(0);
  const switched = (await company.rows("消息与提醒")).find(
    ({ fields }) =>
      JSON.stringify(fields["标识"]) === JSON.stringify([{ type: "text", text: "care" }]) ||
      fields["标识"] === "care",
  )!;
  await company.write("消息与提醒", switched.id, { 启用: true });
  await company.advanceTo("2026-12-02T10:00:00+08:00");
  const cards = (await company.inboxOf(MANAGER)).filter(({ title }) => title?.includes("可以关心一下"));
  expect(cards).toHaveLength(1);
  expect(cards[0]?.texts.join()).toContain("评分从4.6到3.8");
  expect((await titles(lecturer(4))).filter((title) => title.includes("聊聊"))).toHaveLength(0);
  await expectPlainLink(company, MANAGER, "发给 TA");
  await company.press(MANAGER, "发给 TA");
  await company.advance(5 * 60_000);
  const word = (await company.inboxOf(lecturer(4))).find(({ title }) => title?.includes("想和您聊聊分享"));
  expect(word?.title).toContain("赵经理");
  expect(word?.texts.join()).not.toContain("评分");
  expect((await company.rows("关怀提醒"))[0]?.fields["状态"]).toBe("已沟通");
}, 120_000);

test("the first workday brings last month in figures, with counts and never a zero for what is not known", async () => {
  const report = (await company.inboxOf(ADMIN)).find(({ title }) => title?.includes("2026年11月内训月报"));
  expect(report?.texts.join()).toContain("(0/1 场");
  expect(report?.texts.join()).toContain("学员满意度:本月没有数据");
  const metrics = await company.rows("指标");
  expect(metrics).toHaveLength(2);
  expect(metrics[0]?.fields["学员满意度"]).toBeUndefined();
}, 120_000);
