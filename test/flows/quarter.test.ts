import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { query, setLive } from "#test/support/held.ts";

let company: Company;
const at = (text: string) => Date.parse(`${text}T15:00:00+08:00`);
/** Days of the quarter on which each has shared. */
const SHARED = [
  ["2026-10-07", "2026-10-21", "2026-11-11", "2026-12-02"],
  ["2026-10-14", "2026-11-04", "2026-12-09"],
  ["2026-10-28", "2026-11-18"],
  ["2026-12-16"],
  ["2026-12-16"],
  ["2026-12-16"],
  ["2026-12-16"],
];

beforeAll(async () => {
  company = await startCompany({ lecturers: 7, learners: 2, start: Date.parse("2026-12-30T08:00:00+08:00") });
  await setLive(company);
  await query(company, "update workspace set created_at = $1", [at("2026-09-01")]);
  for (const [n, days] of SHARED.entries()) {
    const ids = await company.add(
      "分享",
      days.map((day, share) => ({
        开始: at(day),
        "时长（分钟）": 45,
        讲师群: [company.group],
        讲师: [company.lecturers[n]],
        标题: `第${n + 1}位的第${share + 1}讲`,
        状态: "已分享",
      })),
    );
    for (const [share, session] of ids.entries())
      await query(
        company,
        `insert into released (workspace, batch, session, lecturer, month, scores, comments, released_at)
         select id, $1, $2, $3, $4, $5, '[]', 0 from workspace`,
        [
          `batch-${n}-${share}`,
          session,
          company.lecturers[n],
          SHARED[n]![share]!.slice(0, 7),
          JSON.stringify(Array.from({ length: 10 }, (_, at) => (n === 0 ? 5 : 3 + (at % 2)))),
        ],
      );
  }
  await company.advance(60_000);
}, 180_000);
afterAll(() => company?.close());

const awards = () =>
  query<{ lecturer: string; title: string; evidence: string }>(
    company,
    "select lecturer, title, evidence from award where period = '2026-Q4' order by key",
  );

test("December's close brings the quarter's: three by shares, one of the top 15 % with enough shares, each to be decided", async () => {
  await company.advanceTo("2027-01-07T12:00:00+08:00");
  const found = await awards();
  const of = (title: string) =>
    found
      .filter((award) => award.title === title)
      .map(({ lecturer: id }) => company.lecturers.indexOf(id))
      .sort((a, b) => a - b);
  expect(of("外部培训机会")).toEqual([0, 1, 2]);
  expect(of("销售总监1对1辅导")).toEqual([0]);
  expect(found).toHaveLength(4);
  expect(found.map(({ evidence }) => evidence)).toContain("不同主题分享 4 次");
  const asked = (await company.inboxOf(ADMIN)).filter(({ title }) => title?.startsWith("请您定"));
  expect(asked).toHaveLength(4);
  for (const n of [1, 2, 3]) expect(await congratulated(n)).toEqual([]);
}, 240_000);

test("what is approved reaches the lecturer, and the next close suggests nothing twice", async () => {
  await company.press(ADMIN, "批准");
  await company.advanceTo("2027-02-05T12:00:00+08:00");
  const told = await Promise.all([1, 2, 3, 4].map(congratulated));
  expect(told.flat()).toHaveLength(1);
  expect(await awards()).toHaveLength(4);
}, 240_000);

const congratulated = async (n: number) =>
  (await company.inboxOf(lecturer(n))).filter(({ title }) => title?.includes("恭喜您获得"));
