import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { apiOf } from "#test/support/api.ts";
import { browserOf } from "#test/support/browser.ts";
import { ADMIN, LEARNERS_CHAT, lecturer, startCompany, type Company } from "#test/support/company.ts";
import { confirmed } from "#test/support/turns.ts";

const at = (text: string) => Date.parse(`${text}:00+08:00`);
const MINUTE = 60_000;
vi.setConfig({ testTimeout: 200_000 });
let company: Company;
let api: Awaited<ReturnType<typeof apiOf>>;
let rows: string[];

beforeAll(async () => {
  company = await startCompany({ lecturers: 3, learners: 2 });
  const row = (n: number, start: string) => confirmed(company, n, start);
  rows = await company.add("分享", [
    row(1, "2026-12-16T15:00"),
    row(1, "2027-01-06T15:00"),
    row(2, "2027-01-13T15:00"),
    row(1, "2027-01-27T15:00"),
    row(3, "2026-12-01T18:00"),
    row(3, "2027-02-17T15:00"),
    row(3, "2027-03-10T15:00"),
  ]);
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  await client.query("update workspace set live = $1", [JSON.stringify([company.group])]);
  await client.end();
  await company.restart();
  await company.advanceTo(at("2026-12-01T09:30"));
}, 180_000);
beforeEach(async () => {
  api = await apiOf(company, ADMIN);
});
afterAll(() => company?.close());

const cancel = async (session: string) => {
  const reply = await api.changes[":session"].cancel.$post({ param: { session }, json: { reason: "盘点" } });
  expect(await reply.json()).toMatchObject({ state: "done" });
};
const newsOf = async (person: string) =>
  (await company.inboxOf(person)).filter(({ texts }) => texts.some((text) => text.includes("这场取消了")));

test("two changes for one lecturer within ten minutes are one card that holds both, ten minutes after the first", async () => {
  await cancel(rows[0]!);
  await company.advance(6 * MINUTE);
  expect(await newsOf(lecturer(1))).toEqual([]);
  await cancel(rows[1]!);
  await company.advance(5 * MINUTE);
  const cards = await newsOf(lecturer(1));
  expect(cards).toHaveLength(1);
  expect(cards[0]!.title).toBe("您有 2 处安排变了");
  const words = cards[0]!.texts.join("\n");
  expect(words).toContain("12月16日");
  expect(words).toContain("1月6日");
  // Nothing is left over, and nothing comes twice.
  await company.advance(20 * MINUTE);
  expect(await newsOf(lecturer(1))).toHaveLength(1);
});

test("a change joins a question that goes out meanwhile: its buttons work, and the change stays below", async () => {
  await cancel(rows[3]!);
  await company.advance(2 * MINUTE);
  const browser = browserOf(company);
  await browser.signIn(lecturer(2));
  await browser.post(`/m/session/${rows[2]}/decline`, { reason: "leave" });
  await company.advance(2 * MINUTE);
  const asked = (await company.inboxOf(lecturer(1))).filter(({ title }) =>
    title?.includes("能帮 王芳 讲一场吗"),
  );
  expect(asked).toHaveLength(1);
  expect(asked[0]!.texts.join("\n")).toMatch(/这场取消了/);
  expect(asked[0]!.texts.join("\n")).toContain("1月27日");
  expect(await company.press(lecturer(1), "我来讲")).toMatchObject({ ok: true });
  await company.advance(MINUTE);
  const after = (await company.inboxOf(lecturer(1))).find(
    ({ message_id }) => message_id === asked[0]!.message_id,
  )!;
  expect(after.texts.join("\n")).toContain("已确认");
  expect(after.texts.join("\n")).toContain("1月27日");
  expect(after.buttons.filter(({ callback }) => callback)).toEqual([]);
  await company.advance(20 * MINUTE);
  expect(await newsOf(lecturer(1))).toHaveLength(2);
});

test("what is close at hand is told at once, though the Base does not say so yet", async () => {
  await cancel(rows[4]!);
  await company.advance(1000);
  await company.advance(MINUTE);
  expect(await newsOf(lecturer(3))).toHaveLength(1);
  // The learners had been told of it in the morning.
  const chat = (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT);
  expect(chat.filter(({ texts }) => texts.some((text) => text.includes("这场取消了")))).toHaveLength(1);
});

test("a reply that is lost, and hours without Feishu: still one card with both, once", async () => {
  const before = (await newsOf(lecturer(3))).length;
  await cancel(rows[5]!);
  await company.advance(1000);
  await cancel(rows[6]!);
  await company.advance(1000);
  const path = "/im/v1/messages";
  await company.wire.post("/sandbox/faults", {
    rules: [
      { kind: "drop-after", probability: 1, count: 1, match: { method: "POST", path: `${path}$` } },
      { kind: "drop-before", probability: 1, match: { path } },
    ],
  } as never);
  await company.advance(70 * MINUTE);
  await company.wire.call("DELETE", "/sandbox/faults");
  await company.advance(4 * 60 * MINUTE);
  const cards = (await newsOf(lecturer(3))).slice(before);
  expect(cards).toHaveLength(1);
  expect(cards[0]!.texts.join("\n")).toMatch(/2月17日[^]*3月10日/);
  expect(await newsOf(lecturer(3))).toHaveLength(before + 1);
});

test("Feishu refused nothing of all this", async () => {
  const refusals = (await company.wire.get("/sandbox/traffic?refused=1&limit=20")) as { entries: unknown[] };
  expect(refusals.entries).toEqual([]);
});
