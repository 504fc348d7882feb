import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf } from "#test/support/browser.ts";
import { expectPlainLink } from "#test/support/card-links.ts";
import { lecturer, startCompany, type Company } from "#test/support/company.ts";
import { query, setLive } from "#test/support/held.ts";

let company: Company;
let open: string[];
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const row = (start: string, n: number | null, more = {}) => ({
  开始: at(start),
  "时长（分钟）": 45,
  讲师群: [company.group],
  ...(n === null ? { 状态: "待安排" } : { 讲师: [company.lecturers[n - 1]], 状态: "已分享" }),
  ...more,
});

beforeAll(async () => {
  company = await startCompany({ lecturers: 7, learners: 2 });
  await setLive(company);
  await query(company, "update workspace set created_at = $1", [at("2026-09-01T00:00")]);
  // Three shares of the first, well rated; one of each other: only for the first the reward is near. Top 15 % of 7 is one place.
  const held = await company.add("分享", [
    row("2026-10-14T15:00", 1),
    row("2026-10-28T15:00", 1),
    row("2026-11-11T15:00", 1),
    ...[2, 3, 4, 5, 6, 7].map((n) => row("2026-11-18T15:00", n)),
  ]);
  for (const [n, session] of held.entries())
    await query(
      company,
      `insert into released (workspace, batch, session, lecturer, month, scores, comments, released_at)
       select id, $1, $2, $3, '2026-11', $4, '[]', 0 from workspace`,
      [
        `batch-${n}`,
        session,
        company.lecturers[n < 3 ? 0 : n - 2],
        JSON.stringify(n < 3 ? [5, 5, 5, 5] : [3, 3, 4, 3, 3, 3, 3, 3, 3, 3]),
      ],
    );
  open = await company.add("分享", [row("2026-12-16T15:00", null), row("2026-12-23T15:00", null)]);
  await company.advance(60_000);
}, 180_000);
afterAll(() => company?.close());

const offers = async (n: number) =>
  (await company.inboxOf(lecturer(n))).filter(({ title }) => title?.includes("给您留了一个机会"));
const speakerOf = async (session: string) =>
  (await company.rows("分享")).find(({ id }) => id === session)!.fields["讲师账号"] as
    | { id: string }[]
    | undefined;

test("off until switched on; then who can still reach it gets it once a quarter, and the others nothing", async () => {
  await company.advanceTo("2026-11-30T12:00:00+08:00");
  expect(await offers(1)).toEqual([]);
  const switched = (await company.rows("消息与提醒")).find(({ fields }) =>
    JSON.stringify(fields["标识"]).includes('"offer"'),
  )!;
  await company.write("消息与提醒", switched.id, { 启用: true });
  await company.advanceTo("2026-12-14T12:00:00+08:00");
  const [card, ...more] = await offers(1);
  expect(more).toEqual([]);
  expect(card!.title).toContain("销售总监1对1辅导");
  expect(card!.texts.join()).toContain("再分享1次");
  expect([...(await offers(2)), ...(await offers(3))]).toEqual([]);
}, 120_000);

test("我来报名一场 takes the next open session, once, and the card and its page are settled", async () => {
  await expectPlainLink(company, lecturer(1), "我来报名一场");
  const [card] = await offers(1);
  expect(await company.press(lecturer(1), "我来报名一场")).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect(await speakerOf(open[0]!)).toMatchObject([{ id: lecturer(1) }]);
  const calendar = (await company.wire.get(`/sandbox/people/${lecturer(1)}/calendar`)) as {
    events: unknown[];
  };
  expect(calendar.events).toHaveLength(1);
  const page = browserOf(company);
  await page.signIn(lecturer(1));
  const shown = await page.get(`/m/offer/${company.lecturers[0]!}.2026-Q4`);
  expect(shown.text).toContain("再分享1次");
  expect(shown.text).toContain("这件事已经定了");
  expect(shown.text).not.toContain("/take");
  const now = (await company.inboxOf(lecturer(1))).find(({ message_id }) => message_id === card!.message_id);
  expect(now!.buttons.filter(({ callback }) => callback)).toEqual([]);
}, 120_000);

test("of two who volunteer for one session at once, one has it and the other is told", async () => {
  const people = [2, 3].map((n) => ({ n, page: browserOf(company) }));
  for (const { n, page } of people) await page.signIn(lecturer(n));
  const answers = await Promise.all(people.map(({ page }) => page.post(`/m/volunteer/${open[1]!}`, {})));
  await company.advance(60_000);
  const confirmed = answers.filter(({ text }) => text.includes("已确认"));
  expect(confirmed).toHaveLength(1);
  const winner = answers.indexOf(confirmed[0]!);
  expect(await speakerOf(open[1]!)).toMatchObject([{ id: lecturer(people[winner]!.n) }]);
  expect(answers[1 - winner]!.text).toMatch(/刚有人改过|有人|等管理员/);
}, 120_000);
