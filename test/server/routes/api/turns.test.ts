import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import {
  LEARNERS_CHAT,
  learner,
  lecturer,
  MANAGER,
  startCompany,
  type Company,
} from "#test/support/company.ts";
import { setLive } from "#test/support/held.ts";

type Api = Awaited<ReturnType<typeof apiOf>>;
const at = (text: string) => Date.parse(`${text}:00+08:00`);
let company: Company;
let me: Api;
let colleague: Api;
let [mine, theirs, open]: string[] = [];

beforeAll(async () => {
  company = await startCompany({ lecturers: 3, learners: 6 });
  await setLive(company);
  const [topic] = await company.add("主题", [
    { 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" },
    { 主题: "产品售后", 状态: "启用", 关键词: "售后" },
  ]);
  await company.add("模板", [
    { 名称: "客户案例分享框架", 类型: "客户案例", 语言: "中文", "大纲（Markdown）": "# 问题", 启用: true },
  ]);
  await company.add(
    "学员需求",
    Array.from({ length: 20 }, (_, n) => ({ 内容: n < 12 ? `售后问题${n}` : `别的事${n}`, 来源: "提问" })),
  );
  const row = (start: string, n: number | null) => ({
    状态: n === null ? "待安排" : "已安排",
    开始: at(start),
    "时长（分钟）": 45,
    讲师群: [company.group],
    主题: [topic],
    ...(n === null ? {} : { 讲师: [company.lecturers[n - 1]], 安排理由: "您懂客户服务，周三下午有空" }),
  });
  [mine, theirs, open] = (await company.add("分享", [
    row("2026-12-09T15:00", 1),
    row("2026-12-16T15:00", 2),
    row("2027-01-06T15:00", null),
  ])) as [string, string, string];
  await company.advanceTo("2026-12-01T11:00:00+08:00");
  me = await apiOf(company, lecturer(1));
  colleague = await apiOf(company, lecturer(2));
}, 180_000);
afterAll(() => company?.close());

const session = async (id: string) => (await company.rows("分享")).find((row) => row.id === id)!.fields;
const answer = async (
  api: Api,
  id: string,
  json: Parameters<Api["turns"][":session"]["answer"]["$post"]>[0]["json"],
) => {
  const reply = await api.turns[":session"].answer.$post({ param: { session: id }, json });
  await company.advance(5000);
  return reply;
};
const chatTitles = async () =>
  (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT).map(({ title }) => title);

test("a lecturer sees their next turn: when, who listens, why, and wanted topics with their evidence", async () => {
  const { turns, asked } = await (await me.turns.$get()).json();
  expect(asked).toEqual([]);
  expect(turns).toHaveLength(1);
  expect(turns[0]).toMatchObject({
    session: mine,
    state: "planned",
    start: at("2026-12-09T15:00"),
    minutes: 45,
    zone: "Asia/Shanghai",
    lead: true,
    place: "3 楼会议室",
    audience: { chats: ["专业知识学员群"], people: 7 },
    why: "您懂客户服务，周三下午有空",
    may: { accept: true, change: true, prepare: true },
  });
  // 12 of 20 is evidence; nothing is claimed for the topic nobody asked for.
  expect(turns[0]!.topic).toMatchObject({ name: "客户投诉处理技巧", evidence: null });
  expect(turns[0]!.topics).toMatchObject([{ name: "产品售后", evidence: { share: 0.6, count: 12, of: 20 } }]);
});

test("nobody else's turn can be read or answered, and learners have no way in", async () => {
  await expect(apiOf(company, learner(1)).then((api) => api.turns.$get())).resolves.toMatchObject({
    status: 403,
  });
  const manager = await apiOf(company, MANAGER);
  expect((await manager.turns.$get()).status).toBe(403);
  for (const id of [theirs!, "recNothing"]) {
    const status = id === theirs ? 403 : 404;
    expect((await answer(me, id, { act: "accept" })).status).toBe(status);
    expect((await me.turns[":session"].dates.$get({ param: { session: id } })).status).toBe(status);
    expect((await me.turns[":session"].peers.$get({ param: { session: id } })).status).toBe(status);
    expect((await me.prepare[":session"].$get({ param: { session: id } })).status).toBe(status);
    expect((await me.prepare[":session"].undo.$post({ param: { session: id } })).status).toBe(status);
    expect((await me.echo[":session"]["thank-all"].$post({ param: { session: id } })).status).toBe(status);
  }
  expect((await session(theirs!))["状态"]).toBe("已安排");
  const wrong = await answer(me, mine!, { act: "move", start: "soon" } as never);
  expect(wrong.status).toBe(400);
});

test("可以 confirms; 换个时间 offers dates that are free, and one of them moves the session", async () => {
  const said = await (await answer(me, mine!, { act: "accept" })).json();
  expect(said).toMatchObject({ ok: true, language: "zh" });
  expect(said.text).toContain("已确认");
  expect((await session(mine!))["状态"]).toBe("已确认");
  const offered = async () =>
    (await (await me.turns[":session"].dates.$get({ param: { session: mine! } })).json()).dates;
  const [stocktaking] = await offered();
  const day = stocktaking!.start - 15 * 3_600_000;
  await company.add("公司日历", [{ 名称: "盘点", 类型: "不排分享", 开始: day, 结束: day }]);
  await company.advance(60_000);
  const dates = await offered();
  expect(dates).toHaveLength(5);
  expect(dates.map(({ start }) => start)).not.toContain(stocktaking!.start);
  const taken = await (await answer(me, mine!, { act: "move", start: at("2026-12-16T15:00") })).json();
  expect(taken.ok).toBe(false);
  expect((await session(mine!))["开始"]).toBe(at("2026-12-09T15:00"));
  const [first] = dates;
  expect(await (await answer(me, mine!, { act: "move", start: first!.start })).json()).toMatchObject({
    ok: true,
  });
  expect((await session(mine!))["开始"]).toBe(first!.start);
});

test("the outline is made once and can be opened from the screen", async () => {
  await me.prepare[":session"].outline.$post({ param: { session: mine! }, json: {} });
  await company.advance(60_000);
  const { outline, templates } = await (
    await me.prepare[":session"].$get({ param: { session: mine! } })
  ).json();
  expect(templates).toMatchObject([{ name: "客户案例分享框架" }]);
  expect(outline).toMatchObject({ state: "ready", link: expect.stringMatching(/^https?:/) });
});

test("a file put into the record waits two minutes; undone nobody hears of it, a new version is told once", async () => {
  const prepared = async () => (await me.prepare[":session"].$get({ param: { session: mine! } })).json();
  const put = async (name: string) => {
    const token = await company.wire.upload(
      lecturer(1),
      company.shared,
      name,
      new Uint8Array([80, 75, 3, 4]),
    );
    await company.write(
      "分享",
      mine!,
      { 内容: [{ file_token: token }], 标题: "把投诉变成口碑" },
      lecturer(1),
    );
    await company.advance(20_000);
  };
  expect((await prepared()).announcement).toEqual({ state: "none" });
  await put("讲义.pptx");
  const now = await company.now();
  const waiting = (await prepared()).announcement;
  expect(waiting.state).toBe("waiting");
  expect((waiting as { at: number }).at - now).toBeLessThanOrEqual(120_000);
  const undone = await (await me.prepare[":session"].undo.$post({ param: { session: mine! } })).json();
  expect(undone.ok).toBe(true);
  expect((await prepared()).announcement).toEqual({ state: "undone" });
  await company.advance(10 * 60_000);
  expect(await chatTitles()).toEqual([]);
  await put("讲义2.pptx");
  await company.advance(10 * 60_000);
  expect(await chatTitles()).toEqual(["《把投诉变成口碑》可以提前看了"]);
  const after = await prepared();
  expect(after.announcement.state).toBe("told");
  expect(after.versions.map(({ version, name }) => [version, name])).toEqual([
    [1, "讲义.pptx"],
    [2, "讲义2.pptx"],
  ]);
  // More than an hour later a third version would be told as an update: it too can be taken back.
  await company.advance(2 * 3_600_000);
  [me, colleague] = [await apiOf(company, lecturer(1)), await apiOf(company, lecturer(2))];
  await put("讲义3.pptx");
  expect(await (await me.prepare[":session"].undo.$post({ param: { session: mine! } })).json()).toMatchObject(
    { ok: true },
  );
  await company.advance(10 * 60_000);
  expect(await chatTitles()).toHaveLength(1);
});

test("这次不行 with a reason finds a colleague, who answers on their own screen", async () => {
  const reason = await answer(colleague, theirs!, { act: "decline", reason: "travel" });
  expect(await reason.json()).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect((await session(theirs!))["变更"]).toBe("已婉拒");
  const screens: Record<number, Api> = { 1: me, 3: await apiOf(company, lecturer(3)) };
  let helper = 0;
  for (const [n, api] of Object.entries(screens)) {
    const { asked } = await (await api.turns.$get()).json();
    if (asked.length === 0) continue;
    helper = Number(n);
    expect(asked).toMatchObject([{ kind: "substitute", id: theirs, from: "王芳", instead: null }]);
  }
  expect(helper).toBeGreaterThan(0);
  const json = { kind: "substitute" as const, id: theirs!, yes: true };
  // Whoever was not asked cannot take it.
  expect(await (await colleague.turns.asked.$post({ json })).json()).toMatchObject({ ok: false });
  expect(await (await screens[helper]!.turns.asked.$post({ json })).json()).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect(await session(theirs!)).toMatchObject({
    变更: "已替补",
    讲师账号: [expect.objectContaining({ id: lecturer(helper) })],
  });
});

test("an open session that fits is offered, and is the volunteer's at once", async () => {
  const { slots } = await (await colleague.turns.open.$get()).json();
  expect(slots[0]).toMatchObject({ session: open, with: null });
  const took = await colleague.turns[":session"].volunteer.$post({ param: { session: open! } });
  expect(await took.json()).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect(await session(open!)).toMatchObject({ 状态: "已确认" });
  expect((await (await colleague.turns.$get()).json()).turns.map((turn) => turn.session)).toEqual([open]);
});
