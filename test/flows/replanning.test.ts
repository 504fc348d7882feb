import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

const DAY = 86_400_000;
// Weeks pass in these flows.
vi.setConfig({ testTimeout: 200_000 });
let company: Company;
let api: Awaited<ReturnType<typeof apiOf>>;
beforeAll(async () => {
  company = await startCompany({ lecturers: 6, learners: 4, group: { 星期: ["周一", "周三"] } });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  await company.advanceTo("2026-11-30T10:00:00+08:00");
  await company.press(ADMIN, "发布并通知");
  await company.press(ADMIN, "正式启用");
  await company.advanceTo("2026-11-30T10:40:00+08:00");
}, 300_000);
// Tokens of a sidebar live for an hour, and hours pass here.
beforeEach(async () => {
  api = await apiOf(company, ADMIN);
});
afterAll(() => company?.close());

interface Row {
  id: string;
  start: number;
  state: unknown;
  change: unknown;
  speaker: string;
  event: unknown;
  co: string[];
}
async function sessions(): Promise<Row[]> {
  const rows = await company.rows("分享");
  return rows
    .map(({ id, fields }) => ({
      id,
      start: fields["开始"] as number,
      state: fields["状态"],
      change: fields["变更"],
      speaker: (fields["讲师账号"] as { id: string }[] | undefined)?.[0]?.id ?? "",
      event: fields["日程 ID"],
      co: ((fields["联合讲师"] as { link_record_ids?: string[] } | undefined)?.link_record_ids ?? []).slice(),
    }))
    .sort((a, b) => a.start - b.start);
}
const find = async (id: string) => (await sessions()).find((row) => row.id === id)!;
async function eventsOf(person: string): Promise<number[]> {
  const reply = (await company.wire.get(`/sandbox/people/${person}/calendar`)) as {
    events: { from: number; deleted: boolean }[];
  };
  return reply.events.filter(({ deleted }) => !deleted).map(({ from }) => from);
}
const changes = async (person: string) =>
  (await company.inboxOf(person)).filter(({ title }) => title?.includes("有变化"));

test("what if: pins and who is kept out stand beside the plan as it is; nobody is told, nothing changes", async () => {
  const before = await sessions();
  const messages = (await company.messages()).length;
  const movable = before.filter(
    ({ start, speaker }) => speaker && start > Date.parse("2026-12-08T00:00:00+08:00"),
  );
  const out = movable[0]!;
  const index = [1, 2, 3, 4, 5, 6].find((n) => lecturer(n) === out.speaker)!;
  const reply = await api.changes.plan["what-if"].$post({
    json: { wishes: { reopen: "all", keptOut: [{ lecturer: company.lecturers[index - 1]! }] } },
  });
  const look = await reply.json();
  expect(reply.status).toBe(200);
  expect(look.present.filled).toBe(
    before.filter(({ speaker, start }) => speaker && start > Date.parse("2026-12-01T00:00:00+08:00")).length,
  );
  const theirs = look.differences.find(({ start }) => start === out.start)!;
  expect(theirs.before).toBe(company.lecturers[index - 1]);
  expect(theirs.after).not.toBe(company.lecturers[index - 1]);
  // Nearer than seven days nothing moves.
  expect(look.preview.slots.every(({ start }) => start > Date.parse("2026-12-07T10:00:00+08:00"))).toBe(true);
  await company.advance(60_000);
  expect(await sessions()).toEqual(before);
  expect((await company.messages()).length).toBe(messages);
});

test("published and taken back within the minutes: as if it had not been; then published again, once", async () => {
  const before = await sessions();
  const look = await (await api.schedule.preview.$post({ json: { weeks: 7 } })).json();
  const known = new Set(before.map(({ start }) => start));
  const fresh = look.slots.filter(({ start }) => !known.has(start)).length;
  expect(fresh).toBeGreaterThan(0);
  const messages = (await company.messages()).length;
  const published = await api.schedule.publish.$post({ json: { proposal: look.proposal } });
  expect(await published.json()).toMatchObject({ state: "published" });
  await company.advance(60_000);
  expect(await sessions()).toHaveLength(before.length + fresh);
  const undone = await (await api.changes.plan.undo.$post({ json: { proposal: look.proposal } })).json();
  expect(undone).toMatchObject({ state: "undone", kept: 0 });
  await company.advance(20 * 60_000);
  expect(await sessions()).toEqual(before);
  expect((await company.messages()).length).toBe(messages);
  expect(await (await api.changes.plan.undo.$post({ json: { proposal: look.proposal } })).json()).toEqual({
    state: "too-late",
  });
  const again = await (await api.schedule.preview.$post({ json: { weeks: 7 } })).json();
  await api.schedule.publish.$post({ json: { proposal: again.proposal } });
  await company.advance(60_000);
  const starts = (await sessions()).map(({ start }) => start);
  expect(starts).toHaveLength(before.length + fresh);
  expect(new Set(starts).size).toBe(starts.length);
});

