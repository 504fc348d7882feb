import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import pg from "pg";
import { apiOf } from "#test/support/api.ts";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { confirmed } from "#test/support/turns.ts";

const at = (text: string) => Date.parse(`${text}:00+08:00`);
vi.setConfig({ testTimeout: 200_000 });
let company: Company;
let api: Awaited<ReturnType<typeof apiOf>>;
let rows: string[];

beforeAll(async () => {
  company = await startCompany({ lecturers: 6, learners: 2 });
  const row = (n: number, start: string) => confirmed(company, n, start);
  // 王芳 has had three turns, 赵敏 none, 陈晨 one at half the weight.
  await company.add("讲师档案", [{ 讲师: "陈晨", "讲师记录 ID": company.lecturers[4], 权重: 0.5 }]);
  await company.add("分享", [
    ...["2026-09-02T15:00", "2026-09-30T15:00", "2026-10-28T15:00"].map((day) => ({
      ...row(2, day),
      状态: "已分享",
    })),
    { ...row(5, "2026-10-14T15:00"), 状态: "已分享" },
    { ...row(6, "2026-10-21T15:00"), 状态: "已分享" },
    { ...row(3, "2026-11-04T15:00"), 状态: "已分享" },
  ]);
  rows = await company.add("分享", [row(1, "2026-12-09T15:00"), row(3, "2026-12-16T15:00")]);
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  await client.query("update workspace set live = $1", [JSON.stringify([company.group])]);
  await client.end();
  await company.restart();
  // Before the morning's survey, which is a lecturer's one message of the day.
  await company.advanceTo(at("2026-11-30T09:10"));
}, 180_000);
beforeEach(async () => {
  api = await apiOf(company, ADMIN);
});
afterAll(() => company?.close());

async function find(id: string) {
  const { fields } = (await company.rows("分享")).find((row) => row.id === id)!;
  return {
    state: fields["状态"],
    change: fields["变更"],
    event: fields["日程 ID"],
    speaker: (fields["讲师账号"] as { id: string }[] | undefined)?.[0]?.id ?? "",
  };
}
async function eventsOf(person: string): Promise<number[]> {
  const reply = (await company.wire.get(`/sandbox/people/${person}/calendar`)) as {
    events: { from: number; deleted: boolean }[];
  };
  return reply.events.filter(({ deleted }) => !deleted).map(({ from }) => from);
}
const titled = async (person: string, words: string) =>
  (await company.inboxOf(person)).filter(({ title }) => title?.includes(words));
const assign = async (session: string, n: number) =>
  (
    await api.sessions[":id"].act.$post({
      param: { id: session },
      json: { act: "assign", lecturer: company.lecturers[n - 1]! },
    })
  ).json();
async function account(name: string) {
  const reply = await api.fairness.$get({ query: { from: "2026-08-01", to: "2026-12-31" } });
  return (await reply.json()).people.find((one) => one.name === name)!.total;
}

test("who could step in: who owes most for their weight comes first, not who was there least", async () => {
  const reply = await api.sessions[":id"].candidates.$get({ param: { id: rows[0]! } });
  const names = (await reply.json()).candidates.map(({ name }) => name);
  // Of six fair parts 赵敏 has had none; 刘洋 one at full weight, 陈晨 one at half; 王芳 three. 李静 speaks a week later.
  expect(names).toEqual(["赵敏", "刘洋", "陈晨", "王芳"]);
});

test("two admins at once: one lecturer has it, asked once; who had it is told once and has refused nothing", async () => {
  const { event } = await find(rows[0]!);
  const came = await Promise.all([assign(rows[0]!, 4), assign(rows[0]!, 6)]);
  expect(came.filter(({ ok }) => ok)).toHaveLength(1);
  expect(came.find(({ ok }) => !ok)!.text).toContain("刚有人改过");
  await company.advance(60_000);
  const winner = came[0]!.ok ? 4 : 6;
  const loser = winner === 4 ? 6 : 4;
  const after = await find(rows[0]!);
  expect(after).toEqual({ state: "已安排", change: "已替补", event, speaker: lecturer(winner) });
  await company.advance(30 * 60_000);
  expect(await eventsOf(lecturer(winner))).toContain(at("2026-12-09T15:00"));
  expect(await eventsOf(lecturer(1))).toEqual([]);
  expect(await eventsOf(lecturer(loser))).toEqual([]);
  expect(await titled(lecturer(winner), "想请您来分享")).toHaveLength(1);
  expect(await titled(lecturer(loser), "想请您来分享")).toEqual([]);
  const told = await titled(lecturer(1), "有变化");
  expect(told).toHaveLength(1);
  expect(told[0]!.texts.join(" ")).toMatch(/12月9日.*改由(赵敏|刘洋)来讲/s);
  expect(await account("张三")).toMatchObject({ had: 0, declined: 0 });
});

test("while colleagues are being asked: theirs are questions no longer, and a refusal stays one", async () => {
  const browser = browserOf(company);
  await browser.signIn(lecturer(3));
  await browser.post(`/m/session/${rows[1]}/decline`, { reason: "busy" });
  await company.advance(10 * 60_000);
  const people = [1, 2, 4, 5, 6].map(lecturer);
  const asked: string[] = [];
  for (const person of people) if ((await titled(person, "讲一场吗")).length > 0) asked.push(person);
  expect(asked.length).toBeGreaterThan(0);
  const next = [1, 2, 5].find((n) => !asked.includes(lecturer(n)))!;
  expect(await assign(rows[1]!, next)).toMatchObject({ ok: true });
  await company.advance(60_000);
  expect(await find(rows[1]!)).toMatchObject({ speaker: lecturer(next), state: "已安排", change: "已替补" });
  for (const person of asked) expect(await titled(person, "讲一场吗")).toEqual([]);
  expect(await account("李静")).toMatchObject({ declined: 1 });
  // Nobody is asked again, and the admin has nothing left to decide.
  await company.advance(30 * 60_000);
  expect(await titled(lecturer(3), "有变化")).toHaveLength(1);
  for (const person of people) expect(await titled(person, "讲一场吗")).toEqual([]);
  expect(await find(rows[1]!)).toMatchObject({ speaker: lecturer(next) });
});

test("who cannot take it any more is refused, with a word, and nothing changes", async () => {
  await company.wire.post(`/sandbox/people/${lecturer(2)}/leave`, {
    from: "2026-12-09 00:00:00",
    to: "2026-12-10 00:00:00",
  } as never);
  const before = await find(rows[0]!);
  const refused = await assign(rows[0]!, 2);
  expect(refused.ok).toBe(false);
  expect(refused.text).toContain("王芳");
  await company.advance(60_000);
  expect(await find(rows[0]!)).toEqual(before);
});

test("who knows too little of what the group asks for is no candidate", async () => {
  const names = async () => {
    const reply = await api.sessions[":id"].candidates.$get({ param: { id: rows[0]! } });
    return (await reply.json()).candidates.map(({ name }) => name);
  };
  const [one] = await names();
  const n = ["张三", "王芳", "李静", "赵敏", "陈晨", "刘洋"].indexOf(one!);
  await company.write("讲师群", company.group, { 所需领域: ["客户服务"] });
  expect(await names()).toContain(one);
  await company.write("讲师", company.lecturers[n]!, { 领域熟练度: "客户服务 0.3" });
  await company.advance(60_000);
  expect(await names()).not.toContain(one);
  expect((await assign(rows[0]!, n + 1)).ok).toBe(false);
});

test("Feishu refused nothing of all this", async () => {
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
