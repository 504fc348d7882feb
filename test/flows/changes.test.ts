import { browserOf } from "#test/support/browser.ts";
import { expectPlainLink } from "#test/support/card-links.ts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Message } from "#sandbox/people/reading.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

// Weeks pass in these flows.
vi.setConfig({ testTimeout: 200_000 });
let company: Company;
beforeAll(async () => {
  company = await startCompany({ lecturers: 5, learners: 4 });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  await company.advanceTo("2026-11-30T10:00:00+08:00");
  await company.press(ADMIN, "发布并通知");
  await company.press(ADMIN, "正式启用");
  await company.advanceTo("2026-11-30T10:40:00+08:00");
}, 180_000);
afterAll(() => company?.close());

async function sessions() {
  const rows = await company.rows("分享");
  return rows
    .map(({ id, fields }) => ({
      id,
      start: fields["开始"] as number,
      state: fields["状态"],
      change: fields["变更"],
      speaker: (fields["讲师账号"] as { id: string }[] | undefined)?.[0]?.id ?? "",
    }))
    .sort((a, b) => a.start - b.start);
}

const titles = (messages: Message[]) => messages.map(({ title }) => title ?? "");
async function eventsOf(person: string): Promise<number[]> {
  const reply = (await company.wire.get(`/sandbox/people/${person}/calendar`)) as {
    events: { from: number; deleted: boolean }[];
  };
  return reply.events.filter(({ deleted }) => !deleted).map(({ from }) => from);
}

test("这次不行: a colleague is asked, the first yes takes the session, both calendars are right", async () => {
  const [before] = await sessions();
  expect(await company.press(before!.speaker, "这次不行")).toMatchObject({ ok: true });
  expect(await company.press(before!.speaker, "出差/见客户")).toMatchObject({ ok: true });
  await company.advance(10 * 60_000);
  const others = [1, 2, 3, 4, 5].map(lecturer).filter((one) => one !== before!.speaker);
  const asked: string[] = [];
  for (const one of others)
    if (titles(await company.inboxOf(one)).some((title) => title.includes("讲一场吗"))) asked.push(one);
  expect(asked.length).toBeGreaterThan(0);
  await expectPlainLink(company, asked[0]!, "我来讲");
  expect(await company.press(asked[0]!, "我来讲")).toMatchObject({ ok: true });
  await company.advance(60_000);
  const [after] = await sessions();
  expect(after).toMatchObject({ id: before!.id, speaker: asked[0], state: "已确认", change: "已替补" });
  expect(await eventsOf(asked[0]!)).toContain(before!.start);
  expect(await eventsOf(before!.speaker)).not.toContain(before!.start);
  for (const late of asked.slice(1)) {
    const card = (await company.inboxOf(late)).find(({ texts }) =>
      texts.some((text) => text.includes("已经有同事接下了")),
    );
    expect(card).toBeDefined();
  }
});

test("换个时间: five dates truly free; the picked one moves record and event", async () => {
  const [, before] = await sessions();
  await company.press(before!.speaker, "换个时间");
  const card = (await company.inboxOf(before!.speaker)).find(({ buttons }) =>
    buttons.some(({ text }) => text === "和同事对换"),
  );
  const dates = card!.buttons.map(({ text }) => text).filter((text) => /月.*日/.test(text));
  expect(dates).toHaveLength(5);
  await company.press(before!.speaker, dates[1]!);
  await company.advance(60_000);
  const after = (await sessions()).find(({ id }) => id === before!.id)!;
  expect(after.start).not.toBe(before!.start);
  expect(after).toMatchObject({ state: "已确认", change: "已改期" });
  expect(await eventsOf(before!.speaker)).toEqual([after.start]);
});

test("和同事对换: both agree, both records and calendars move together", async () => {
  const open = (await sessions()).filter(({ state }) => state === "已安排");
  const [mine, theirs] = open.slice(-2);
  await company.advanceTo(mine!.start - 13 * 86_400_000);
  await company.advance(4 * 3_600_000);
  await expectPlainLink(company, mine!.speaker, "换个时间");
  await company.press(mine!.speaker, "换个时间");
  await company.press(mine!.speaker, "和同事对换");
  const card = (await company.inboxOf(mine!.speaker)).find(({ title }) => title?.includes("对换"));
  const choice = card!.buttons.find(({ callback, text }) => callback && text !== "请人代讲")!;
  await company.press(mine!.speaker, choice.text);
  await company.advance(24 * 3_600_000);
  const asked = (
    await Promise.all(
      [1, 2, 3, 4, 5].map(lecturer).map(async (one) => ({ one, cards: titles(await company.inboxOf(one)) })),
    )
  ).filter(({ cards }) => cards.some((title) => title.includes("想和您对换")));
  expect(asked).toHaveLength(1);
  const peer = asked[0]!.one;
  const theirSession = (await sessions()).find(({ speaker }) => speaker === peer)!;
  await expectPlainLink(company, peer, "同意对换");
  const third = [1, 2, 3, 4, 5].map(lecturer).find((one) => one !== peer && one !== mine!.speaker)!;
  const page = `/m/swap/${mine!.id}~${theirSession.id}`;
  for (const [person, status] of [
    [third, 403],
    [ADMIN, 200],
  ] as const) {
    const browser = browserOf(company);
    await browser.signIn(person);
    expect((await browser.get(page)).status).toBe(status);
  }
  expect(await company.press(peer, "同意对换")).toMatchObject({ ok: true });
  await company.advance(60_000);
  const after = await sessions();
  expect(after.find(({ id }) => id === mine!.id)).toMatchObject({
    speaker: peer,
    state: "已确认",
    change: "已换班",
  });
  expect(after.find(({ id }) => id === theirSession.id)).toMatchObject({
    speaker: mine!.speaker,
    state: "已确认",
    change: "已换班",
  });
  expect(await eventsOf(peer)).toContain(mine!.start);
  expect(await eventsOf(mine!.speaker)).toContain(theirSession.start);
  expect(theirs).toBeDefined();
});

test("Feishu refused nothing of all this", async () => {
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
