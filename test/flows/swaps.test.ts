import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, lecturer, MANAGER, startCompany, type Company } from "#test/support/company.ts";
import { confirmed } from "#test/support/turns.ts";

const at = (text: string) => Date.parse(`${text}:00+08:00`);
vi.setConfig({ testTimeout: 200_000 });
let company: Company;
/** A second group, to which 张三 and 王芳 belong too, and 陈晨 alone. */
let other: string;
let rows: Record<"mine" | "theirs" | "alone" | "third" | "fourth" | "fifth", string>;

beforeAll(async () => {
  company = await startCompany({ lecturers: 5, learners: 2 });
  [other] = (await company.add("讲师群", [
    {
      名称: "客户维护",
      状态: "启用",
      频率: "每月",
      星期: ["周二"],
      起始日期: at("2026-11-01T00:00"),
      开始时间: "10:00",
      "时长（分钟）": 45,
      管理员: [{ id: ADMIN }],
    },
  ])) as [string];
  for (const n of [1, 2])
    await company.write("讲师", company.lecturers[n - 1]!, { 所属讲师群: [company.group, other] });
  await company.write("讲师", company.lecturers[4]!, { 所属讲师群: [other] });
  const row = (n: number, start: string, group?: string) => confirmed(company, n, start, group);
  const [mine, theirs, alone, third, fourth, fifth] = await company.add("分享", [
    row(1, "2026-12-09T15:00"),
    row(2, "2026-12-15T10:00", other),
    row(5, "2026-12-22T10:00", other),
    row(3, "2026-12-23T15:00"),
    row(4, "2026-12-30T15:00"),
    row(2, "2027-01-20T15:00"),
  ]);
  rows = { mine: mine!, theirs: theirs!, alone: alone!, third: third!, fourth: fourth!, fifth: fifth! };
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  await client.query("update workspace set live = $1", [JSON.stringify([company.group, other])]);
  await client.end();
  await company.restart();
  await company.advanceTo(at("2026-11-30T10:00"));
}, 180_000);
afterAll(() => company?.close());

async function find(id: string) {
  const { fields } = (await company.rows("分享")).find((row) => row.id === id)!;
  return {
    start: fields["开始"] as number,
    state: fields["状态"],
    change: fields["变更"],
    speaker: (fields["讲师账号"] as { id: string }[] | undefined)?.[0]?.id ?? "",
  };
}
async function eventsOf(person: string): Promise<number[]> {
  const reply = (await company.wire.get(`/sandbox/people/${person}/calendar`)) as {
    events: { from: number; deleted: boolean }[];
  };
  return reply.events
    .filter(({ deleted }) => !deleted)
    .map(({ from }) => from)
    .sort((a, b) => a - b);
}
const titled = async (person: string, words: string) =>
  (await company.inboxOf(person)).filter(({ title }) => title?.includes(words));
async function actOf(n: number, session: string, act: string, fields: Record<string, string> = {}) {
  const browser = browserOf(company);
  await browser.signIn(lecturer(n));
  return browser.post(`/m/session/${session}/${act}`, fields);
}

test("of two groups: only who belongs to both is offered, the group is named, both calendars move together", async () => {
  // 陈晨 is not in 张三's group, and 李静 not in the other one.
  await actOf(1, rows.mine, "swap", { with: rows.alone });
  await actOf(3, rows.third, "swap", { with: rows.theirs });
  await company.advance(60_000);
  expect(await titled(lecturer(5), "想和您对换")).toEqual([]);
  expect(await titled(lecturer(2), "想和您对换")).toEqual([]);
  await actOf(1, rows.mine, "swap", { with: rows.theirs });
  await company.advance(60_000);
  const [asked] = await titled(lecturer(2), "想和您对换");
  expect(asked!.texts.join(" ")).toContain("专业知识");
  expect(await company.press(lecturer(2), "同意对换")).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect(await find(rows.mine)).toMatchObject({ speaker: lecturer(2), state: "已确认", change: "已换班" });
  expect(await find(rows.theirs)).toMatchObject({ speaker: lecturer(1), state: "已确认", change: "已换班" });
  expect(await eventsOf(lecturer(1))).toEqual([at("2026-12-15T10:00")]);
  expect(await eventsOf(lecturer(2))).toEqual([at("2026-12-09T15:00"), at("2027-01-20T15:00")]);
  // News that is not close at hand waits ten minutes for more of it.
  await company.advance(10 * 60_000);
  const told = await titled(lecturer(1), "有变化");
  expect(told).toHaveLength(1);
  expect(told[0]!.texts.join(" ")).toMatch(/12月9日.*12月15日/);
  expect(await titled(lecturer(2), "有变化")).toEqual([]);
});

