import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { setLive } from "#test/support/held.ts";

let company: Company;
let api: Awaited<ReturnType<typeof apiOf>>;
beforeAll(async () => {
  company = await startCompany({ lecturers: 3, learners: 4 });
  await setLive(company);
  api = await apiOf(company, ADMIN);
}, 180_000);
afterAll(() => company?.close());

const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
const invited = async (n: number) =>
  (await company.inboxOf(lecturer(n))).filter(({ title }) => title?.includes("想请您来分享")).length;
const starts = async (person: string) => {
  const reply = (await company.wire.get(`/sandbox/people/${person}/calendar`)) as {
    events: { from: number; deleted: boolean }[];
  };
  return reply.events.filter(({ deleted }) => !deleted).map(({ from }) => from);
};
const overview = async () => {
  // An hour later the old token has ended.
  api = await apiOf(company, ADMIN);
  return (await api.schedule.$get({ query: {} })).json();
};

test("published without telling: sessions and calendar are there, nobody is invited", async () => {
  const plan = await (await api.schedule.preview.$post({ json: {} })).json();
  expect(plan.told.map(({ how }) => how)).toContain("now");
  const came = await api.schedule.publish.$post({ json: { proposal: plan.proposal, tell: false } });
  expect(await came.json()).toMatchObject({ state: "published", filled: plan.filled });
  await company.advanceTo("2026-12-01T12:00:00+08:00");
  expect(await Promise.all([1, 2, 3].map(invited))).toEqual([0, 0, 0]);
  const { entries } = await overview();
  const planned = entries.filter(({ state }) => state === "planned");
  expect(planned).toHaveLength(plan.filled);
  for (const { lecturer: who, start } of planned) {
    const n = company.lecturers.indexOf(who!) + 1;
    expect(await starts(lecturer(n))).toContain(start);
  }
});

test("another date is news all the same: who has the session hears of it", async () => {
  const { entries } = await overview();
  const mine = entries.find(({ state, start }) => state === "planned" && start > at("2026-12-04"))!;
  await company.write("分享", mine.session, { 开始: mine.start + 86_400_000 });
  await company.advanceTo("2026-12-03T12:00:00+08:00");
  const n = company.lecturers.indexOf(mine.lecturer!) + 1;
  expect(await invited(n)).toBe(1);
});
