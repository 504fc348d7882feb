import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, learner, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";
import { addHeld, query, setLive } from "#test/support/held.ts";

let company: Company;
let held: string;
const TITLE = "客户维护技巧";
const PRAISE = "话术很实用，明天就试";

beforeAll(async () => {
  company = await startCompany({ lecturers: 2, learners: 8 });
  await setLive(company);
  await company.advanceTo("2026-12-01T15:50:00+08:00");
  const present = [1, 2, 3, 4, 5, 6].map(learner);
  [held] = (await addHeld(company, [
    { title: TITLE, start: "2026-12-01T15:00:00+08:00", lecturer: 0, present },
  ])) as [string];
}, 180_000);
afterAll(() => company?.close());

const lecturerApi = () => apiOf(company, lecturer(1));
const echo = async () => (await (await (await lecturerApi()).echo.$get()).json()).sessions;
/** By the page: the same verbs as the card. */
async function rate(n: number, score: number, comment = "") {
  const browser = browserOf(company);
  await browser.signIn(learner(n));
  await browser.post(`/m/session/${held}/rate`, { score: String(score), comment });
}

test("before the release a lecturer sees who came and how many answered, and signed thanks by name", async () => {
  for (const n of [1, 2, 3, 4]) await rate(n, 5, PRAISE);
  await rate(5, 3, "讲得有点快");
  const browser = browserOf(company);
  await browser.signIn(learner(6));
  await browser.post(`/m/session/${held}/thanks`, { text: "谢谢张老师" });
  const [one] = await echo();
  expect(one).toMatchObject({ session: held, attended: 6, answered: 5, score: null, comments: [] });
  expect(one!.thanks).toMatchObject([{ from: "学员6", text: "谢谢张老师" }]);
});

test("回一句 and 谢谢大家 go out from the screen", async () => {
  const api = await lecturerApi();
  const [one] = await echo();
  const param = { session: held };
  const json = { thanks: one!.thanks[0]!.id, text: "随时找我" };
  expect(await (await api.echo[":session"].reply.$post({ param, json })).json()).toMatchObject({ ok: true });
  expect(await (await api.echo[":session"]["thank-all"].$post({ param })).json()).toMatchObject({ ok: true });
  await company.advance(60_000);
  const titles = (await company.inboxOf(learner(6))).map(({ title }) => title);
  expect(titles).toContain("张三 回了你一句");
});

test("after the release the score stands with its count and how it is computed; good words come first", async () => {
  await company.advanceTo("2026-12-02T10:30:00+08:00");
  const { sessions, overall, keywords, minimum } = await (await (await lecturerApi()).echo.$get()).json();
  const [one] = sessions;
  expect(one!.comments[0]).toBe(PRAISE);
  expect(one!.comments).toContain("讲得有点快");
  expect(one!.score).toMatchObject({ answers: 5, distribution: [0, 0, 1, 0, 4] });
  expect(one!.score!.score).toBeCloseTo(4.6);
  expect(one!.score!.useful.share).toBeCloseTo(0.8);
  expect(overall?.answers).toBe(5);
  expect(keywords.map(({ word }) => word)).toContain("话术");
  expect(minimum).toBe(5);
  expect(JSON.stringify(sessions)).not.toMatch(/学员[1-5]/);
  const other = await (await (await apiOf(company, lecturer(2))).echo.$get()).json();
  expect(other).toMatchObject({ sessions: [], overall: null, keywords: [] });
});

test("a manager sees shares and attendance; learners' words only once the lecturer lets them", async () => {
  const manager = () => apiOf(company, MANAGER);
  const person = async () => {
    const { people } = await (await (await manager()).team.$get()).json();
    return people.find(({ name }) => name === "张三")!;
  };
  expect(await person()).toMatchObject({ shares: 1, attended: 6, quotes: [], latest: { attended: 6 } });
  expect(JSON.stringify(await person())).not.toContain("4.6");
  const api = await lecturerApi();
  expect((await api.team.$get()).status).toBe(403);
  expect((await (await manager()).preferences.$get()).status).toBe(403);
  const shown = { what: "quotes" as const, given: true };
  await api.preferences.shown.$post({ json: shown });
  expect((await person()).quotes).toEqual([PRAISE, PRAISE]);
  await api.preferences.shown.$post({ json: { ...shown, given: false } });
  expect((await person()).quotes).toEqual([]);
});

