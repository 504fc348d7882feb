import { expectPlainLink } from "#test/support/card-links.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  ADMIN,
  LEARNERS_CHAT,
  learner,
  lecturer,
  startCompany,
  type Company,
} from "#test/support/company.ts";

let company: Company;
let session: string;
beforeAll(async () => {
  company = await startCompany({ lecturers: 2, learners: 4 });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  await company.add("模板", [
    {
      名称: "客户案例分享框架",
      类型: "客户案例",
      语言: "中文",
      "大纲（Markdown）":
        "# {标题}\n- 学员最近在问:{需求}\n# 数字\n| 指标 | 之前 | 之后 |\n| --- | --- | --- |\n| 转介绍 | 2 |  |\n# 明天就能用\n- [ ] \n- [x] 已经在用",
      启用: true,
    },
  ]);
  await company.advanceTo("2026-11-30T10:00:00+08:00");
  await company.press(ADMIN, "发布并通知");
  await company.press(ADMIN, "正式启用");
  [session] = (await company.add("分享", [
    {
      状态: "已确认",
      开始: Date.parse("2026-12-04T15:00:00+08:00"),
      讲师群: [company.group],
      讲师: [company.lecturers[1]],
    },
  ])) as [string];
  await company.advanceTo("2026-12-01T10:00:00+08:00");
}, 180_000);
afterAll(() => company?.close());

/** A text cell as people read it. */
const words = (cell: unknown) =>
  Array.isArray(cell) ? cell.map((part: { text?: string }) => part.text ?? "").join("") : cell;

const chatCards = async () =>
  (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT).map(({ title }) => title);

test("a session put into the table by hand is completed, in the calendar, and reminded of three workdays before", async () => {
  const row = (await company.rows("分享")).find(({ id }) => id === session)!;
  expect(words(row.fields["分享"])).toBe("2026-12-04 专业知识 · 王芳");
  expect(row.fields["时长（分钟）"]).toBe(45);
  expect(row.fields["日程 ID"]).toBeTruthy();
  const titles = (await company.inboxOf(lecturer(2))).map(({ title }) => title);
  expect(titles).toContainEqual(expect.stringContaining("素材帮您找好了"));
});

test("用模板开始 makes one document of the lecturer's own", async () => {
  await expectPlainLink(company, lecturer(2), "用模板开始");
  for (let press = 0; press < 2; press++) await company.press(lecturer(2), "用模板开始");
  await company.advance(60_000);
  const cards = (await company.inboxOf(lecturer(2))).filter(({ title }) => title === "您的提纲准备好了");
  expect(cards).toHaveLength(1);
  const link = cards[0]!.buttons.find(({ text }) => text === "打开提纲")?.url;
  const token = link?.split("/").at(-1);
  const opened = await fetch(`${company.sandbox.url}/sandbox/files/${token}/open?as=${lecturer(2)}`);
  expect(opened.status).toBe(200);
  const doc = (await company.wire.get(`/sandbox/people/${lecturer(2)}/docs/${token}`)) as {
    blocks: { kind: string; done: boolean; elements: { text_run: { content: string } }[] }[];
  };
  // Filled in: the title, a table as lines, boxes to tick; what nobody has asked for is no line.
  expect(
    doc.blocks.map(({ kind, done, elements }) => [
      `${kind}${done ? " done" : ""}`,
      elements.map(({ text_run }) => text_run.content).join(""),
    ]),
  ).toEqual([
    ["heading1", "客户案例分享框架"],
    ["heading1", "数字"],
    ["bullet", "指标：转介绍；之前：2；之后："],
    ["heading1", "明天就能用"],
    ["todo", ""],
    ["todo done", "已经在用"],
  ]);
  const uses = (await company.rows("模板"))[0]!.fields["使用次数"];
  expect(uses).toBe(1);
});

test("by setting an admin looks before the chats hear of it", async () => {
  const setting = (await company.rows("设置")).find(
    ({ fields }) => words(fields["键"]) === "reviewBeforeAnnouncing",
  )!;
  await company.write("设置", setting.id, { 值: "是" });
  const file_token = await company.wire.upload(
    lecturer(2),
    company.shared,
    "讲义.pptx",
    new Uint8Array([80, 75, 3, 4]),
  );
  await company.write("分享", session, { 内容: [{ file_token }], 标题: "把投诉变成口碑" }, lecturer(2));
  await company.advance(10 * 60_000);
  expect(await chatCards()).not.toContain("《把投诉变成口碑》可以提前看了");
  await expectPlainLink(company, ADMIN, "可以通知");
  await company.press(ADMIN, "可以通知");
  await company.advance(60_000);
  expect(await chatCards()).toContain("《把投诉变成口碑》可以提前看了");
});

test("加到日历 invites a learner, who is reminded directly on the day; 有事来不了 takes it back", async () => {
  for (const n of [1, 2])
    expect(await company.press(learner(n), "加到日历")).toMatchObject({ toast: "已加到你的日历。" });
  await company.advance(60_000);
  const events = async (n: number) =>
    ((await company.wire.get(`/sandbox/people/${learner(n)}/calendar`)) as { events: unknown[] }).events
      .length;
  expect([await events(1), await events(2), await events(3)]).toEqual([1, 1, 0]);
  await company.advanceTo("2026-12-04T09:40:00+08:00");
  expect((await company.inboxOf(learner(1))).map(({ title }) => title)).toEqual([
    expect.stringContaining("先看 2 分钟提纲"),
  ]);
  await expectPlainLink(company, learner(2), "有事来不了");
  await company.press(learner(2), "有事来不了");
  await company.advance(60_000);
  expect(await events(2)).toBe(0);
});

test("Feishu refused nothing of all this", async () => {
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
