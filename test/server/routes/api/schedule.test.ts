import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
let api: Awaited<ReturnType<typeof apiOf>>;
beforeAll(async () => {
  company = await startCompany({ lecturers: 3, learners: 4 });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  api = await apiOf(company, ADMIN);
}, 180_000);
afterAll(() => company?.close());

async function preview(weeks?: number) {
  const reply = await api.schedule.preview.$post({ json: weeks ? { weeks } : {} });
  expect(reply.status).toBe(200);
  return reply.json();
}
const publish = async (proposal: string) => (await api.schedule.publish.$post({ json: { proposal } })).json();
const overview = async () => (await api.schedule.$get({ query: {} })).json();

test("who does not run the programme sees and changes nothing of it", async () => {
  const other = await apiOf(company, lecturer(1));
  expect((await other.schedule.$get({ query: {} })).status).toBe(403);
  expect((await other.schedule.preview.$post({ json: {} })).status).toBe(403);
  expect((await other.schedule.publish.$post({ json: { proposal: "x" } })).status).toBe(403);
  expect((await other.today.$get()).status).toBe(403);
  expect((await other.sessions[":id"].$get({ param: { id: "x" } })).status).toBe(403);
});

test("a preview says who, why and who else, what stays open and what would help; nobody is told and nothing is written", async () => {
  const plan = await preview();
  expect(plan).toMatchObject({ filled: 3, open: 1, undoMinutes: 10 });
  const filled = plan.slots.filter(({ lecturer: who }) => who);
  expect(filled).toHaveLength(3);
  expect(filled[0]).toMatchObject({ groupName: "专业知识", change: "new", topic: "客户投诉处理技巧" });
  expect(filled[0]!.why.join("，")).toContain("周三下午有空");
  const open = plan.slots.find(({ change }) => change === "open")!;
  expect(open.help.join("\n")).toMatch(/上限|间隔|太近/);
  // In trial the messages of these turns go to the admin.
  expect(plan.told.map(({ how }) => how)).toEqual(["trial", "trial", "trial"]);
  expect(await company.rows("分享")).toEqual([]);
  expect(await company.inboxOf(lecturer(1))).toEqual([]);
});

test("a preview older than the data is refused kindly and made again", async () => {
  const old = await preview();
  const first = old.slots.find(({ lecturer: who }) => who)!;
  await company.write("讲师", first.lecturer!, { 暂停至: Date.parse("2027-03-01T00:00:00+08:00") });
  await company.advance(60_000);
  const came = await publish(old.proposal);
  expect(came.state).toBe("stale");
  const made = came.preview;
  expect(made!.proposal).not.toBe(old.proposal);
  expect(made!.slots.map((slot) => slot.lecturer)).not.toContain(first.lecturer);
  expect(await company.rows("分享")).toEqual([]);
  await company.write("讲师", first.lecturer!, { 暂停至: null });
});

test("published by two admins at once, every session is there once; published again, nothing is added", async () => {
  const plan = await preview();
  const states = await Promise.all([publish(plan.proposal), publish(plan.proposal)]);
  expect(states.map(({ state }) => state).sort()).toEqual(["already", "published"]);
  await company.advance(60_000);
  expect(await company.rows("分享")).toHaveLength(4);
  expect(await publish(plan.proposal)).toMatchObject({ state: "already", filled: 3, open: 1 });
  await company.advance(60_000);
  const { entries, undo } = await overview();
  expect(entries).toHaveLength(4);
  expect(entries.map(({ state }) => state).sort()).toEqual(["open", "planned", "planned", "planned"]);
  expect(undo).toMatchObject({ proposal: plan.proposal });
  await company.advance(11 * 60_000);
  expect((await overview()).undo).toBeNull();
});

test("a session's other dates come with what stands against each, by the rules of planning", async () => {
  const { entries } = await overview();
  const mine = entries.find(({ lecturer: who }) => who)!;
  const other = entries.find(({ session, lecturer: who }) => who && session !== mine.session)!;
  const reply = await api.sessions[":id"].targets.$get({
    param: { id: mine.session },
    query: { from: String(mine.start - 2 * 86_400_000), to: String(mine.start + 28 * 86_400_000) },
  });
  const { targets, own } = await reply.json();
  expect(own).toBe(mine.start);
  const at = (start: number) =>
    targets.find((target) => target.start === start)!.conflicts.map(({ kind }) => kind);
  expect(at(mine.start)).toEqual([]);
  expect(at(other.start)).toContain("taken");
  // A Saturday, and a Thursday on which nothing stands in the way but that the session is near.
  expect(at(Date.parse("2026-12-05T15:00:00+08:00"))).toContain("holiday");
  expect(at(Date.parse("2026-12-03T15:00:00+08:00"))).toEqual(["frozen"]);
});

