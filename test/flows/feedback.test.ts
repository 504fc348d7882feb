import { expectPlainLink } from "#test/support/card-links.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  lecturer,
  learner,
  LEARNERS_CHAT,
  MANAGER,
  startCompany,
  type Company,
} from "#test/support/company.ts";
import { addHeld, cardWith, pressOn, query, setLive } from "#test/support/held.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ learners: 8, logLevel: process.env["LOG_LEVEL"] ?? "silent" });
  await setLive(company);
}, 180_000);
afterAll(() => company?.close());

const LABELS = ["", "1 没帮助", "2 不太有用", "3 一般", "4 有用", "5 很有用"];
const first = { title: "客户维护技巧", start: "2026-12-01T15:00:00+08:00" };
const titles = async (person: string) => (await company.inboxOf(person)).map(({ title }) => title);
const session = async (title: string) =>
  (await company.rows("分享")).find(({ fields }) => JSON.stringify(fields["标题"] ?? "").includes(title))!
    .fields;

async function rate(person: string, title: string, score: number) {
  const card = await cardWith(company, person, title, LABELS[score]!);
  return pressOn(company, person, card, LABELS[score]!);
}

test("everybody who was there is asked once, but neither the speaker nor the manager", async () => {
  await company.advanceTo("2026-12-01T15:50:00+08:00");
  const present = [lecturer(1), MANAGER, ...[1, 2, 3, 4, 5, 6].map(learner)];
  await addHeld(company, [{ ...first, lecturer: 0, present }]);
  for (const n of [1, 2, 3, 4, 5, 6])
    expect(await titles(learner(n))).toEqual(["《客户维护技巧》对你有用吗?"]);
  expect(await titles(learner(7))).toEqual([]);
  expect(await titles(lecturer(1))).not.toContain("《客户维护技巧》对你有用吗?");
  expect(await titles(MANAGER)).toEqual([]);
});

test("one tap counts; the card asks for a sentence and shows no score; 重选 takes it back, 提交 makes it final", async () => {
  await expectPlainLink(company, learner(1), "5 很有用");
  const { after } = await rate(learner(1), first.title, 2);
  expect(after.title).toBe("收到,想补一句吗?");
  expect(JSON.stringify([after.texts, after.title])).not.toMatch(/不太有用/);
  const again = await pressOn(company, learner(1), after, "重选");
  expect(again.after.buttons.map(({ text }) => text)).toContain("5 很有用");
  const second = await pressOn(company, learner(1), again.after, "5 很有用");
  const sent = await pressOn(company, learner(1), second.after, "提交", {
    comment: "案例很实用,王经理也想用,电话13800001111",
  });
  expect(sent.after.texts).toEqual(["收到,谢谢!"]);
  expect(await query(company, "select 1 from sealed_mark where box like 'rate:%/2'")).toHaveLength(1);
});

test("who was not there cannot rate, whatever they press", async () => {
  const card = await cardWith(company, learner(2), first.title, "5 很有用");
  await expect(pressOn(company, learner(7), card, "5 很有用")).rejects.toThrow();
});

test("thanks carry the name and reach the lecturer the same day; the answer comes back", async () => {
  const { after } = await rate(learner(2), first.title, 5);
  const form = await pressOn(company, learner(2), after, "写句感谢(署名)");
  expect(form.after.texts.join()).toContain("署名");
  const said = await pressOn(company, learner(2), form.after, "发给 TA", { thanks: "话术今天就用上了" });
  expect(said.after.texts).toEqual(["已署名转给讲师,谢谢!"]);
  await company.advance(60_000);
  const card = await cardWith(company, lecturer(1), "学员2 用上了您讲的", "回一句");
  expect(card.texts.join()).toContain("话术今天就用上了");
  await expectPlainLink(company, lecturer(1), "回一句");
  await pressOn(company, lecturer(1), card, "回一句", { comment: "有问题随时找我" });
  await company.advance(60_000);
  expect((await company.inboxOf(learner(2))).at(-1)).toMatchObject({ title: "张三 回了你一句" });
});

