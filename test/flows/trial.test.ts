import { afterAll, beforeAll, expect, test } from "vitest";
import { browserOf } from "#test/support/browser.ts";
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

test("before going live the card says who will get what in the next seven days", async () => {
  const card = (await company.inboxOf(ADMIN)).find(({ title }) => title?.includes("可以正式启用了"));
  const words = card!.texts.join(" ");
  expect(words).toMatch(/邀请 · (张三|王芳|李静)/);
  expect(words).toMatch(/还有 \d+ 件/);
  expect(words).not.toContain("没有分享");
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
  await press("pause");
  await company.advanceTo("2026-12-02T16:30:00+08:00");
  const before = (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT);
  expect(before).toEqual([]);
  await press("live");
  await company.advanceTo("2026-12-02T18:00:00+08:00");
  const after = (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT);
  expect(after).toEqual([]);
});

/** On the admin's own page. */
async function press(act: "pause" | "live"): Promise<void> {
  const browser = browserOf(company);
  await browser.signIn(ADMIN);
  expect((await browser.get("/m/groups")).text).toContain("专业知识");
  const reply = await browser.post(`/m/groups/${company.group}/${act}`, {});
  expect(reply.status).toBe(200);
  await company.settle();
}

test("who does not run the programme cannot change a group", async () => {
  const browser = browserOf(company);
  await browser.signIn(lecturer(1));
  expect((await browser.get("/m/groups")).status).toBe(403);
});