test("what makes it worthwhile goes to the server, times are read from the lecturer's own row", async () => {
  await company.write("讲师", company.lecturers[0]!, { 可讲时段: ["周三下午"], 每月上限: 2 });
  await company.advance(5000);
  const api = await lecturerApi();
  await api.preferences.motivation.$post({ json: { choice: "growth", also: "honour" } });
  const mine = await (await api.preferences.$get()).json();
  expect(mine).toMatchObject({
    record: company.lecturers[0],
    windows: ["wed-pm"],
    maxPerMonth: 2,
    awayUntil: null,
    usual: { maxPerMonth: 1, minGapDays: 14 },
    motivation: { source: "asked" },
  });
  expect(mine.motivation!.choice.toSorted()).toEqual(["growth", "honour"]);
});

test("every entry has its why; a question about one goes before the admin, about a colleague's it does not", async () => {
  await query(
    company,
    `insert into ledger (workspace, key, kind, lecturer, period, points, reason, session, at, by)
     select id, 'grant/x/1', 'grant', $1, '2026-12', 50, '分享一场', $2, $3, 'period.close' from workspace`,
    [company.lecturers[0], held, await company.now()],
  );
  const api = await lecturerApi();
  const { total, entries, next } = await (await api.points.$get()).json();
  expect(total).toBe(50);
  expect(entries).toMatchObject([{ points: 50, reason: "分享一场", session: TITLE, open: true }]);
  expect(next.map(({ reward }) => reward)).toContain("外部培训机会");
  const json = { entry: "grant/x/1", text: "是不是少了一场？" };
  const notMine = await (await (await apiOf(company, lecturer(2))).points.question.$post({ json })).json();
  expect(notMine.ok).toBe(false);
  const todos = () => query(company, "select detail from todo where kind = 'points-question'");
  expect(await todos()).toEqual([]);
  expect(await (await api.points.question.$post({ json })).json()).toMatchObject({ ok: true });
  expect(await todos()).toMatchObject([{ detail: { lecturer: "张三", text: json.text } }]);
  const admin = browserOf(company);
  await admin.signIn(ADMIN);
  expect((await admin.get("/m/todo")).text).toContain(json.text);
});

test("a care note is read, changed and sent by the manager; the lecturer sees why, and can object", async () => {
  const note = (key: string) =>
    query(
      company,
      `insert into care_note (workspace, key, lecturer, recipient, reasons, sentence, state, raised_at, expires_at)
       select id, $1, $2, $3, '{"zh":"近2个月没有分享","en":"no share for 2 months"}', '最近忙吗？', 'open', $4, $5 from workspace`,
      [key, company.lecturers[0], MANAGER, String(1), String(Date.parse("2027-03-01"))],
    );
  await note("note.one");
  const manager = await apiOf(company, MANAGER);
  const { notes } = await (await manager.care.$get()).json();
  expect(notes).toMatchObject([{ lecturer: "张三", reasons: "近2个月没有分享", state: "open" }]);
  const colleague = await apiOf(company, lecturer(2));
  expect((await colleague.care.$get()).status).toBe(403);
  expect(await (await colleague.care["about-me"].$get()).json()).toEqual({ notes: [] });
  const sent = { act: "send" as const, care: "note.one", sentence: "张老师，要不要我帮您调个时间？" };
  expect(await (await manager.care.$post({ json: sent })).json()).toMatchObject({ ok: true });
  // One direct message a day: today's was the echo, tomorrow's asks what makes it worthwhile.
  await company.advanceTo("2026-12-04T10:30:00+08:00");
  const inbox = (await company.inboxOf(lecturer(1))).map(({ title, texts }) => [title, ...texts].join());
  const word = inbox.find((text) => text.includes("要不要我帮您调个时间"));
  expect(word).toBeTruthy();
  expect(word).not.toContain("近2个月");
  const mine = await lecturerApi();
  const about = (await (await mine.care["about-me"].$get()).json()).notes;
  expect(about).toMatchObject([
    { key: "note.one", recipient: "赵经理", reasons: "近2个月没有分享", open: true },
  ]);
  const another = await apiOf(company, lecturer(2));
  const contest = { care: "note.one", act: "contest" as const };
  expect(await (await another.care["about-me"].$post({ json: contest })).json()).toMatchObject({ ok: false });
  await mine.care["about-me"].$post({ json: contest });
  const states = await query(company, "select state from care_note");
  expect(states).toEqual([{ state: "contested" }]);
  // The manager learns that it is closed, not that she objected.
  const again = await apiOf(company, MANAGER);
  expect((await (await again.care.$get()).json()).notes).toMatchObject([{ state: "notNeeded" }]);
}, 120_000);