test("too few by ten the next workday: nothing is shown, one reminder goes to all, the lecturer hears what there is", async () => {
  await company.advanceTo("2026-12-02T10:05:00+08:00");
  expect(await company.rows("评分")).toEqual([]);
  for (const n of [1, 2, 3, 4, 5, 6])
    expect((await titles(learner(n))).filter((title) => title === "《客户维护技巧》,你怎么看?")).toHaveLength(
      1,
    );
  const echo = (await company.inboxOf(lecturer(1))).find(({ title }) => title === "张三,大家听进去了")!;
  expect(echo.texts.join("\n")).toContain("8 位同事来听了《客户维护技巧》,1 位写了感谢");
  expect(echo.texts.join("\n")).toContain("已有 2 人反馈,满 5 份就能看到评分");
  expect(echo.texts.join("\n")).not.toContain("学员评分");
});

test("谢谢大家 is one card in the learners' chat", async () => {
  const echo = await cardWith(company, lecturer(1), "大家听进去了", "谢谢大家");
  await expectPlainLink(company, lecturer(1), "谢谢大家");
  await pressOn(company, lecturer(1), echo, "谢谢大家");
  await pressOn(company, lecturer(1), echo, "谢谢大家");
  await company.advance(60_000);
  const chat = (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT);
  expect(chat.map(({ title }) => title)).toEqual(["张三:谢谢大家来听《客户维护技巧》"]);
});

test("five together are shown the next workday: two shuffled sets of rows, masked, the month only; the session is rated", async () => {
  // Answered before: the reminder's card says so, and counts nothing twice.
  expect((await rate(learner(1), "你怎么看", 1)).after.texts).toEqual(["收到,谢谢!"]);
  for (const [n, score] of [
    [3, 4],
    [4, 4],
    [5, 3],
  ] as const)
    await rate(learner(n), first.title, score);
  await company.advanceTo("2026-12-03T10:05:00+08:00");
  const rows = (await company.rows("评分")).map(({ fields }) => fields);
  expect(
    rows
      .flatMap((row) => row["评分"] ?? [])
      .map(Number)
      .sort((a, b) => a - b),
  ).toEqual([3, 4, 4, 5, 5]);
  const comments = rows.filter((row) => row["评论"] !== undefined);
  expect(comments).toHaveLength(1);
  expect(comments[0]!["评分"]).toBeUndefined();
  expect(JSON.stringify(comments[0])).toMatch(/案例很实用/);
  expect(JSON.stringify(comments[0])).not.toMatch(/13800001111|王经理/);
  expect(comments[0]).toMatchObject({ 月份: [{ text: "2026-12" }], 倾向: "肯定" });
  expect(new Set(rows.map((row) => JSON.stringify(row["批次"]))).size).toBe(1);
  expect(await session(first.title)).toMatchObject({ 状态: "已评价", 评分: 4.2, 评分数: 5 });
});

test("a late single answer waits, and goes along with the lecturer's next session", async () => {
  await rate(learner(6), first.title, 1);
  await company.advanceTo("2026-12-04T10:05:00+08:00");
  expect((await company.rows("评分")).filter(({ fields }) => fields["评分"] !== undefined)).toHaveLength(5);
  await company.advanceTo("2026-12-07T16:00:00+08:00");
  const next = { title: "投诉三步法", start: "2026-12-07T15:00:00+08:00" };
  await addHeld(company, [{ ...next, lecturer: 0, present: [1, 2, 3, 4, 5].map(learner) }]);
  for (const n of [1, 2, 3, 4, 5]) await rate(learner(n), next.title, 5);
  await company.advanceTo("2026-12-08T10:05:00+08:00");
  expect((await company.rows("评分")).filter(({ fields }) => fields["评分"] !== undefined)).toHaveLength(11);
  const echo = (await company.inboxOf(lecturer(1))).findLast(({ title }) => title === "张三,大家听进去了")!;
  expect(echo.texts.join("\n")).toMatch(/学员评分 4\.3\(6 人反馈\)/);
});

test("a rating that has closed says so kindly, and its marks are gone when their time is over", async () => {
  const card = await cardWith(company, learner(6), first.title, "5 很有用");
  expect((await pressOn(company, learner(6), card, "5 很有用")).after.texts.join()).toContain("已经收齐");
  const marks = () => query(company, "select 1 from sealed_mark where box like 'rate:%'");
  expect((await marks()).length).toBeGreaterThan(0);
  const keep = (await company.rows("设置")).find(({ fields }) =>
    JSON.stringify(fields["键"]).includes("keepMarksDays"),
  )!;
  await company.write("设置", keep.id, { 值: "1" });
  await company.advanceTo("2026-12-12T09:00:00+08:00");
  expect(await marks()).toEqual([]);
}, 120_000);