test("an admin moves a session: conflicts first; then one event patched, one message with before and after", async () => {
  const [, , one] = (await sessions()).filter(({ speaker }) => speaker);
  const taken = (await sessions()).find(({ id }) => id !== one!.id)!;
  const refused = await api.changes[":session"].move.$post({
    param: { session: one!.id },
    json: { start: taken.start, despite: true },
  });
  expect(await refused.json()).toMatchObject({ state: "conflicts", final: true });
  const start = one!.start + DAY;
  const told = (await changes(one!.speaker)).length;
  const moves = await Promise.all(
    [start, start + DAY / 24].map(async (to) =>
      (
        await api.changes[":session"].move.$post({
          param: { session: one!.id },
          json: { start: to, despite: true, seen: { start: one!.start } },
        })
      ).json(),
    ),
  );
  // Two admins at once: one moves it, the other is told to look again.
  expect(moves.map(({ state }) => state).sort()).toEqual(["done", "stale"]);
  await company.advance(60_000);
  const after = await find(one!.id);
  expect(after.start).toBe(moves[0]!.state === "done" ? start : start + DAY / 24);
  expect(after).toMatchObject({ state: "已安排", change: "已改期", event: one!.event });
  expect(await eventsOf(one!.speaker)).toContain(after.start);
  expect(await eventsOf(one!.speaker)).not.toContain(one!.start);
  await company.advance(5 * 3_600_000);
  const asked = (await company.inboxOf(one!.speaker)).filter(({ texts }) =>
    texts.some((text) => text.includes("原来是")),
  );
  expect(asked.length + (await changes(one!.speaker)).length - told).toBe(1);
});

test("moved away and back again, the calendar follows both times", async () => {
  const one = (await sessions()).filter(({ state }) => state === "已安排").at(-1)!;
  for (const start of [one.start + DAY, one.start]) {
    await api.changes[":session"].move.$post({ param: { session: one.id }, json: { start, despite: true } });
    await company.advance(60_000);
    expect((await find(one.id)).start).toBe(start);
    expect(await eventsOf(one.speaker)).toContain(start);
  }
});

test("a cancelled session leaves the calendar and does not come back with the next plan", async () => {
  const one = (await sessions()).filter(({ state }) => state === "已安排").at(-2)!;
  const reply = await api.changes[":session"].cancel.$post({
    param: { session: one.id },
    json: { reason: "年会" },
  });
  expect(await reply.json()).toMatchObject({ state: "done" });
  await company.advance(60_000);
  expect((await find(one.id)).state).toBe("已取消");
  expect(await eventsOf(one.speaker)).not.toContain(one.start);
  const look = await (await api.schedule.preview.$post({ json: { weeks: 7 } })).json();
  expect(look.slots.map(({ start }) => start)).not.toContain(one.start);
});

test("two sessions become one: its lecturers speak together, one event goes, the other has both", async () => {
  const open = (await sessions()).filter(({ state }) => state === "已安排");
  const from = open.at(-1)!;
  const into = open.find(({ speaker }) => speaker !== from.speaker)!;
  const reply = await api.changes[":session"].merge.$post({
    param: { session: from.id },
    json: { into: into.id, despite: true },
  });
  expect(await reply.json()).toMatchObject({ state: "done" });
  await company.advance(60_000);
  expect((await find(from.id)).state).toBe("已取消");
  expect(await eventsOf(from.speaker)).toContain(into.start);
  expect(await eventsOf(from.speaker)).not.toContain(from.start);
  expect(await eventsOf(into.speaker)).toContain(into.start);
});

test("a leaver is replaced everywhere by one plan: looked at, published, each new speaker asked once", async () => {
  const mine = (await sessions()).filter(({ state, speaker }) => speaker && state !== "已取消");
  const leaver = mine.at(-1)!.speaker;
  const theirs = mine.filter(({ speaker }) => speaker === leaver).map(({ id }) => id);
  await company.wire.post(`/sandbox/people/${leaver}/resign`, {});
  await company.advance(60_000);
  for (const id of theirs) expect((await find(id)).state).toBe("待安排");
  const index = [1, 2, 3, 4, 5, 6].find((n) => lecturer(n) === leaver)!;
  const { plan } = await (
    await api.changes.plan.replace.$post({ json: { lecturer: company.lecturers[index - 1]! } })
  ).json();
  expect(plan!.preview.slots.map(({ start }) => start).sort((a, b) => a - b)).toEqual(
    mine
      .filter(({ id }) => theirs.includes(id))
      .map(({ start }) => start)
      .sort((a, b) => a - b),
  );
  for (const id of theirs) expect((await find(id)).speaker).toBe("");
  const came = await api.schedule.publish.$post({ json: { proposal: plan!.preview.proposal } });
  expect(await came.json()).toMatchObject({ state: "published" });
  await company.advance(15 * 60_000);
  for (const slot of plan!.preview.slots.filter(({ lecturer: who }) => who)) {
    const after = (await sessions()).find(({ start, id }) => start === slot.start && theirs.includes(id))!;
    expect(after.state).toBe("已安排");
    expect(after.speaker).not.toBe(leaver);
    expect(await eventsOf(after.speaker)).toContain(after.start);
  }
  expect((await company.rows("分享")).length).toBe((await sessions()).length);
});

test("Feishu refused nothing of all this", async () => {
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
