import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { startServer, type Server } from "#server/main.ts";
import type { Message } from "#sandbox/people/reading.ts";
import { ADMIN, LEARNERS_CHAT, lecturer, startCompany, type Company } from "#test/support/company.ts";

let company: Company;
let second: Server | undefined;
beforeAll(async () => {
  // As many as sessions: which would stay open is the planner's choice.
  company = await startCompany({ lecturers: 12, learners: 4, group: { 星期: ["周三", "周四", "周五"] } });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
}, 180_000);
afterAll(async () => {
  await second?.close();
  await company?.close();
});

const keyOf = ({ to, texts }: Message) => `${to.join(",")} · ${texts.join(" ")}`;

/** Messages that reached somebody more than once. */
async function doubled(): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const message of await company.messages())
    counts.set(keyOf(message), (counts.get(keyOf(message)) ?? 0) + 1);
  return [...counts].filter(([, n]) => n > 1).map(([key]) => key);
}

test("two servers, doubled and reordered events: every card and event once", async () => {
  second = await startServer(
    readConfig({
      FEISHU_APP_ID: company.config.feishu.appId,
      FEISHU_APP_SECRET: company.config.feishu.appSecret,
      FEISHU_ENCRYPT_KEY: company.config.feishu.encryptKey,
      FEISHU_VERIFICATION_TOKEN: company.config.feishu.verificationToken,
      FEISHU_HOST: company.sandbox.url,
      DATABASE_URL: company.config.databaseUrl!,
      LECTERN_SEAL_KEY: company.config.sealKey!,
      LECTERN_CLOCK_URL: company.config.clockUrl!,
      PORT: "0",
      LOG_LEVEL: "silent",
    }),
  );
  await company.wire.post("/sandbox/clock/expect", { participants: 2 });
  await company.wire.post("/sandbox/faults", {
    rules: [
      { kind: "duplicate-event", probability: 1, seed: "two" },
      { kind: "reorder-events", probability: 0.5, seed: "two" },
    ],
  });
  await company.advanceTo("2026-11-30T10:00:00+08:00");
  await company.press(ADMIN, "发布并通知");
  await company.press(ADMIN, "正式启用");
  await company.advanceTo("2026-11-30T11:00:00+08:00");
  const invited = (
    await Promise.all(Array.from({ length: 12 }, (_, i) => company.inboxOf(lecturer(i + 1))))
  ).flat();
  expect(invited.filter(({ title }) => title?.includes("想请您来分享")).length).toBeGreaterThan(0);
  expect(await doubled()).toEqual([]);
  const rows = await company.rows("分享");
  const starts = rows.map(({ fields }) => fields["开始"]);
  expect(new Set(starts).size).toBe(starts.length);
  await company.wire.call("DELETE", "/sandbox/faults");
  await second.close();
  second = undefined;
  await company.wire.post("/sandbox/clock/expect", { participants: 1 });
});

test("an outage over the session's day: nothing stale is sent afterwards, missed runs happen once", async () => {
  await company.wire.post("/sandbox/clock/expect", { participants: 0 });
  await company.server.close();
  // Wednesday's reminder, check-in and end pass while nobody is there.
  await company.advanceTo("2026-12-03T08:00:00+08:00");
  await company.restart("already gone");
  await company.wire.post("/sandbox/clock/expect", { participants: 1 });
  await company.advanceTo("2026-12-03T08:30:00+08:00");
  const chat = (await company.messages()).filter(({ chat_id }) => chat_id === LEARNERS_CHAT);
  expect(chat.filter(({ title }) => title?.startsWith("今天") || title?.endsWith("签到"))).toEqual([]);
  await company.advanceTo("2026-12-03T11:00:00+08:00");
  // Nobody could check in, so a human is asked whether it took place, once.
  const asked = (await company.inboxOf(ADMIN)).filter(({ title }) => title?.includes("开了吗"));
  expect(asked).toHaveLength(1);
  expect(await doubled()).toEqual([]);
});

test("a send whose reply was lost for longer than Feishu's window is looked up, not repeated", async () => {
  await company.advanceTo("2026-12-04T09:00:00+08:00");
  // The day's card reaches the chat at 09:30 and its reply is lost; then Feishu is away for two hours.
  await company.wire.post("/sandbox/faults", {
    rules: [
      { kind: "drop-after", probability: 1, count: 1, match: { method: "POST", path: "/im/v1/messages$" } },
      { kind: "drop-before", probability: 1, match: { path: "/im/v1/messages" } },
    ],
  });
  await company.advanceTo("2026-12-04T11:40:00+08:00");
  const { counts } = (await company.wire.get("/sandbox/faults")) as { counts: Record<string, number> };
  expect(counts["drop-after"]).toBe(1);
  expect(counts["drop-before"]).toBeGreaterThan(2);
  await company.wire.call("DELETE", "/sandbox/faults");
  await company.advanceTo("2026-12-04T14:50:00+08:00");
  const today = (await company.messages()).filter(
    ({ chat_id, create_time }) =>
      chat_id === LEARNERS_CHAT && create_time > Date.parse("2026-12-04T00:00:00+08:00"),
  );
  // The card that was found is the one that became the check-in.
  expect(today.map(({ title }) => title)).toEqual([expect.stringContaining("签到")]);
});

test("the queue forgets finished runs after two weeks, and begins no slot anew", async () => {
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  const runs = "kind in ('changed', 'cron', 'event')";
  await client.query(`update outbox set done_at = done_at - 1296000000 where ${runs} and state = 'done'`);
  await client.query("update inbox set received_at = received_at - 2678400000");
  const count = async (statement: string) =>
    Number((await client.query(`select count(*) as n ${statement}`)).rows[0].n);
  const messages = await count("from outbox where kind = 'message'");
  await company.advanceTo("2026-12-05T03:40:00+08:00");
  expect(
    await count(`from outbox where ${runs} and created_at < ${Date.parse("2026-12-04T12:00:00+08:00")}`),
  ).toBe(0);
  expect(await count("from inbox")).toBe(0);
  expect(await count("from outbox where kind = 'message'")).toBeGreaterThanOrEqual(messages);
  const before = (await company.messages()).length;
  await company.advanceTo("2026-12-05T10:00:00+08:00");
  expect((await company.messages()).length).toBe(before);
  await client.end();
});
