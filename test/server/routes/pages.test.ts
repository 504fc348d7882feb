import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf, type Browser } from "#test/support/browser.ts";
import { ADMIN, learner, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";

const START = Date.parse("2026-12-09T15:00:00+08:00");
const SCORE_WORDS = "这个方法很实用,明天就试";
let company: Company;
let session: string;
let other: string;
const people: Record<string, Browser> = {};

beforeAll(async () => {
  company = await startCompany({ logLevel: "silent" });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  const row = (n: number, start: number) => ({
    状态: "已安排",
    开始: start,
    "时长（分钟）": 45,
    讲师群: [company.group],
    讲师: [company.lecturers[n - 1]],
    讲师账号: [{ id: lecturer(n) }],
  });
  [session, other] = (await company.add("分享", [row(1, START), row(2, START + 7 * 86_400_000)])) as [
    string,
    string,
  ];
  await company.wire.post("/sandbox/org", {
    departments: [],
    people: [{ open_id: "ou_stranger", name: "路人" }],
    chats: [],
  });
  await company.advance(60_000);
  for (const id of [ADMIN, MANAGER, lecturer(1), lecturer(2), learner(1), learner(2), "ou_stranger"]) {
    people[id] = browserOf(company);
    await people[id].signIn(id);
  }
}, 180_000);
afterAll(() => company?.close());

const stateOf = async (id: string) =>
  (await company.rows("分享")).find((row) => row.id === id)!.fields["状态"];

test("every page answers whom it is for, and nobody else", async () => {
  const all = [ADMIN, MANAGER, lecturer(1), learner(1), "ou_stranger"];
  const pages: [string, string[]][] = [
    ["/m", all],
    ["/m/how", all],
    ["/m/definitions", all],
    ["/m/todo", [ADMIN]],
    ["/m/team", [MANAGER]],
    ["/m/points", [lecturer(1)]],
    ["/m/preference", [lecturer(1)]],
    ["/m/echo", [lecturer(1)]],
    [`/m/session/${session}`, [ADMIN, MANAGER, lecturer(1), learner(1)]],
    [`/m/session/${session}/dates`, [ADMIN, MANAGER, lecturer(1)]],
  ];
  for (const [path, allowed] of pages) {
    expect((await browserOf(company).get(path)).status, `${path} for nobody`).toBe(302);
    for (const id of all)
      expect((await people[id]!.get(path)).status, `${path} for ${id}`).toBe(
        allowed.includes(id) ? 200 : 403,
      );
  }
  for (const path of ["/m/session/recNothing", "/m/care/nothing", "/m/award/nothing", "/m/nothing"])
    expect((await people[ADMIN]!.get(path)).status, path).toBe(404);
  expect((await people[lecturer(1)]!.get("/m", { "accept-language": "en-GB,en;q=0.9" })).text).toContain(
    "My next turn",
  );
});

test("a card's plain link leads to a page with the same choices", async () => {
  const page = await people[lecturer(1)]!.get(`/m/session/${session}`);
  for (const words of ["可以，我来讲", "换个时间", "请人代讲", "这次不行", "上传材料", "口头分享"])
    expect(page.text).toContain(words);
  expect((await people[learner(1)]!.get(`/m/session/${session}`)).text).not.toContain("可以，我来讲");
});

test("a lecturer accepts, moves to one of the free dates, and hands in by the page; others cannot", async () => {
  const [me, notMe] = [people[lecturer(1)]!, people[learner(1)]!];
  await notMe.post(`/m/session/${session}/accept`, {});
  expect(await stateOf(session)).toBe("已安排");
  expect((await me.post(`/m/session/${session}/accept`, {}, { csrf: "" })).status).toBe(403);
  expect(await stateOf(session)).toBe("已安排");
  expect((await me.post(`/m/session/${session}/accept`, {})).text).toContain("已确认");
  expect(await stateOf(session)).toBe("已确认");
  const dates = (await people[lecturer(2)]!.get(`/m/session/${other}/dates`)).text;
  const [first] = [...dates.matchAll(/name="start" value="(\d+)"/g)].map(([, start]) => start!);
  expect(Number(first)).toBeGreaterThan(await company.now());
  await people[lecturer(2)]!.post(`/m/session/${other}/move`, { start: first! });
  const moved = (await company.rows("分享")).find((row) => row.id === other)!;
  expect(moved.fields["开始"]).toBe(Number(first));
  await me.post(`/m/session/${session}/hand-in`, {
    title: "投诉怎么接",
    file: new File(["讲义"], "投诉.pdf", { type: "application/pdf" }),
  });
  await company.advance(60_000);
  expect(await stateOf(session)).toBe("已提交");
  const shown = await people[learner(1)]!.get(`/m/session/${session}`);
  const link = /\/go\/rec\w+/.exec(shown.text)![0];
  expect((await people[learner(1)]!.get(link)).text).toBe("讲义");
});

test("a colleague declines with a reason; a reason of the subject offers other topics", async () => {
  const me = people[lecturer(2)]!;
  expect((await me.post(`/m/session/${other}/decline`, { reason: "topic" })).text).toContain(
    "客户投诉处理技巧",
  );
  await me.post(`/m/session/${other}/decline`, { reason: "travel" });
  const row = (await company.rows("分享")).find(({ id }) => id === other)!;
  expect(row.fields["变更"]).toBe("已婉拒");
  expect(JSON.stringify(row.fields["变更原因"])).toContain("出差/见客户");
});

test("check-in inside its window, then an anonymous rating and signed thanks by the same verbs", async () => {
  const me = people[learner(1)]!;
  await company.advanceTo(START - 16 * 60_000);
  for (const id of [learner(1), learner(2), lecturer(1), "ou_stranger"]) await people[id]!.signIn(id);
  expect((await me.get(`/m/session/${session}`)).text).not.toContain(`/m/session/${session}/check-in`);
  await company.advanceTo(START);
  expect((await me.get(`/m/session/${session}`)).text).toContain(`/m/session/${session}/check-in`);
  expect((await people["ou_stranger"]!.post(`/m/session/${session}/check-in`, {})).status).toBe(403);
  await me.post(`/m/session/${session}/check-in`, {});
  await company.advanceTo(START + 60 * 60_000);
  expect(await stateOf(session)).toBe("已分享");
  expect((await people[learner(2)]!.get(`/m/session/${session}`)).text).not.toContain(
    `/m/session/${session}/rate`,
  );
  expect((await me.get("/m")).text).toContain("待我反馈");
  expect((await me.post(`/m/session/${session}/rate`, { score: "5", comment: SCORE_WORDS })).text).toContain(
    "收到",
  );
  await me.post(`/m/session/${session}/thanks`, { text: "谢谢张老师" });
  const echo = await people[lecturer(1)]!.get("/m/echo");
  expect(echo.text).toContain("谢谢张老师");
  expect(echo.text).not.toContain(SCORE_WORDS);
}, 180_000);

test("素材与回放: what was held is there for whom it was meant, and found by a word", async () => {
  for (const id of [learner(1), "ou_stranger"]) await people[id]!.signIn(id);
  const library = await people[learner(1)]!.get("/m/library");
  expect(library.text).toContain("投诉怎么接");
  expect(library.text).toContain(`/m/session/${session}`);
  expect((await people[learner(1)]!.get("/m/library?q=张三")).text).toContain("投诉怎么接");
  const nothing = await people[learner(1)]!.get(`/m/library?q=${encodeURIComponent("<b>")}`);
  expect(nothing.text).toContain("没有找到「&lt;b&gt;」");
  expect(nothing.text).not.toContain("投诉怎么接");
  expect((await people["ou_stranger"]!.get("/m/library")).status).toBe(403);
}, 60_000);

test("月报: the page of its card has the figures, and makes one document of the admin's own", async () => {
  const [admin, me] = [people[ADMIN]!, people[lecturer(1)]!];
  for (const id of [ADMIN, lecturer(1)]) await people[id]!.signIn(id);
  const path = "/m/report/2026-12";
  expect((await me.get(path)).status).toBe(403);
  expect((await admin.get("/m/report/2026-10")).status).toBe(404);
  expect((await admin.get("/m/report/December")).status).toBe(404);
  const page = await admin.get(path);
  expect(page.text).toContain("100%（1/1 场）");
  expect(page.text).toContain("本月没有数据：还没有释出的评分。");
  const workspace = /name="workspace" value="([^"]+)"/.exec(page.text)![1]!;
  expect((await me.post(`${path}/document`, { workspace })).status).toBe(403);
  for (let press = 0; press < 2; press++)
    expect((await admin.post(`${path}/document`, { workspace })).location).toBe(path);
  await company.advance(60_000);
  const document = /href="[^"]+\/docx\/([^"]+)"/.exec((await admin.get(path)).text)![1]!;
  const open = (as: string) => fetch(`${company.sandbox.url}/sandbox/files/${document}/open?as=${as}`);
  expect((await open(ADMIN)).status).toBe(200);
  expect((await open(lecturer(1))).status).not.toBe(200);
  const own = (await company.wire.get(`/sandbox/people/${ADMIN}/docs`)) as { docs: { name: string }[] };
  expect(own.docs.filter(({ name }) => name === "2026年12月内训月报")).toHaveLength(1);
}, 120_000);
