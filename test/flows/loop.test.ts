import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN, lecturer, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
beforeAll(async () => {
  company = await startCompany({ logLevel: process.env["LOG_LEVEL"] ?? "silent" });
}, 180_000);
afterAll(() => company?.close());

test("a schedule is proposed, published, goes live, and the lecturer is invited once", async () => {
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  await company.advanceTo("2026-11-30T10:00:00+08:00");
  expect((await company.inboxOf(ADMIN)).map(({ title }) => title)).toContain("新的排期排好了,请您看一眼");
  await company.press(ADMIN, "发布并通知");
  await company.advance(60_000);
  const sessions = await company.rows("分享");
  expect(sessions).toHaveLength(4);
  await company.press(ADMIN, "正式启用");
  await company.advance(30 * 60_000);
  const invited = (await Promise.all([1, 2, 3, 4].map((n) => company.inboxOf(lecturer(n))))).flat();
  expect(invited.filter(({ title }) => title?.includes("想请您来分享")).length).toBeGreaterThan(0);
});