test("an admin gives a session to another lecturer: the new one is asked, the record and the former's turn follow", async () => {
  await api.today.mode.$post({ json: { group: company.group, to: "live" } });
  await company.advance(2 * 60 * 60_000);
  api = await apiOf(company, ADMIN);
  const { entries } = await overview();
  const mine = entries.find(({ lecturer: who }) => who)!;
  const param = { id: mine.session };
  const listed = await (await api.sessions[":id"].candidates.$get({ param })).json();
  const next = listed.candidates[0]!;
  expect(next.lecturer).not.toBe(mine.lecturer);
  const said = await api.sessions[":id"].act.$post({
    param,
    json: { act: "assign", lecturer: next.lecturer },
  });
  expect(await said.json()).toMatchObject({ ok: true });
  // One message a day and lecturer: who was invited today hears of this tomorrow.
  await company.advanceTo("2026-12-01T11:00:00+08:00");
  api = await apiOf(company, ADMIN);
  const view = await (await api.sessions[":id"].$get({ param })).json();
  expect(view.entry).toMatchObject({ lecturer: next.lecturer, state: "planned", change: "substitute" });
  expect(view.acts).toEqual(["nudge", "confirm", "move", "pin", "substitute", "assign", "merge", "cancel"]);
  const n = company.lecturers.indexOf(next.lecturer) + 1;
  const asked = (await company.inboxOf(lecturer(n))).filter(({ title }) => title?.includes("想请您来分享"));
  expect(asked.length).toBeGreaterThan(0);
  const former = company.lecturers.indexOf(mine.lecturer!) + 1;
  expect(
    (await company.inboxOf(lecturer(former))).some(({ texts }) => texts.join().includes(next.name)),
  ).toBe(true);
});

test("pasted attendance is read first, then stored: who cannot be found is said, and the session counts as held", async () => {
  const { entries } = await overview();
  const mine = entries.filter(({ lecturer: who }) => who).sort((a, b) => a.start - b.start)[0]!;
  await company.advanceTo(mine.start + 2 * 3_600_000);
  api = await apiOf(company, ADMIN);
  const param = { id: mine.session };
  const json = { text: "学员1\n学员2, 学员2；没有这个人\n王芳" };
  const read = await api.sessions[":id"].attendance.read.$post({ param, json });
  expect(await read.json()).toEqual({
    found: ["学员1", "学员2", "王芳"],
    unknown: ["没有这个人"],
    ambiguous: [],
  });
  expect((await (await api.sessions[":id"].$get({ param })).json()).attendance).toBe(0);
  const stored = await api.sessions[":id"].attendance.$post({ param, json });
  expect(await stored.json()).toEqual({ added: 3, held: true, left: ["没有这个人"] });
  await company.advance(60_000);
  const again = await api.sessions[":id"].attendance.$post({ param, json });
  expect(await again.json()).toMatchObject({ added: 0 });
  const row = (await company.rows("分享")).find(({ id }) => id === mine.session)!;
  expect(row.fields).toMatchObject({ 状态: "已分享", 参加人数: 3 });
});

test("days without sessions: what falls into them is shown first, then called off, and planned no more", async () => {
  api = await apiOf(company, ADMIN);
  const ahead = (await overview()).entries.filter(
    ({ start, state }) => start > Date.parse("2026-12-03") && state !== "cancelled",
  );
  const hit = ahead.find(({ lecturer: who }) => who)!;
  const day = new Date(hit.start).toISOString().slice(0, 10);
  const json = { name: "季末盘点", from: day, to: day, groups: [] };
  const seen = await (await api.schedule["days-off"].look.$post({ json })).json();
  expect(seen.sessions.map(({ session }) => session)).toEqual([hit.session]);
  expect(await company.rows("公司日历")).toEqual([]);
  expect(await (await api.schedule["days-off"].$post({ json })).json()).toEqual({ cancelled: 1, refused: 0 });
  await company.advance(60_000);
  expect((await overview()).entries.find(({ session }) => session === hit.session)).toMatchObject({
    state: "cancelled",
  });
  expect(await company.rows("公司日历")).toHaveLength(1);
  const { slots } = await preview();
  expect(slots.map(({ start }) => start)).not.toContain(hit.start);
  const back = await api.schedule["days-off"].look.$post({
    json: { ...json, to: "2026-12-01", from: "2026-12-02" },
  });
  expect(back.status).toBe(400);
});

test("several at once: what cannot be done stays as it is and is counted", async () => {
  const ahead = (await overview()).entries.filter(({ state }) => state === "planned" || state === "open");
  const sessions = [...ahead.slice(0, 1).map(({ session }) => session), "recNone"];
  const held = await api.schedule.bulk.$post({ json: { sessions, act: "held" } });
  // Still to come: nobody can say that it was held.
  expect(await held.json()).toEqual({ done: 0, refused: 2 });
  const cancelled = await api.schedule.bulk.$post({ json: { sessions, act: "cancel" } });
  expect(await cancelled.json()).toEqual({ done: 1, refused: 1 });
});
