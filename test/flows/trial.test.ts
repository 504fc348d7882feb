import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#sandbox/people/reading.ts";
import { ADMIN, LEARNERS_CHAT, lecturer, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ lecturers: 3, learners: 4 });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  await company.advanceTo("2026-11-30T10:00:00+08:00");
  await company.press(ADMIN, "发布并通知");
  await company.advanceTo("2026-11-30T10:40:00+08:00");
}, 180_000);
afterAll(() => company?.close());

const marked = (message: Message) => message.texts.some((text) => text.startsWith("试运行 ·"));
const everybody = async () => {
  const boxes = await Promise.all([1, 2, 3].map((n) => company.inboxOf(lecturer(n))));
  return boxes.flat();
};

test("in trial every message goes to the admin, marked with whom it is for, and no calendar is touched", async () => {
  const trial = (await company.inboxOf(ADMIN)).filter(marked);
  expect(trial.map(({ title }) => title)).toContainEqual(expect.stringContaining("想请您来分享"));
  expect(trial[0]!.texts.join(" ")).toMatch(/本应发给 (张三|王芳|李静)/);
  expect(await everybody()).toEqual([]);
  const { events } = (await company.wire.get("/sandbox/events")) as { events: unknown[] };
  expect(events).toEqual([]);
});

test("going live sends the real ones, once", async () => {
  await company.press(ADMIN, "正式启用");
  await company.advanceTo("2026-11-30T11:30:00+08:00");
  const invited = (await everybody()).filter(({ title }) => title?.includes("想请您来分享"));
  expect(invited.length).toBeGreaterThan(0);
  expect(invited.some(marked)).toBe(false);
  expect(new Set(invited.map(({ to }) => to[0])).size).toBe(invited.length);
});

test("a paused group is silent, and nothing due meanwhile is sent later", async () => {
  const { rows } = await pause("paused");
  expect(rows).toBe(1);
  await company.advanceTo("2026-12-02T16:30:00+08:00");
  const before = (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT);
  expect(before).toEqual([]);
  await pause("live");
  await company.advanceTo("2026-12-02T18:00:00+08:00");
  const after = (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT);
  expect(after).toEqual([]);
});

/** As the admin's page does it: the same verbs are behind it, and test/server/routes drives the page itself. */
async function pause(to: "paused" | "live"): Promise<{ rows: number }> {
  const pg = (await import("pg")).default;
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  const list = JSON.stringify([company.group]);
  const { rowCount } = await client.query(
    to === "paused"
      ? "update workspace set live = '[]', paused = $1::jsonb"
      : "update workspace set paused = '[]', live = $1::jsonb",
    [list],
  );
  await client.end();
  return { rows: rowCount ?? 0 };
}
