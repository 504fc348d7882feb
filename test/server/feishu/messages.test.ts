import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { UncertainError, UnreachableError } from "#server/errors.ts";
import { colleague, onSandbox } from "./on-sandbox.ts";
import type { OnSandbox } from "./on-sandbox.ts";

let on: OnSandbox;
beforeAll(async () => {
  on = await onSandbox();
});
afterAll(() => on.sandbox.close());
beforeEach(async () => {
  await on.noFaults();
  await on.mark();
});

const text = (words: string) => ({ msgType: "text" as const, content: { text: words } });
const SEND = "POST /open-apis/im/v1/messages";

test.each(["drop-after", "drop-before", "500"])("%s: the message arrives once", async (kind) => {
  const openId = colleague(on.sandbox, `ou_once_${kind.replace("-", "_")}`, "张伟");
  await on.fault(kind, SEND);
  const sent = await on.gateway.messages.send({ openId }, text("轮到您分享"), { key: `invite:${kind}` });
  const found = await on.gateway.messages.list(sent.chatId);
  expect(found.map((message) => message.messageId)).toEqual([sent.messageId]);
});

test("the same key within the hour is the same message; another key is another", async () => {
  const openId = colleague(on.sandbox, "ou_same", "刘洋");
  const since = on.clock.now();
  const first = await on.gateway.messages.send({ openId }, text("轮到您分享"), { key: "same", since });
  await on.pass(40 * 60_000);
  const again = await on.gateway.messages.send({ openId }, text("轮到您分享"), { key: "same", since });
  expect(again.messageId).toBe(first.messageId);
  const other = await on.gateway.messages.send({ openId }, text("轮到您分享"), { key: "other" });
  expect(other.messageId).not.toBe(first.messageId);
});

test("a reply that never comes is a time-out, and still one message", async () => {
  const openId = colleague(on.sandbox, "ou_timeout", "李娜");
  await on.fault("reply-loss", SEND, { ms: 4000 });
  const sent = await on.gateway.messages.send({ openId }, text("轮到您分享"), { key: "invite:lost" });
  expect(await on.gateway.messages.list(sent.chatId)).toHaveLength(1);
});

test("after the hour the same key sends nothing; the message is found by its words", async () => {
  const openId = colleague(on.sandbox, "ou_late", "赵敏");
  const since = on.clock.now();
  const sent = await on.gateway.messages.send({ openId }, text("key-4711"), { key: "late", since });
  await on.pass(61 * 60_000);
  await expect(
    on.gateway.messages.send({ openId }, text("key-4711"), { key: "late", since }),
  ).rejects.toBeInstanceOf(UncertainError);
  const found = await on.gateway.messages.list(sent.chatId, { from: since });
  expect(found.filter((message) => message.content.includes("key-4711"))).toHaveLength(1);
});

test("twelve messages to one person wait for their turn on the clock", async () => {
  const openId = colleague(on.sandbox, "ou_many", "陈晨");
  const before = on.clock.now();
  const sent = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      on.gateway.messages.send({ openId }, text(`第 ${n} 条`), { key: `many:${n}` }),
    ),
  );
  expect(new Set(sent.map((message) => message.messageId)).size).toBe(12);
  expect(on.clock.now()).toBeGreaterThan(before + 1000);
  expect((await on.traffic(SEND)).some((entry) => entry.code === 230020)).toBe(true);
});

test("a person outside the app's availability is unreachable, not missing", async () => {
  const openId = colleague(on.sandbox, "ou_far", "孙涛");
  on.sandbox.app.availability = ["ou_somebody_else"];
  const sent = on.gateway.messages.send({ openId }, text("您好"), { key: "far" });
  await expect(sent).rejects.toBeInstanceOf(UnreachableError);
  on.sandbox.app.availability = null;
});

test("a card is sent, patched, answered and recalled; recalling twice is no error", async () => {
  const { messages } = on.gateway;
  const openId = colleague(on.sandbox, "ou_card", "周杰");
  const card = (words: string) => ({
    schema: "2.0",
    config: { update_multi: true },
    body: { elements: [{ tag: "markdown", content: words }] },
  });
  const sent = await messages.send(
    { openId },
    { msgType: "interactive", content: card("可以吗") },
    { key: "card" },
  );
  await messages.patchCard(sent.messageId, card("已确认"));
  expect(await messages.get(sent.messageId)).toMatchObject({
    messageId: sent.messageId,
    msgType: "interactive",
  });
  const reply = await messages.reply(sent.messageId, text("谢谢"), { key: "card:reply" });
  await messages.recall(reply.messageId);
  await messages.recall(reply.messageId);
  expect((await messages.list(sent.chatId)).filter((message) => !message.deleted)).toHaveLength(1);
});

test("chats of the bot with their members", async () => {
  const { chats } = on.gateway;
  const people = ["ou_m1", "ou_m2"].map((id) => colleague(on.sandbox, id, id));
  on.sandbox.app.tenantScopes = [...on.sandbox.app.tenantScopes, "im:chat:create"];
  const made = await on.sandbox.api("POST", "/im/v1/chats", { name: "内训讲师群", user_id_list: people });
  const chatId = made.json.data["chat_id"] as string;
  expect(await chats.list()).toEqual(expect.arrayContaining([expect.objectContaining({ chatId })]));
  expect(await chats.get(chatId)).toMatchObject({ chatId, name: "内训讲师群" });
  expect((await chats.members(chatId)).map((member) => member.openId).toSorted()).toEqual(people);
  expect(await chats.isInChat(chatId)).toBe(true);
});