test("nobody answers: both keep what they had, who asked hears of it once, the other's card says so", async () => {
  await actOf(3, rows.third, "swap", { with: rows.fourth });
  await company.advance(60_000);
  expect(await titled(lecturer(4), "想和您对换")).toHaveLength(1);
  await company.advanceTo(at("2026-12-03T12:00"));
  expect(await find(rows.third)).toMatchObject({ speaker: lecturer(3), start: at("2026-12-23T15:00") });
  expect(await find(rows.fourth)).toMatchObject({ speaker: lecturer(4), start: at("2026-12-30T15:00") });
  const kept = await titled(lecturer(3), "这次不方便对换");
  expect(kept).toHaveLength(1);
  expect(kept[0]!.texts.join(" ")).toContain("12月23日");
  const settled = (await company.inboxOf(lecturer(4))).filter(({ texts }) =>
    texts.some((text) => text.includes("保持原样，两边都不变") || text.includes("保持原样,两边都不变")),
  );
  expect(settled).toHaveLength(1);
  expect(await titled(lecturer(4), "想和您对换")).toEqual([]);
  expect(await eventsOf(lecturer(3))).toEqual([at("2026-12-23T15:00")]);
  // Too late is too late, and says so kindly.
  const late = await actOf(4, rows.fourth, "accept");
  expect(late.status).toBeLessThan(400);
});

test("two who ask for the same swap partner: the first yes is a swap, the other is told that it stays", async () => {
  await actOf(3, rows.third, "swap", { with: rows.fourth });
  await actOf(2, rows.fifth, "swap", { with: rows.fourth });
  await company.advanceTo(at("2026-12-04T10:00"));
  const asks = await titled(lecturer(4), "想和您对换");
  expect(asks).toHaveLength(2);
  const first = asks.find(({ title }) => title!.includes("李静"))!;
  await company.wire.press({ as: lecturer(4), message_id: first.message_id, button: "同意对换" });
  await company.settle();
  await company.advance(60_000);
  expect(await find(rows.third)).toMatchObject({ speaker: lecturer(4) });
  expect(await find(rows.fourth)).toMatchObject({ speaker: lecturer(3) });
  expect(await find(rows.fifth)).toMatchObject({ speaker: lecturer(2), start: at("2027-01-20T15:00") });
  expect(await titled(lecturer(2), "这次不方便对换")).toHaveLength(1);
  // The second card is no longer a question: nobody swaps unasked.
  expect(await titled(lecturer(4), "想和您对换")).toEqual([]);
});

test("two pick one free date at the same moment: one has it, the other gets five others and a kind word", async () => {
  const pickers = [lecturer(3), lecturer(4)];
  const sessions = [rows.fourth, rows.third];
  const before = await Promise.all(sessions.map(find));
  const [a, b] = await Promise.all(pickers.map((person) => apiOf(company, person)));
  const turns = await Promise.all(
    [a!, b!].map(async (api, n) => {
      const reply = await api.turns[":session"].dates.$get({ param: { session: sessions[n]! } });
      return (await reply.json()).dates.map(({ start }) => start);
    }),
  );
  const shared = turns[0]!.find((start) => turns[1]!.includes(start))!;
  expect(shared).toBeDefined();
  const outcomes = await Promise.all(
    [a!, b!].map(async (api, n) => {
      const reply = await api.turns[":session"].answer.$post({
        param: { session: sessions[n]! },
        json: { act: "move", start: shared },
      });
      return reply.json();
    }),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.find(({ ok }) => !ok)!.text).toContain("刚被占了");
  await company.advance(60_000);
  const after = await Promise.all(sessions.map(find));
  expect(after.filter(({ start }) => start === shared)).toHaveLength(1);
  const loser = outcomes.findIndex(({ ok }) => !ok);
  expect(after[loser]).toEqual(before[loser]);
  expect(await eventsOf(pickers[1 - loser]!)).toEqual([shared]);
  expect(await eventsOf(pickers[loser]!)).toEqual([before[loser]!.start]);
  const again = await (
    await apiOf(company, pickers[loser]!)
  ).turns[":session"].dates.$get({
    param: { session: sessions[loser]! },
  });
  const { dates } = await again.json();
  expect(dates).toHaveLength(5);
  expect(dates.map(({ start }) => start)).not.toContain(shared);
});

