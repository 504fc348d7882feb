import { expectPlainLink } from "#test/support/card-links.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#sandbox/people/reading.ts";
import {
  ADMIN,
  lecturer,
  LEARNERS_CHAT,
  LECTURERS_CHAT,
  learner,
  startCompany,
  type Company,
} from "#test/support/company.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ logLevel: process.env["LOG_LEVEL"] ?? "silent" });
}, 180_000);
afterAll(() => company?.close());

const SURVEY = "接下来还愿意分享吗?";
const titles = (messages: Message[]) => messages.map(({ title }) => title);
const inChat = async (chat: string) => (await company.messages()).filter(({ chat_id }) => chat_id === chat);

/** The lecturer of the first session, and the session itself. */
async function first() {
  const sessions = await company.rows("分享");
  sessions.sort((a, b) => (a.fields["开始"] as number) - (b.fields["开始"] as number));
  const session = sessions[0]!;
  const [account] = session.fields["讲师账号"] as { id: string }[];
  return { session, speaker: account!.id };
}

test("a schedule is proposed, published and goes live; the lecturer is invited once, in the calendar too", async () => {
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  await company.advanceTo("2026-11-30T10:00:00+08:00");
  expect(titles(await company.inboxOf(ADMIN))).toContain("新的排期排好了,请您看一眼");
  await expectPlainLink(company, ADMIN, "发布并通知");
  await company.press(ADMIN, "发布并通知");
  await expectPlainLink(company, ADMIN, "正式启用");
  await company.press(ADMIN, "正式启用");
  await company.advanceTo("2026-11-30T10:30:00+08:00");
  expect(await company.rows("分享")).toHaveLength(4);
  const { session, speaker } = await first();
  expect(session.fields).toMatchObject({ 状态: "已安排", 开始: Date.parse("2026-12-02T15:00:00+08:00") });
  expect(titles(await company.inboxOf(speaker))).toEqual(
    ["后天(周三,12月2日)15:00–15:45,想请您来分享"].map(() => expect.stringContaining("想请您来分享")),
  );
  const calendar = (await company.wire.get(`/sandbox/people/${speaker}/calendar`)) as {
    events: { summary: string }[];
  };
  expect(calendar.events.map(({ summary }) => summary)).toEqual([expect.stringContaining("专业知识")]);
});

test("she accepts by one tap; the card becomes one line", async () => {
  const { session, speaker } = await first();
  await expectPlainLink(company, speaker, "可以,我来讲");
  expect(await company.press(speaker, "可以,我来讲")).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect((await first()).session.fields["状态"]).toBe("已确认");
  const [card] = await company.inboxOf(speaker);
  expect(card!.buttons.filter(({ callback }) => callback)).toEqual([]);
  expect(session.id).toBeTruthy();
});

test("a file put into the table is announced in both chats after the quiet minutes, once", async () => {
  const { session, speaker } = await first();
  const token = await company.wire.upload(
    speaker,
    company.shared,
    "客户维护.pptx",
    new Uint8Array([80, 75, 3, 4]),
  );
  await company.write("分享", session.id, { 内容: [{ file_token: token }], 标题: "客户维护技巧" }, speaker);
  await company.advance(60_000);
  expect(titles(await inChat(LEARNERS_CHAT))).toEqual([]);
  await company.advance(10 * 60_000);
  expect(titles(await inChat(LEARNERS_CHAT))).toEqual(["《客户维护技巧》可以提前看了"]);
  expect(titles(await inChat(LECTURERS_CHAT))).toEqual(["《客户维护技巧》可以提前看了"]);
  expect((await first()).session.fields["状态"]).toBe("已提交");
  expect((await company.rows("素材库")).map(({ fields }) => fields["标题"])).toEqual([expect.anything()]);
});

test("on the day learners are reminded, check in on the same card, and the session is held", async () => {
  await company.advanceTo("2026-12-02T14:50:00+08:00");
  const cards = await inChat(LEARNERS_CHAT);
  expect(titles(cards)).toHaveLength(2);
  expect(titles(cards)).toContain("《客户维护技巧》签到");
  for (const n of [1, 2, 3, 4, 5, 6])
    expect(await company.press(learner(n), "签到")).toMatchObject({ ok: true, toast: "已签到,欢迎!" });
  await expectPlainLink(company, learner(1), "签到");
  await company.press(learner(1), "签到");
  await company.advanceTo("2026-12-02T16:00:00+08:00");
  expect((await first()).session.fields).toMatchObject({ 状态: "已分享", 参加人数: 6 });
});

test("nobody else was told anything, and Feishu refused nothing", async () => {
  const stats = (await company.wire.get("/sandbox/stats")) as { refused: number };
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(stats.refused, JSON.stringify(refusals.entries).slice(0, 2000)).toBe(0);
  const { speaker } = await first();
  for (const n of [1, 2, 3, 4].filter((n) => lecturer(n) !== speaker))
    expect(
      titles(await company.inboxOf(lecturer(n))).filter(
        (title) => !title?.includes("想请您来分享") && title !== SURVEY,
      ),
    ).toEqual([]);
});
