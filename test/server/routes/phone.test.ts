import { mkdirSync } from "node:fs";
import type { Browser as Chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axeOn } from "#test/support/axe.ts";
import { browserOf } from "#test/support/browser.ts";
import { launchChromium, openPage } from "#test/support/chromium.ts";
import { ADMIN, learner, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";
import { addHeld, query, setLive } from "#test/support/held.ts";

/** Set to a folder to look at the pages. */
const SHOTS = process.env["LECTERN_SHOTS"];
const at = (text: string) => Date.parse(`${text}:00+08:00`);
let company: Company;
let chromium: Chromium;
let [held, now, later, award]: string[] = [];

beforeAll(async () => {
  chromium = await launchChromium();
  company = await startCompany({ lecturers: 4, learners: 6 });
  await setLive(company);
  await company.add("主题", [
    { 主题: "客户投诉处理技巧与长期关系维护的十二个实用方法", 状态: "启用", 领域: ["客户服务"] },
    { 主题: "产品售后", 状态: "启用" },
  ]);
  await company.add("模板", [
    { 名称: "客户案例", 类型: "客户案例", 语言: "中文", "大纲（Markdown）": "# 一", 启用: true },
  ]);
  await company.advanceTo("2026-12-01T15:50:00+08:00");
  const present = [1, 2, 3, 4, 5, 6].map(learner);
  [held] = (await addHeld(company, [
    { title: "客户维护技巧", start: "2026-12-01T15:00:00+08:00", lecturer: 0, present },
  ])) as [string];
  const row = (start: string, n: number | null, more = {}) => ({
    开始: at(start),
    "时长（分钟）": 45,
    讲师群: [company.group],
    ...(n === null ? { 状态: "待安排" } : { 状态: "已安排", 讲师: [company.lecturers[n - 1]] }),
    ...more,
  });
  [now, later] = (await company.add("分享", [
    row("2026-12-02T15:00", 1, {
      标题: "AVeryLongTitleWithoutAnySpaceThatCouldBreakALayout",
      状态: "已确认",
    }),
    row("2026-12-16T15:00", 1),
    row("2026-12-23T15:00", 2),
    row("2027-01-06T15:00", null),
  ])) as [string, string];
  award = "award/one";
  await query(
    company,
    `insert into award (workspace, key, lecturer, rule, period, title, evidence, state, at)
     select id, $1, $2, 'r', '2026-11', '内训名师', '评分前 10%', 'granted', 1 from workspace`,
    [award, company.lecturers[0]],
  );
  await query(
    company,
    `insert into care_note (workspace, key, lecturer, recipient, reasons, sentence, state, raised_at, expires_at)
     select id, 'note', $1, $2, '{"zh":"近2个月没有分享","en":"no share"}', '张老师，最近忙吗？', 'open', 1, $3 from workspace`,
    [company.lecturers[0], MANAGER, String(at("2027-03-01T00:00"))],
  );
  await query(
    company,
    `insert into ledger (workspace, key, kind, lecturer, period, points, reason, session, at, by)
     select id, 'grant/x/1', 'grant', $1, '2026-11', 50, '分享一场', $2, $3, 'close' from workspace`,
    [company.lecturers[0], held, String(at("2026-12-01T10:00"))],
  );
  await company.advanceTo("2026-12-02T14:50:00+08:00");
}, 240_000);
afterAll(async () => {
  await chromium?.close();
  await company?.close();
});

/** Every page of a person as a phone shows it: nothing to scroll sideways, nothing for axe, no trouble. */
async function look(
  person: string,
  paths: string[],
  colorScheme: "light" | "dark" = "light",
  locale = "zh-CN",
) {
  const browser = browserOf(company);
  await browser.signIn(person);
  const { page, trouble, close } = await openPage(chromium, {
    viewport: { width: 390, height: 844 },
    colorScheme,
    locale,
  });
  const cookies = [...browser.cookies].map(([name, value]) => ({ name, value, url: company.server.url }));
  await page.context().addCookies(cookies);
  const found: string[] = [];
  for (const path of paths) {
    const answer = await page.goto(company.server.url + path);
    if (answer?.status() !== 200) found.push(`${path}: ${answer?.status()}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 390) found.push(`${path}: ${wide} px wide`);
    found.push(...(await axeOn(page)).map((problem) => `${path}: ${problem}`));
    if (!SHOTS) continue;
    mkdirSync(SHOTS, { recursive: true });
    const name = `${person}${path}-${colorScheme}-${locale}`.replaceAll(/[^\w-]+/g, "_");
    await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  }
  await close();
  return [...found, ...trouble];
}

const own = () => [
  "/m",
  "/m/echo",
  "/m/points",
  "/m/preference",
  "/m/volunteer",
  `/m/award/${encodeURIComponent(award!)}`,
  "/m/care/note",
];

test("a lecturer's pages fit a phone and are read out well, in light and dark, in Chinese and English", async () => {
  const sessions = [now, later, held].flatMap((id) => [`/m/session/${id}`]);
  const more = [`/m/session/${later}/dates`, `/m/session/${later}/peers`, `/m/session/${now}/code`];
  expect(await look(lecturer(1), [...own(), ...sessions, ...more])).toEqual([]);
  expect(await look(lecturer(1), [...own(), ...sessions, ...more], "dark", "en-US")).toEqual([]);
}, 240_000);

test("so do those of learners, managers and admins", async () => {
  const session = `/m/session/${now}`;
  expect(
    await look(learner(1), [
      "/m",
      "/m/library",
      session,
      `${session}/check-in`,
      `/m/session/${held}`,
      "/m/how",
      "/m/messages",
    ]),
  ).toEqual([]);
  expect(await look(MANAGER, ["/m", "/m/team", "/m/care/note"])).toEqual([]);
  expect(
    await look(ADMIN, ["/m", "/m/todo", "/m/groups", "/m/adjust", "/m/report/2026-12", session]),
  ).toEqual([]);
}, 240_000);

test("the code for the room leads to one button, which checks in", async () => {
  const speaker = browserOf(company);
  await speaker.signIn(lecturer(1));
  const code = await speaker.get(`/m/session/${now}/code`);
  expect(code.text).toMatch(/<svg[^>]*viewBox/);
  expect(code.text).toContain("已签到 0 人");
  const phone = browserOf(company);
  await phone.signIn(learner(2), `/m/session/${now}/check-in`);
  expect((await phone.get(`/m/session/${now}/code`)).status).toBe(403);
  expect((await phone.get(`/m/session/${now}/check-in`)).text).toContain("签到");
  await phone.post(`/m/session/${now}/check-in`, {});
  expect((await speaker.get(`/m/session/${now}/code`)).text).toContain("已签到 1 人");
});

test("a vote counts once a person, and an open session can be had from the phone", async () => {
  const phone = browserOf(company);
  await phone.signIn(learner(3));
  const home = (await phone.get("/m")).text;
  const topic = /name="topic" value="(rec\w+)"/.exec(home)![1]!;
  const path = /\/m\/vote\/[^"]+/.exec(home)![0];
  for (let n = 0; n < 2; n++) await phone.post(path, { topic });
  await company.advance(60_000);
  const votes = (await company.rows("学员需求")).filter(({ fields }) => fields["来源"] === "投票");
  expect(votes).toHaveLength(1);
  expect((await phone.get("/m")).text).toContain("1 票 ✓");
  const speaker = browserOf(company);
  await speaker.signIn(lecturer(3));
  const slot = /\/m\/volunteer\/rec\w+/.exec((await speaker.get("/m/volunteer")).text)![0];
  await speaker.post(slot, {});
  await company.advance(60_000);
  const taken = (await company.rows("分享")).find(({ id }) => slot.endsWith(id));
  expect(taken?.fields["状态"]).toBe("已确认");
});