test("a meeting entered since the dates were shown: the date is refused, five others are offered, nothing moves", async () => {
  // Whose it is now follows from the test before.
  const { speaker, start } = await find(rows.fifth);
  const api = await apiOf(company, speaker);
  const datesOf = async () => {
    const reply = await api.turns[":session"].dates.$get({ param: { session: rows.fifth } });
    return (await reply.json()).dates.map((date) => date.start);
  };
  const [first] = await datesOf();
  await company.wire.busy(speaker, { summary: "客户拜访", from: first!, to: first! + 3_600_000 });
  const reply = await api.turns[":session"].answer.$post({
    param: { session: rows.fifth },
    json: { act: "move", start: first! },
  });
  expect(await reply.json()).toMatchObject({
    ok: false,
    text: expect.stringContaining("刚被占了") as string,
  });
  expect((await find(rows.fifth)).start).toBe(start);
  const again = await datesOf();
  expect(again).toHaveLength(5);
  expect(again).not.toContain(first);
});

test("declined in the calendar after a yes: the choice comes once, the yes no longer stands, silence goes to the admin", async () => {
  await company.advanceTo(at("2026-12-07T09:00"));
  expect(await find(rows.theirs)).toMatchObject({ speaker: lecturer(1), state: "已确认" });
  expect(await company.wire.rsvp(lecturer(1), at("2026-12-15T10:00"), "decline")).toBe(true);
  await company.advanceTo(at("2026-12-07T09:30"));
  const cards = async () =>
    (await company.inboxOf(lecturer(1))).filter(({ buttons }) =>
      buttons.some(({ text }) => text === "出差/见客户"),
    );
  expect(await cards()).toHaveLength(1);
  expect(await find(rows.theirs)).toMatchObject({ state: "已安排", speaker: lecturer(1) });
  await company.advanceTo(at("2026-12-09T10:00"));
  expect(await cards()).toHaveLength(1);
  const page = browserOf(company);
  await page.signIn(ADMIN);
  expect((await page.get("/m/todo")).text).toContain("张三");
  // A yes given on the page is the newer word, though the calendar still shows the decline.
  await actOf(1, rows.theirs, "accept");
  await company.advanceTo(at("2026-12-10T10:00"));
  expect(await find(rows.theirs)).toMatchObject({ state: "已确认", speaker: lecturer(1) });
  expect(await cards()).toEqual([]);
});

test("a manager who answers for somebody away: it holds, and the lecturer is told once by whom", async () => {
  const before = (await titled(lecturer(5), "有变化")).length;
  const browser = browserOf(company);
  await browser.signIn(MANAGER);
  await browser.post(`/m/session/${rows.alone}/decline`, { reason: "leave" });
  await browser.post(`/m/session/${rows.alone}/decline`, { reason: "leave" });
  await company.advance(60_000);
  expect(await find(rows.alone)).toMatchObject({ state: "已安排", change: "已婉拒", speaker: lecturer(5) });
  await company.advance(10 * 60_000);
  const told = (await titled(lecturer(5), "有变化")).slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]!.texts.join(" ")).toContain("赵经理替您说了这次不行");
  await browser.post(`/m/session/${rows.alone}/accept`, {});
  await company.advance(60_000);
  expect(await find(rows.alone)).toMatchObject({ state: "已确认", speaker: lecturer(5) });
  await company.advance(10 * 60_000);
  const all = (await titled(lecturer(5), "有变化")).slice(before);
  expect(all).toHaveLength(2);
  expect(all[1]!.texts.join(" ")).toContain("赵经理替您确认了这场");
});

test("Feishu refused nothing of all this", async () => {
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
