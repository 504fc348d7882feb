import { expectPlainLink } from "#test/support/card-links.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDeployment } from "#server/deployment.ts";
import { preferenceOf } from "#server/services/preference/choose.ts";
import { willingness, type Willingness } from "#server/services/survey/willingness.ts";
import type { Ctx } from "#server/context.ts";
import { lecturer, learner, startCompany, type Company } from "#test/support/company.ts";
import { addHeld, cardWith, pressOn, query, setLive } from "#test/support/held.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ lecturers: 6, learners: 3 });
  await setLive(company);
}, 180_000);
afterAll(() => company?.close());

const SURVEY = "接下来还愿意分享吗?";
const titles = async (n: number) => (await company.inboxOf(lecturer(n))).map(({ title }) => title);

/** What a page of the server would read at this instant. */
async function read<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const deployment = await openDeployment(company.config, "reader");
  try {
    const [space] = await deployment.workspaces();
    return await work(await deployment.contextOf(space!, "reader"));
  } finally {
    await deployment.close();
  }
}
const figure = (): Promise<Willingness | null> => read((ctx) => willingness(ctx, "2026-11"));

test("lecturers of a live group are asked once, on the first workday", async () => {
  await company.advanceTo("2026-12-01T10:30:00+08:00");
  for (const n of [1, 2, 3, 4, 5, 6])
    expect((await titles(n)).filter((title) => title === SURVEY)).toHaveLength(1);
});

test("answers are sealed, two questions apart; the first answer of a person counts", async () => {
  const labels = ["很愿意", "愿意", "愿意", "看情况", "不想"];
  for (const [at, label] of labels.entries()) {
    const person = lecturer(at + 1);
    if (at === 0) await expectPlainLink(company, person, label);
    const card = await cardWith(company, person, "匿名", label);
    const { after } = await pressOn(company, person, card, label);
    expect(after.title).toBe("什么更能打动您?");
    expect((await pressOn(company, person, after, "成长")).after.texts).toEqual(["收到,谢谢!"]);
  }
  expect(await query(company, "select 1 from sealed_mark where box = 'survey:2026-11'")).toHaveLength(5);
  expect(await query(company, "select 1 from sealed_mark where box = 'survey:2026-11/2'")).toHaveLength(5);
  const rows = await query(
    company,
    "select effect::text as effect, key from outbox where key like 'survey:%'",
  );
  expect(rows).toHaveLength(6);
});

test("the figure comes when the round has closed, never while each answer would move it", async () => {
  expect(await figure()).toBeNull();
  await company.advanceTo("2026-12-15T09:00:00+08:00");
  const shown = await figure();
  expect(shown).toMatchObject({
    month: "2026-11",
    asked: 6,
    willing: 3,
    share: 0.6,
    motivates: { growth: 5 },
  });
  expect(shown!.answers.toSorted((a, b) => a - b)).toEqual([1, 3, 4, 4, 5]);
}, 120_000);

test("after the first share the lecturer is asked what makes it worthwhile; the choice goes to the profile", async () => {
  await company.advanceTo("2026-12-15T16:00:00+08:00");
  const held = {
    title: "客户维护技巧",
    start: "2026-12-15T15:00:00+08:00",
    lecturer: 0,
    present: [learner(1)],
  };
  await addHeld(company, [held]);
  await company.advanceTo("2026-12-17T12:00:00+08:00");
  const card = await cardWith(company, lecturer(1), "1–2 个", "成长(培训、辅导、晋升)");
  await expectPlainLink(company, lecturer(1), "成长(培训、辅导、晋升)");
  const { after } = await pressOn(company, lecturer(1), card, "成长(培训、辅导、晋升)");
  expect(after.title).toBe("记下了,还想再选一个吗?");
  expect((await pressOn(company, lecturer(1), after, "被认可(称号、证书)")).after.texts).toEqual(["已保存"]);
  await company.advance(120_000);
  expect((await read((ctx) => preferenceOf(ctx, lecturer(1))))?.choice).toEqual(["growth", "honour"]);
  const profiles = (await company.rows("讲师档案")).filter(({ fields }) => fields["激励偏好"] === "成长");
  expect(profiles).toHaveLength(1);
  expect((await titles(2)).includes("什么最让您觉得值得?")).toBe(false);
}, 120_000);
